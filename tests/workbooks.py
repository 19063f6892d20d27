"""Workbooks as Excel and LibreOffice write them, as small as they may be: sheets are named tables of cells."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TypeAlias
from xml.sax.saxutils import escape

from openpyxl import Workbook

Cell: TypeAlias = str | int | float | bool | date | datetime | None
Sheets: TypeAlias = Mapping[str, Sequence[Sequence[Cell]]]

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"' for prefix in ("office", "table", "text")
)


def xlsx(sheets: Sheets, hidden: Sequence[str] = (), stray: tuple[int, int] | None = None) -> bytes:
    """`stray` is the row and column of a cell far away from the others, on the last sheet."""
    book, saved = Workbook(), io.BytesIO()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        sheet.sheet_state = "hidden" if name in hidden else "visible"
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row, start=1):
                sheet.cell(number, column).value = value
    if stray:
        book.worksheets[-1].cell(*stray).value = "x"
    book.save(saved)
    return saved.getvalue()


def ods(sheets: Sheets, *, is_protected: bool = False) -> bytes:
    saved = io.BytesIO()
    tables = "".join(
        f'<table:table table:name="{name}">{"".join(map(_ods_row, rows))}</table:table>'
        for name, rows in sheets.items()
    )
    secret = "<manifest:encryption-data/>" if is_protected else ""
    with zipfile.ZipFile(saved, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f"<office:document-content {_NAMESPACES}><office:body><office:spreadsheet>{tables}"
            "</office:spreadsheet></office:body></office:document-content>",
        )
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="content.xml">{secret}</manifest:file-entry></manifest:manifest>',
        )
    return saved.getvalue()


def _ods_row(cells: Sequence[Cell]) -> str:
    return f"<table:table-row>{''.join(map(_ods_cell, cells))}</table:table-row>"


def _ods_cell(value: Cell) -> str:
    match value:
        case None | "":
            return "<table:table-cell/>"
        case bool():
            kind = f'office:value-type="boolean" office:boolean-value="{str(value).lower()}"'
        case int() | float():
            kind = f'office:value-type="float" office:value="{value}"'
        case date():
            kind = f'office:value-type="date" office:date-value="{value.isoformat()}"'
        case _:
            kind = 'office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{escape(str(value))}</text:p></table:table-cell>"


def xls(sheets: Sheets, *, is_protected: bool = False) -> bytes:
    """BIFF8 in an OLE container; days are texts here, since a format would be needed for them."""
    start, secret = (
        _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6)),
        _record(0x2F, b"\x01".ljust(54, b"\0")),
    )
    bodies = [_xls_sheet(rows) for rows in sheets.values()]
    names = [struct.pack("<HBB", 0, len(name), 1) + name.encode("utf-16-le") for name in sheets]
    head = start + (secret if is_protected else b"")
    place = len(head) + sum(4 + 4 + len(name) for name in names) + 4
    for name, body in zip(names, bodies, strict=True):
        head += _record(0x85, struct.pack("<I", place) + name)
        place += len(body)
    return _container("Workbook", head + _record(0x0A, b"") + b"".join(bodies))


def protected_xlsx() -> bytes:
    """What Excel writes when a password is set: no zip, but a container with the encrypted zip."""
    return _container("EncryptedPackage", bytes(5000))


def _xls_sheet(rows: Sequence[Sequence[Cell]]) -> bytes:
    body = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6))
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, int | float):
                body += _record(0x203, struct.pack("<HHHd", number, column, 0, value))
            elif value:
                text = str(value)
                body += _record(
                    0x204, struct.pack("<HHHHB", number, column, 0, len(text), 1) + text.encode("utf-16-le")
                )
    return body + _record(0x0A, b"")


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _container(name: str, stream: bytes) -> bytes:
    """An OLE file with one stream: sector 0 is the allocation table, 1 the directory, the stream comes after."""
    stream = stream.ljust(max(4096, -(-len(stream) // _SECTOR) * _SECTOR), b"\0")
    count = len(stream) // _SECTOR
    table = [_FAT, _END, *range(3, count + 2), _END]
    table += [_FREE] * (_SECTOR // 4 - len(table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<I", 0) + struct.pack("<I", _FREE) * 108
    entries = _entry("Root Entry", 5, 1, _END, 0) + _entry(name, 2, _FREE, 2, len(stream))
    return header + struct.pack(f"<{len(table)}I", *table) + entries.ljust(_SECTOR, b"\0") + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    label = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<HBBIII", len(label), kind, 1, _FREE, _FREE, child)
    return label.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", start, size)
