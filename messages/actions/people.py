"""Actions about people and bots: invitations, the people of a unit, the wards of a bot."""

from dataclasses import dataclass

from messages.actions.base import Action, OfUnit

ADD, REMOVE = "add", "remove"
MANY = "many"
"""An invitation for a meeting, not for one person."""


@dataclass(frozen=True, slots=True)
class Invite(Action):
    """Begins an invitation, and asks for the role."""

    NAME = "invite"


@dataclass(frozen=True, slots=True)
class InviteWhere(Action):
    """Asks to which unit an invitation leads, a page at a time; `ward` narrows the list to the units in it."""

    NAME = "invite_unit"
    role: str = ""
    page: int = 0
    ward: str = ""


@dataclass(frozen=True, slots=True)
class MakeInvitation(OfUnit):
    """Makes an invitation for a role in a unit; `uses` may be `MANY`."""

    NAME = "invite_make"
    role: str = ""
    unit: str | None = None
    uses: str = ""


@dataclass(frozen=True, slots=True)
class Participants(OfUnit):
    """Shows who takes part, who was invited and where nobody was: by ward, or unit by unit in one, a page at a time."""

    NAME = "joined"
    page: int = 0
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class InviteMissing(OfUnit):
    """Makes a personal invitation for each unit of a ward where nobody takes part, after asking once."""

    NAME = "invite_missing"
    unit: str | None = None
    sure: str = ""


@dataclass(frozen=True, slots=True)
class PassOnCodes(OfUnit):
    """Shows the texts to send on to those who are invited in a ward and have not come; without one asks which."""

    NAME = "pass_on"
    unit: str | None = None
    page: int = 0


@dataclass(frozen=True, slots=True)
class GiveOut(Action):
    """Leads each ward's chair to the texts for those who are invited in their ward and have not come."""

    NAME = "give_out"


@dataclass(frozen=True, slots=True)
class PrintCards(OfUnit):
    """Has cards made for those who are invited and have not come, to be printed: of a ward, or of all."""

    NAME = "cards"
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class UnusedCodes(OfUnit):
    """Lists the invitations of a ward that nobody has used, to take some back, a page at a time."""

    NAME = "unused"
    unit: str | None = None
    page: int = 0


@dataclass(frozen=True, slots=True)
class RevokeCode(OfUnit):
    """Takes an invitation back. A code that is taken back never comes into force again, so it needs no revision."""

    NAME = "revoke"
    unit: str | None = None
    invitation: int = 0


@dataclass(frozen=True, slots=True)
class InviteAgain(OfUnit):
    """Gives whom an expired invitation was meant for a new one in its place; twice does it once."""

    NAME = "invite_again"
    unit: str | None = None
    invitation: int = 0


@dataclass(frozen=True, slots=True)
class Staff(OfUnit):
    """Lists the people who take part in a unit, a page at a time."""

    NAME = "staff"
    unit: str | None = None
    page: int = 0


@dataclass(frozen=True, slots=True)
class ViewMember(Action):
    """Shows one of the people who take part."""

    NAME = "member"
    assignment: int = 0


@dataclass(frozen=True, slots=True)
class PlaceMember(OfUnit):
    """Says in which part of a unit that was split somebody goes on. A split stays one, so it needs no revision."""

    NAME = "place"
    assignment: int = 0
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class EndRole(Action):
    """Ends a person's role, after asking once. An ended role never begins again, so it needs no revision."""

    NAME = "end_role"
    assignment: int = 0
    sure: str = ""


@dataclass(frozen=True, slots=True)
class Bots(Action):
    """Shows the bots that have a quota, and what they have used this month."""

    NAME = "channels"


@dataclass(frozen=True, slots=True)
class BotWards(Action):
    """Shows the wards that a bot serves."""

    NAME = "bot"
    bot: str = ""


@dataclass(frozen=True, slots=True)
class Serve(Action):
    """Lets a bot serve a ward from now on, or no longer: `wanted` is `ADD` or `REMOVE`."""

    NAME = "bot_ward"
    bot: str = ""
    ward: str = ""
    wanted: str = ""
