"""What pressing a button does, as typed values: their ids are written and read here, and nowhere else.

Whatever changes a record says at which revision of it the button was made (`seen`, from 1 on): the figures that were
read are then the ones that are accepted. An id that says none, as one from before there were revisions, or one that
somebody made up, reads as 0: no record is ever at that, so it changes nothing (an interview begins at 0: there it reads
as -1).

An id is at most 64 bytes (Telegram's callback data), a unit's code at most 24 characters. Buttons stay in chats for
years: a field is only ever added at the end, and a name is never given a new meaning.
"""

from collections.abc import Mapping

from messages.actions.base import YES, Action, OfUnit, choice
from messages.actions.figures import Done, Due, Missing, Owing, Summary, Wards
from messages.actions.interviews import Choose, Discard, Resume, is_of_interview
from messages.actions.people import (
    ADD,
    MANY,
    REMOVE,
    Bots,
    BotWards,
    EndRole,
    Invite,
    InviteWhere,
    MakeInvitation,
    Serve,
    Staff,
    ViewMember,
)
from messages.actions.reports import (
    ALL,
    Again,
    Approve,
    Correct,
    Mine,
    NewReport,
    Nil,
    Return,
    UnitReports,
    View,
    Withdraw,
)
from messages.actions.ways import Agree, Connect, Forget, Help, Language, Me, Menu, Release

__all__ = [
    "ADD",
    "ALL",
    "KINDS",
    "MANY",
    "REMOVE",
    "YES",
    "Action",
    "Again",
    "Agree",
    "Approve",
    "BotWards",
    "Bots",
    "Choose",
    "Connect",
    "Correct",
    "Discard",
    "Done",
    "Due",
    "EndRole",
    "Forget",
    "Help",
    "Invite",
    "InviteWhere",
    "Language",
    "MakeInvitation",
    "Me",
    "Menu",
    "Mine",
    "Missing",
    "NewReport",
    "Nil",
    "OfUnit",
    "Owing",
    "Release",
    "Resume",
    "Return",
    "Serve",
    "Staff",
    "Summary",
    "UnitReports",
    "View",
    "ViewMember",
    "Wards",
    "Withdraw",
    "choice",
    "decode",
    "is_of_interview",
]

KINDS: tuple[type[Action], ...] = (
    *(Menu, Help, Language, Agree, Me, Connect, Release, Forget),
    *(NewReport, Again, Nil, Choose, Resume, Discard),
    *(Mine, UnitReports, View, Correct, Withdraw, Approve, Return),
    *(Summary, Missing, Wards, Due, Owing, Done),
    *(Invite, InviteWhere, MakeInvitation, Staff, ViewMember, EndRole),
    *(Bots, BotWards, Serve),
)
"""All there are."""

_FORMER: Mapping[str, type[Action]] = {"check": Approve}
"""Names that buttons bore before; what they say is read as it is now."""

_BY_NAME: Mapping[str, type[Action]] = {**{kind.NAME: kind for kind in KINDS}, **_FORMER}


def decode(choice_id: str) -> Action | None:
    """The action that an id says; `None` if it names none. Never raises, whoever wrote the id."""
    name, *arguments = choice_id.split(":")
    kind = _BY_NAME.get(name)
    return kind.read(arguments) if kind else None
