"""Reads to whom a role goes, by name: "bàn giao cho Nguyễn Thị Lan"."""

import re
from functools import partial

from conversation.readings import NO_READING, Meaning, Reading, Said, sure
from handlers.access import may
from handlers.people import handing_over
from messages.actions import HandOver

_TO = re.compile(r"(?:bàn giao|ban giao|hand over)\s+(?:cho|to)\s+(?P<name>\S.{0,99})", re.IGNORECASE | re.DOTALL)


def to_somebody_new(said: Said) -> Reading:
    """Read the name of a successor who has not joined; only of somebody who holds a role."""
    match = _TO.fullmatch(said.text.strip())
    if match is None or not may(said.turn, HandOver()):
        return NO_READING
    name = " ".join(match["name"].split())
    return sure(Meaning.COMMAND, partial(handing_over.take_name, said.turn, name))
