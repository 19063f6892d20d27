"""Reads an invitation in so many words: "mời cán bộ tuyên truyền P10-KP05", "mời cả phường 10", "moi kp5 p10"."""

import re
from collections.abc import Mapping
from functools import partial
from types import MappingProxyType

from conversation.readings import NO_READING, Meaning, Reading, Said, SaidAfterSlash, sure
from handlers import unit_lists
from handlers.context import Turn
from interview import fold
from messages import Choice
from messages.actions import InviteMissing, InviteWhere, MakeInvitation, choice
from plan.unit_names import unit_names
from rules.roles import ABOVE, Role
from services import access
from services.directory import ward_codes
from storage.directory.units import Unit

LONGEST = 100
"""Characters of such a text."""
_BEGINS = re.compile(
    r"(?:xin |cho |lay |tao |gui |cap |lam |in )*(?:(?:ma|link|duong dan|giay|thu) moi|moi|invite|them)"
    r"(?: (?:them|cho|vao))* (.+)"
)
_WHOLE = ("ca ", "tat ca ", "toan ", "all of ")
_ROLES: Mapping[str, Role | None] = MappingProxyType(
    {
        "can bo tuyen truyen ": Role.PROPAGANDIST,
        "can bo truyen thong ": Role.PROPAGANDIST,
        "tuyen truyen vien ": Role.PROPAGANDIST,
        "cbtt ": Role.PROPAGANDIST,
        "ttv ": Role.PROPAGANDIST,
        "chu tich ubnd ": Role.WARD_CHAIR,
        "chu tich ": Role.WARD_CHAIR,
        "can bo ": None,
        "nguoi cua ": None,
        "nguoi ": None,
    }
)
"""Whom to invite, as people say it; what names no role means that of the unit."""


def in_words(said: Said) -> Reading:
    """Read "mời …" with a unit after it."""
    begun = _BEGINS.fullmatch(_plain(said.text))
    return _read(said.turn, begun[1]) if begun else NO_READING


def after_slash(said: SaidAfterSlash) -> Reading:
    """Read "/moi p10-kp05"."""
    return _read(said.turn, _plain(said.rest)) if said.name in {"moi", "invite"} and said.rest else NO_READING


def _plain(text: str) -> str:
    return " ".join(fold(text).split()) if len(text) <= LONGEST else ""


def _read(turn: Turn, said: str) -> Reading:
    if not turn.viewer.holds(*ABOVE):
        return NO_READING
    named = next((words for words in _ROLES if said.startswith(words)), "")
    role, rest = _ROLES.get(named), said.removeprefix(named)
    whole = next((words for words in _WHOLE if rest.startswith(words)), "")
    units = unit_names(turn.viewer.tree).called(rest.removeprefix(whole))
    offers = [offer for unit in units if (offer := _offer(turn, unit, role, is_whole=bool(whole)))]
    return sure(Meaning.COMMAND, partial(unit_lists.show, turn, offers)) if offers else NO_READING


def _offer(turn: Turn, unit: Unit, role: Role | None, *, is_whole: bool) -> Choice | None:
    """What the words ask for in a unit; `None` if this person invites nobody there."""
    title, code = turn.viewer.tree.title_of(unit.id), unit.code
    if not access.may_see_staff(turn.viewer, code):
        return None
    if is_whole:
        return choice(InviteMissing(code), title)
    if role in (None, unit.role):
        return (
            choice(MakeInvitation(str(unit.role), code), title)
            if access.may_invite(turn.viewer, unit.role or "", code)
            else None
        )
    has_inside = role is Role.PROPAGANDIST and ward_codes.neighbourhoods(turn.viewer.tree, code)
    return choice(InviteWhere(Role.PROPAGANDIST, 0, code), title) if has_inside else None
