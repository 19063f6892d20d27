"""What pressing a button does, as typed values: their ids are written and read here, and nowhere else.

An action that changes a record names the revision for which its button was made (`seen`, from 1 on), so that people
accept exactly the figures that they have read. An id without a revision is older than revisions, or made up: it reads
as 0, which no record ever has, so it changes nothing (an interview begins at 0: there it reads as -1).

An id is at most 64 bytes (Telegram's callback data), a unit's code at most 24 characters. Buttons stay in chats for
years: a field is only ever added at the end, and a name is never given a new meaning.
"""

from collections.abc import Mapping

from messages.actions.base import YES, Action, OfUnit, choice, fitting
from messages.actions.closing import (
    Admit,
    ClosePeriod,
    Closing,
    Decline,
    Reopen,
    Requests,
    TakeBack,
    ViewRequest,
)
from messages.actions.events import (
    Decide,
    Disputes,
    Glance,
    InPlace,
    Link,
    Organised,
    OtherEvent,
    SameEvent,
    Together,
    Unlink,
)
from messages.actions.exporting import Export, ShareOut
from messages.actions.figures import (
    BY_ACTIVITY,
    BY_GROUP,
    BY_HELP,
    BY_PLACE,
    BY_UNIT,
    Breakdown,
    Details,
    DueNow,
    FigureTable,
    Files,
    MarkDone,
    Missing,
    MissingTable,
    OtherPeriods,
    Owing,
    Pictures,
    ShowPicture,
    Summary,
    TargetTable,
    Wards,
)
from messages.actions.interviews import DROPPING, Choose, Discard, Drafts, Resume, is_of_interview
from messages.actions.issuing import ConfirmIssue, Issue, IssuedList, OpenIssued, ViewIssued
from messages.actions.letters import FillPart, LetterParts, Letters, MakeLetter, ShowPart
from messages.actions.passing_on import LATER, EndChats, HandOver, HandOverTo, LeaveCode, Nudge
from messages.actions.people import (
    ADD,
    MANY,
    REMOVE,
    Bots,
    BotWards,
    EndRole,
    Invite,
    InviteMissing,
    InviteWhere,
    MakeInvitation,
    Participants,
    PlaceMember,
    RevokeCode,
    Serve,
    Staff,
    UnusedCodes,
    ViewMember,
)
from messages.actions.reports import (
    ALL,
    UNIT,
    Again,
    Approve,
    Correct,
    Mine,
    NewReport,
    Return,
    SayWhy,
    SendAsIs,
    UnitReports,
    View,
    Withdraw,
)
from messages.actions.reviewing import (
    CORRECTING,
    WITHDRAWING,
    Amend,
    ApproveClear,
    ApproveShown,
    AskLeave,
    DeclineLeave,
    GrantLeave,
    History,
    Queue,
)
from messages.actions.supplying import (
    ConfirmSupply,
    DeclineSupply,
    ShowTarget,
    ShowTargets,
    Supplies,
    ViewSupply,
)
from messages.actions.unsorted import Sort, Unsure
from messages.actions.ways import Agree, Connect, Forget, Help, Language, Me, Menu, Release
from messages.actions.weeks import ComingWeeks, DeclareFree, FreeWeeks, Hotline, Nil, RevokeFree, TakeBackNil
from periods.cuts import NO_CUTS, Cuts

__all__ = [
    "ADD",
    "ALL",
    "BY_ACTIVITY",
    "BY_GROUP",
    "BY_HELP",
    "BY_PLACE",
    "BY_UNIT",
    "CORRECTING",
    "DROPPING",
    "KINDS",
    "LATER",
    "MANY",
    "REMOVE",
    "UNIT",
    "WITHDRAWING",
    "YES",
    "Action",
    "Admit",
    "Again",
    "Agree",
    "Amend",
    "Approve",
    "ApproveClear",
    "ApproveShown",
    "AskLeave",
    "BotWards",
    "Bots",
    "Breakdown",
    "Choose",
    "ClosePeriod",
    "Closing",
    "ComingWeeks",
    "ConfirmIssue",
    "ConfirmSupply",
    "Connect",
    "Correct",
    "Decide",
    "DeclareFree",
    "Decline",
    "DeclineLeave",
    "DeclineSupply",
    "Details",
    "Discard",
    "Disputes",
    "Drafts",
    "DueNow",
    "EndChats",
    "EndRole",
    "Export",
    "FigureTable",
    "Files",
    "FillPart",
    "Forget",
    "FreeWeeks",
    "Glance",
    "GrantLeave",
    "HandOver",
    "HandOverTo",
    "Help",
    "History",
    "Hotline",
    "InPlace",
    "Invite",
    "InviteMissing",
    "InviteWhere",
    "Issue",
    "IssuedList",
    "Language",
    "LeaveCode",
    "LetterParts",
    "Letters",
    "Link",
    "MakeInvitation",
    "MakeLetter",
    "MarkDone",
    "Me",
    "Menu",
    "Mine",
    "Missing",
    "MissingTable",
    "NewReport",
    "Nil",
    "Nudge",
    "OfUnit",
    "OpenIssued",
    "Organised",
    "OtherEvent",
    "OtherPeriods",
    "Owing",
    "Participants",
    "Pictures",
    "PlaceMember",
    "Queue",
    "Release",
    "Reopen",
    "Requests",
    "Resume",
    "Return",
    "RevokeCode",
    "RevokeFree",
    "SameEvent",
    "SayWhy",
    "SendAsIs",
    "Serve",
    "ShareOut",
    "ShowPart",
    "ShowPicture",
    "ShowTarget",
    "ShowTargets",
    "Sort",
    "Staff",
    "Summary",
    "Supplies",
    "TakeBack",
    "TakeBackNil",
    "TargetTable",
    "Together",
    "UnitReports",
    "Unlink",
    "Unsure",
    "UnusedCodes",
    "View",
    "ViewIssued",
    "ViewMember",
    "ViewRequest",
    "ViewSupply",
    "Wards",
    "Withdraw",
    "choice",
    "decode",
    "fitting",
    "is_of_interview",
]

KINDS: tuple[type[Action], ...] = (
    *(Menu, Help, Language, Agree, Me, Connect, Release, Forget),
    *(NewReport, Again, Nil, TakeBackNil, Choose, Resume, Discard, Drafts, SendAsIs, SayWhy),
    *(Mine, UnitReports, View, Correct, Withdraw, Approve, Return, Sort, Unsure),
    *(Queue, ApproveShown, ApproveClear, History, AskLeave, GrantLeave, DeclineLeave, Amend),
    *(SameEvent, OtherEvent, Glance, Together, Link, Unlink, Decide, Organised, Disputes, InPlace),
    *(Summary, Breakdown, Missing, Wards, OtherPeriods, Details, Pictures, ShowPicture, Files),
    *(DueNow, Owing, MarkDone),
    *(Export, ShareOut, Issue, ConfirmIssue, IssuedList, ViewIssued, OpenIssued),
    *(Invite, InviteWhere, MakeInvitation, Participants, InviteMissing, UnusedCodes, RevokeCode),
    *(Staff, ViewMember, EndRole, PlaceMember),
    *(HandOver, HandOverTo, LeaveCode, EndChats, Nudge),
    *(Bots, BotWards, Serve),
    *(Closing, ClosePeriod, Reopen, Requests, ViewRequest, Admit, Decline, TakeBack),
    *(FreeWeeks, ComingWeeks, DeclareFree, RevokeFree, Hotline),
    *(FigureTable, MissingTable, TargetTable),
    *(ShowTargets, ShowTarget, Supplies, ViewSupply, ConfirmSupply, DeclineSupply),
    *(Letters, MakeLetter, LetterParts, ShowPart, FillPart),
)
"""Every kind of action."""

_FORMER: Mapping[str, type[Action]] = {"check": Approve}
"""Earlier names of actions: buttons in old messages still have them."""

_BY_NAME: Mapping[str, type[Action]] = {**{kind.NAME: kind for kind in KINDS}, **_FORMER}


def decode(choice_id: str, cuts: Cuts = NO_CUTS) -> Action | None:
    """The action that an id names; `None` if it names none. It never raises, whoever wrote the id.

    Periods of official reports are read by the rules of a plan: without these they are none.
    """
    name, *arguments = choice_id.split(":")
    kind = _BY_NAME.get(name)
    return kind.read(arguments, cuts) if kind else None
