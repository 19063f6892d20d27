"""One list of tables on every channel: each shows every row and every number, and what people wrote stays text."""

import io
import json
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import pytest

from channels.telegram.layout import parts
from channels.telegram.rich import rich_parts
from channels.terminal import Screen, Shown, json_lines
from channels.terminal_table import aligned, width
from channels.web.tables import table_view
from channels.zalo.limits import MESSAGE_UNITS
from channels.zalo.render import pages
from locales import texts
from messages import Column, Kind, Outgoing, Table
from messages.limits import units
from tests.fakes.telegram.rich import rich, rich_text
from tests.tables import HOSTILE, MESSAGE, SMALL, by_ward, hostile


def on_the_page(table: Table) -> str:
    def cells(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            yield from (text for part in value.values() for text in cells(part))
        elif isinstance(value, list):
            yield from (text for part in value for text in cells(part))
        elif isinstance(value, str):
            yield value

    return "\n".join(cells(table_view(table)))


def in_a_terminal(table: Table) -> str:
    out = io.StringIO()
    Screen(texts("vi"), out, 120).show([Shown(Outgoing("Tháng 11", table=table))])
    return out.getvalue()


def in_zalo(table: Table) -> str:
    written = pages(Outgoing("Tháng 11", table=table), texts("vi"))
    assert all(units(page) <= MESSAGE_UNITS for page in written)
    return "\n".join(written)


def in_telegram(table: Table) -> str:
    sent = [part.rich for part in rich_parts(Outgoing("Tháng 11", table=table)) if part.rich]
    return "\n".join(rich_text(rich(message.model_dump(exclude_none=True))) for message in sent)


def in_classic_telegram(table: Table) -> str:
    written = [part.html for part in parts(Outgoing("Tháng 11", table=table))]
    assert not any("<" in html for html in written)
    return unescape("\n".join(written))


SHOWN_BY = (on_the_page, in_a_terminal, in_zalo, in_telegram, in_classic_telegram)


@pytest.mark.parametrize("shown_by", SHOWN_BY)
@pytest.mark.parametrize("table", [SMALL, by_ward(), hostile()], ids=["small", "186 rows", "hostile"])
def test_every_channel_shows_every_row_with_its_numbers(shown_by: Callable[[Table], str], table: Table) -> None:
    shown = shown_by(table)
    for row in (*table.rows, *(row for group in table.groups for row in (*group.rows, ("", *group.totals[1:])))):
        line = shown if shown_by is on_the_page else _line_of(shown, " ".join(table.text(row[0]).split()))
        numbers = [table.text(cell) for cell in row[1:] if cell not in {None, "", 0}]
        assert [number for number in numbers if number not in line] == []
    for text in filter(None, (table.caption, *(group.title for group in table.groups))):
        assert text in shown


def _line_of(shown: str, name: str) -> str:
    """The lines in which a row's name stands."""
    return "\n".join(line for line in shown.splitlines() if name in line)


def test_a_terminal_aligns_columns_however_letters_are_written() -> None:
    columns = (Column("Đơn vị", Kind.TEXT), Column("Buổi"))
    decomposed = "Phươ\u0300ng Hạnh Thông".replace("ạ", "a\u0323")
    rows = (("Phường 1", 3), (decomposed, 1_200), ("越南 xã", 12))
    lines = aligned(Table("", columns, rows=rows, totals=("Cộng", 1_215)), 80)
    assert {width(line) for line in lines} == {width(lines[0])}
    assert width(decomposed) == len("Phường Hạnh Thông")
    assert [line[-5:].strip() for line in lines[2:]] == ["3", "1.200", "12", "─────", "1.215"]


@pytest.mark.parametrize("columns", [120, 80, 52, 46])
def test_a_narrow_terminal_cuts_texts_and_never_a_number(columns: int) -> None:
    lines = aligned(by_ward(), columns)
    assert len([line for line in lines if " 186.000 " in line and " 93,0" in line and "186 " in line]) == 1
    assert all(width(line) <= columns for line in lines)


def test_a_terminal_too_narrow_for_the_numbers_reads_lines() -> None:
    assert "• Phường 1: 12 hoạt động · 1.200 nữ · tỷ lệ nữ 62,5 % · đủ" in aligned(SMALL, 20)


def test_a_program_reads_a_table_as_values() -> None:
    (line,) = json_lines([Shown(MESSAGE)])
    assert Table.of_json(json.loads(line)["table"]) == SMALL


def test_the_page_gets_what_a_cell_is_sorted_by() -> None:
    view = table_view(SMALL)
    assert view["columns"][3] == {"head": "Tỷ lệ nữ (%)", "number": True}
    assert view["sections"][0]["rows"][1] == ["Phường 10", ["3", 3], ["0", 0], ["–", None], "thiếu 2"]
    assert view["sections"][0]["rows"][2][3] == ["40–50", 40]
    assert HOSTILE in table_view(hostile())["caption"]
    assert table_view(by_ward(1, 1))["sections"][0]["opens"] == {"id": "summary:P1", "label": "Xem Phường 1"}
