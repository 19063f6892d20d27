"""A table as lines and in pages: nothing is lost, and nothing is longer than a channel takes."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages import Cell, Column, Group, Kind, Outgoing, Table, Valued, decode, encode
from messages.limits import units
from messages.table_lines import cut, table_lines, with_table
from messages.tables import ColumnsError, cell_text
from tests.tables import MESSAGE, SMALL, by_ward, hostile

NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
CELLS: st.SearchStrategy[Cell] = st.one_of(
    st.none(),
    NAMES,
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.builds(Valued, NAMES, st.floats(allow_nan=False)),
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns = draw(st.lists(st.builds(Column, NAMES, st.sampled_from(Kind), NAMES), min_size=1, max_size=4))
    row = st.tuples(*[CELLS] * len(columns))
    rows = st.lists(row, max_size=5).map(tuple)
    groups = st.lists(st.builds(Group, NAMES.filter(bool), rows, row | st.just(())), max_size=3).map(tuple)
    return draw(st.builds(Table, NAMES, st.just(tuple(columns)), rows, groups, row | st.just(()), st.just("vi")))


@given(tables())
def test_a_table_comes_back_from_the_outbox_as_it_was(table: Table) -> None:
    assert decode(encode(Outgoing("", table=table))).table == table


@given(tables(), st.integers(20, 400))
def test_pages_hold_every_row_once_and_no_more_than_fits(table: Table, limit: int) -> None:
    pages = cut(table, limit)
    assert tuple(row for page in pages for row in page.rows) == table.rows
    titled = [(group.title, row) for page in pages for group in page.groups for row in group.rows]
    assert titled == [(group.title, row) for group in table.groups for row in group.rows]
    for page in pages:
        lines = table_lines(page)
        rows = len(page.rows) + sum(max(1, len(group.rows)) for group in page.groups)
        assert rows <= 1 or sum(units(line) + 1 for line in lines) <= limit


def test_a_message_that_was_queued_before_there_were_tables_is_read() -> None:
    assert decode('{"text":"Đã lưu"}') == Outgoing("Đã lưu")


def test_a_row_that_does_not_fit_the_columns_is_a_mistake() -> None:
    with pytest.raises(ColumnsError):
        replace(SMALL, rows=(("Phường 1", 1),))


def test_a_table_reads_as_lines_of_a_chat() -> None:
    assert with_table(MESSAGE).splitlines() == [
        "Tháng 11/2020 – Quận Gò Vấp",
        "",
        "Theo phường",
        "Cộng: 22 hoạt động · 1.650 nữ · tỷ lệ nữ 60,0 %",
        "• Phường 1: 12 hoạt động · 1.200 nữ · tỷ lệ nữ 62,5 % · đủ",
        "• Phường 10: 3 hoạt động · thiếu 2",
        "• Phường 3: 7 hoạt động · 450 nữ · tỷ lệ nữ 40–50 % · đủ",
    ]


def test_a_cell_that_holds_several_lines_stays_on_one() -> None:
    assert "• Phường 10\u0301: tỷ lệ nữ dưới 5 %" in table_lines(hostile())


def test_a_row_of_nothing_but_zeros_says_so() -> None:
    table = Table("", (Column("Phường", Kind.TEXT), Column("Buổi"), Column("Nữ")), rows=(("Phường 1", 0, 0),))
    assert table_lines(table) == ["• Phường 1: 0 buổi · 0 nữ"]


def test_186_rows_take_few_pages_that_fit() -> None:
    pages = cut(by_ward(), 1_900)
    assert len(pages) == 8
    assert all(sum(units(line) + 1 for line in table_lines(page)) <= 1_900 for page in pages)
    assert [bool(page.totals) for page in pages] == [True, *[False] * 7]


@pytest.mark.parametrize(
    ("cell", "vietnamese", "english"),
    [
        (1_200, "1.200", "1,200"),
        (62.5, "62,5", "62.5"),
        (None, "–", "–"),
        (0, "0", "0"),
        (Valued("dưới 5", 1), "dưới 5", "dưới 5"),
    ],
)
def test_numbers_are_written_as_the_language_does(cell: Cell, vietnamese: str, english: str) -> None:
    assert (cell_text(cell, "vi"), cell_text(cell, "en")) == (vietnamese, english)


def test_what_the_outbox_keeps_of_a_table_is_short() -> None:
    assert len(json.dumps(by_ward().to_json(), ensure_ascii=False)) < 12_000
