"""What is done about announcements: writing one, looking at what became of it, stopping it."""

from dataclasses import dataclass

from messages.actions.base import Action


@dataclass(frozen=True, slots=True)
class Announce(Action):
    """Begins to write an announcement."""

    NAME = "announce"


@dataclass(frozen=True, slots=True)
class Announcements(Action):
    """Lists announcements, a page at a time."""

    NAME = "announced"
    page: int = 0


@dataclass(frozen=True, slots=True)
class ViewAnnouncement(Action):
    """Shows one with what became of it."""

    NAME = "see_announcement"
    number: int = 0


@dataclass(frozen=True, slots=True)
class StopAnnouncement(Action):
    """Stops what of it has not gone."""

    NAME = "stop_announcement"
    number: int = 0


@dataclass(frozen=True, slots=True)
class AnnouncedTo(Action):
    """Lists its people with what became of it for each, a page at a time."""

    NAME = "announced_to"
    number: int = 0
    page: int = 0
