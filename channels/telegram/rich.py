"""A message with a table as Telegram's rich messages: paragraphs, tables, collapsible groups, buttons inside. Pure.

All texts are plain: a rich text that is a string is shown as it is, so nothing has to be escaped. Entities are not
looked for in it either, since a unit's code or a number is no link.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aiogram.types import (
    InputRichBlockButtons,
    InputRichBlockDetails,
    InputRichBlockParagraph,
    InputRichBlockTable,
    InputRichBlockUnion,
    InputRichMessage,
    RichBlockTableCell,
    RichMessageButton,
)

from channels.telegram import limits
from channels.telegram.layout import Part, with_buttons
from messages import Choice, Column, Group, Kind, Outgoing, Row, Table
from messages.limits import units


@dataclass(frozen=True, slots=True)
class _Block:
    """A block, with the blocks that it counts as and the length of all texts in it."""

    block: InputRichBlockUnion
    count: int
    length: int


def rich_parts(message: Outgoing) -> list[Part]:
    """The rich messages of a message with a table, the choices under the last; none for a table that is too wide."""
    table = message.table
    if table is None or len(table.columns) > limits.MAX_RICH_COLUMNS:
        return []
    blocks = [*_paragraphs(message.text), *_table_blocks(table)]
    packed = [Part("", rich=_message(pack)) for pack in _packed(blocks)]
    return with_buttons(packed, message.choices, message.pass_on)


def _message(blocks: Sequence[_Block]) -> InputRichMessage:
    return InputRichMessage(blocks=[block.block for block in blocks], skip_entity_detection=True)


def _packed(blocks: Sequence[_Block]) -> Iterator[list[_Block]]:
    """Fill messages with whole blocks."""
    pack: list[_Block] = []
    for block in blocks:
        fits = (
            sum(each.count for each in pack) + block.count <= limits.MAX_RICH_BLOCKS
            and sum(each.length for each in pack) + block.length <= limits.MAX_RICH_TEXT
        )
        if pack and not fits:
            yield pack
            pack = []
        pack.append(block)
    if pack:
        yield pack


def _paragraphs(text: str) -> Iterator[_Block]:
    for line in filter(None, map(str.strip, text.split("\n"))):
        yield _Block(InputRichBlockParagraph(text=line), 1, units(line))


def _table_blocks(table: Table) -> Iterator[_Block]:
    """An overview of the groups, with the rows of none and the totals, then each group to be opened."""
    titles = [(group.title, *group.totals[1:]) for group in table.groups if group.totals]
    totals = [table.totals] if table.totals else []
    overview: list[Row] = [*table.rows, *titles, *totals]
    for number, rows in enumerate(_slices(table, overview)):
        yield _grid(table, rows, table.caption if number == 0 else "")
    if not overview and table.caption:
        yield from _paragraphs(table.caption)
    for group in table.groups:
        yield from _details(table, group)


def _details(table: Table, group: Group) -> Iterator[_Block]:
    """A group to be opened, in as many pieces as its rows need; what opens it elsewhere stands below the last."""
    slices = list(_slices(table, group.rows))
    for rows in slices:
        inside = [_grid(table, rows, "")]
        if group.opens and rows is slices[-1]:
            inside.append(_button(group.opens))
        details = InputRichBlockDetails(summary=_short(group.title), blocks=[each.block for each in inside])
        yield _Block(
            details,
            1 + sum(each.count for each in inside),
            units(_short(group.title)) + sum(each.length for each in inside),
        )


def _button(choice: Choice) -> _Block:
    button = RichMessageButton(text=choice.label, callback_data=choice.id)
    return _Block(InputRichBlockButtons(buttons=[button]), 1, units(choice.label))


def _slices(table: Table, rows: Sequence[Row]) -> Iterator[list[Row]]:
    """The rows in runs, each of which fits into a block among others."""
    run: list[Row] = []
    length = 0
    for row in rows:
        more = sum(units(_cell_text(table, row, at)) for at in range(len(row)))
        if run and (len(run) == limits.RICH_ROWS or length + more > limits.RICH_RUN):
            yield run
            run, length = [], 0
        run.append(row)
        length += more
    if run:
        yield run


def _grid(table: Table, rows: Sequence[Row], caption: str) -> _Block:
    heads = [_cell(_short(column.head), column, is_header=True) for column in table.columns]
    body = [[_cell(_cell_text(table, row, at), table.columns[at]) for at in range(len(row))] for row in rows]
    block = InputRichBlockTable(
        cells=[heads, *body], is_bordered=True, is_striped=True, is_compact=True, caption=_short(caption) or None
    )
    texts = [str(cell.text or "") for row in (heads, *body) for cell in row]
    return _Block(block, 2 + len(rows), sum(map(units, texts)) + units(_short(caption)))


def _cell(text: str, column: Column, *, is_header: bool = False) -> RichBlockTableCell:
    align = "right" if column.kind is Kind.NUMBER else "left"  # numbers end in one line
    return RichBlockTableCell(align=align, valign="middle", text=text or None, is_header=is_header or None)


def _cell_text(table: Table, row: Row, at: int) -> str:
    return _short(table.text(row[at]))


def _short(text: str) -> str:
    """A text as a cell can hold it, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= limits.RICH_CELL else f"{line[: limits.RICH_CELL - 1].rstrip()}…"
