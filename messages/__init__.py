"""The vocabulary between the channels and everything else: what comes in, what goes out.

A handler knows these types and no platform; a channel turns its platform's traffic into `Incoming` and an `Outgoing`
into its platform's calls. Values only: nothing here reads, writes or translates.
"""

from messages.choices import Choice
from messages.incoming import (
    Content,
    Edit,
    File,
    Incoming,
    Location,
    Press,
    Reachability,
    Text,
    Unsupported,
)
from messages.limits import MAX_CHOICE_ID_BYTES, MAX_NAME, MAX_TEXT, clean
from messages.outgoing import AskedAt, Document, Outgoing, PassOn, Picture, Wanted, Wants, decode, encode
from messages.tables import Cell, Column, Group, Kind, Row, Table, Valued

__all__ = [
    "MAX_CHOICE_ID_BYTES",
    "MAX_NAME",
    "MAX_TEXT",
    "AskedAt",
    "Cell",
    "Choice",
    "Column",
    "Content",
    "Document",
    "Edit",
    "File",
    "Group",
    "Incoming",
    "Kind",
    "Location",
    "Outgoing",
    "PassOn",
    "Picture",
    "Press",
    "Reachability",
    "Row",
    "Table",
    "Text",
    "Unsupported",
    "Valued",
    "Wanted",
    "Wants",
    "clean",
    "decode",
    "encode",
]
