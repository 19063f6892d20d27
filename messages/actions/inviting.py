"""Actions about lists of people to invite, a ward's code, and those who came by it and wait."""

from dataclasses import dataclass

from messages.actions.base import Action, OfUnit


@dataclass(frozen=True, slots=True)
class InviteListed(Action):
    """Invites everybody on a list. A list is answered once, so it needs no revision."""

    NAME = "invite_list"
    list: int = 0


@dataclass(frozen=True, slots=True)
class LeaveList(Action):
    """Forgets a list without inviting anybody."""

    NAME = "leave_list"
    list: int = 0


@dataclass(frozen=True, slots=True)
class RemindJoining(OfUnit):
    """Writes a reminder for those who are invited in a ward and have not come, to be sent on."""

    NAME = "remind_join"
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class ShowWardCode(OfUnit):
    """Shows a ward's code, and makes it if there is none."""

    NAME = "ward_code"
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class PrintPoster(OfUnit):
    """Has a poster with a ward's code made, to be printed."""

    NAME = "poster"
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class EndWardCode(OfUnit):
    """Takes a ward's code back. It never comes into force again, so that needs no revision."""

    NAME = "end_ward_code"
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class ComeTo(Action):
    """Somebody who came by a ward's code says which unit is theirs; without one the list is shown, a page at a time."""

    NAME = "come_to"
    place: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class ComeAs(Action):
    """They are called as the bot knows them already."""

    NAME = "come_as"


@dataclass(frozen=True, slots=True)
class Newcomers(Action):
    """Lists those who came by a ward's code and wait to be let in."""

    NAME = "newcomers"


@dataclass(frozen=True, slots=True)
class TakeIn(Action):
    """Lets somebody in who waits. They are decided about once, so that needs no revision."""

    NAME = "take_in"
    newcomer: int = 0


@dataclass(frozen=True, slots=True)
class TurnAway(Action):
    """Does not let somebody in who waits. They are decided about once, so that needs no revision."""

    NAME = "turn_away"
    newcomer: int = 0
