"""Who takes part, and by which bots: invitations, the people of a unit, the wards of a bot."""

from dataclasses import dataclass

from messages.actions.base import Action, OfUnit

ADD, REMOVE = "add", "remove"
MANY = "many"
"""An invitation for a meeting, not for one person."""


@dataclass(frozen=True, slots=True)
class Invite(Action):
    """Somebody is to be invited: as what?"""

    NAME = "invite"


@dataclass(frozen=True, slots=True)
class InviteWhere(Action):
    """Somebody is to be invited in a role: to which unit? A page at a time; `ward` narrows it to what lies there."""

    NAME = "invite_unit"
    role: str = ""
    page: int = 0
    ward: str = ""


@dataclass(frozen=True, slots=True)
class MakeInvitation(OfUnit):
    """An invitation for a role in a unit; `uses` may be `MANY`."""

    NAME = "invite_make"
    role: str = ""
    unit: str | None = None
    uses: str = ""


@dataclass(frozen=True, slots=True)
class Staff(OfUnit):
    """Who takes part in a unit, a page at a time."""

    NAME = "staff"
    unit: str | None = None
    page: int = 0


@dataclass(frozen=True, slots=True)
class ViewMember(Action):
    """One of those who take part."""

    NAME = "member"
    assignment: int = 0


@dataclass(frozen=True, slots=True)
class EndRole(Action):
    """Somebody has left; asked about first. A role that is over never begins again, so its row is its state."""

    NAME = "end_role"
    assignment: int = 0
    sure: str = ""


@dataclass(frozen=True, slots=True)
class Bots(Action):
    """The bots with a quota and their month."""

    NAME = "channels"


@dataclass(frozen=True, slots=True)
class BotWards(Action):
    """The wards that a bot serves."""

    NAME = "bot"
    bot: str = ""


@dataclass(frozen=True, slots=True)
class Serve(Action):
    """A bot serves a ward from now on, or no longer: `wanted` is `ADD` or `REMOVE`."""

    NAME = "bot_ward"
    bot: str = ""
    ward: str = ""
    wanted: str = ""
