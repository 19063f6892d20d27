"""The vocabulary between the channels and everything else: what comes in, what goes out.

A handler knows these types and no platform; a channel turns its platform's traffic into `Incoming` and an `Outgoing`
into its platform's calls. Values only: nothing here reads, writes or translates.
"""

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
from messages.outgoing import AskedAt, Choice, Document, Outgoing, Picture, Wanted, Wants, decode, encode

__all__ = [
    "MAX_CHOICE_ID_BYTES",
    "MAX_NAME",
    "MAX_TEXT",
    "AskedAt",
    "Choice",
    "Content",
    "Document",
    "Edit",
    "File",
    "Incoming",
    "Location",
    "Outgoing",
    "Picture",
    "Press",
    "Reachability",
    "Text",
    "Unsupported",
    "Wanted",
    "Wants",
    "clean",
    "decode",
    "encode",
]
