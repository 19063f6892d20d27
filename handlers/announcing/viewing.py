"""Shows announcements, what became of each, and whom it reached; stops what has not gone (/thongbao)."""

from collections.abc import Iterator

from handlers import menu
from handlers.announcing.going import worded
from handlers.context import Replies, Turn
from handlers.reminders import counts_text, person_line
from messages import Choice, Outgoing
from messages.actions import (
    Announce,
    AnnouncedTo,
    Announcements,
    StopAnnouncement,
    ViewAnnouncement,
    choice,
)
from periods.days import local_day
from reports.wording import day_text, moment
from services import announcing
from services.announcing import Seen
from services.results import Refused
from storage.delivery.announcements import StoredAnnouncement
from storage.delivery.told import Fate
from storage.tables.states import AnnouncementState

PAGE = 6
"""Announcements on a page, each of them a button."""
NAMES = 20
"""People on a page, one on a line."""
_BEGINNING = 30
"""Letters of an announcement by which one knows it again."""


def show(turn: Turn, pressed: Announcements) -> Replies:
    """List the announcements, the latest first, and offer to write one."""
    say, page = turn.say, max(pressed.page, 0)
    listed = announcing.listed(turn.db, turn.viewer, offset=page * PAGE, limit=PAGE + 1)
    offers = [choice(Announce(), say("Write an announcement"))]
    offers += [choice(ViewAnnouncement(each.id), _label(each)) for each in listed[:PAGE]]
    if len(listed) > PAGE:
        offers.append(choice(Announcements(page + 1), say("More →")))
    text = say("The announcements so far, the latest first:")
    if not listed:
        text = say("Nothing was announced yet. You can send many people a text, with a picture or a file.")
    return [Outgoing(text, (*offers, *menu.back_to_menu(turn)))]


def _label(announcement: StoredAnnouncement) -> str:
    words = " ".join(announcement.words.split())
    short = words if len(words) <= _BEGINNING else f"{words[:_BEGINNING].rstrip()}…"
    return f"{day_text(local_day(announcement.created_at))}: {short}"


def view(turn: Turn, pressed: ViewAnnouncement) -> Replies:
    """Show one with what became of it."""
    seen = announcing.see(turn.db, turn.viewer, pressed.number)
    return show(turn, Announcements()) if isinstance(seen, Refused) else [_seen(turn, seen)]


def _seen(turn: Turn, seen: Seen, intro: str = "") -> Outgoing:
    say, announcement = turn.say, seen.announcement
    message = worded(say, turn.viewer.tree, announcement)
    text = "\n\n".join(filter(None, (intro, message.text, "\n".join(_stands(turn, seen)))))
    return Outgoing(text, _offers(turn, seen), pictures=message.pictures, document=message.document)


def _offers(turn: Turn, seen: Seen) -> tuple[Choice, ...]:
    say, number = turn.say, seen.announcement.id
    offers = []
    if _can_be_stopped(seen):
        offers.append(choice(StopAnnouncement(number), say("Stop it")))
    if seen.fates:
        offers.append(choice(AnnouncedTo(number), say("Person by person")))
    offers += [choice(Announcements(), say("All announcements")), choice(Announce(), say("Write an announcement"))]
    return (*offers, *menu.back_to_menu(turn))


def _can_be_stopped(seen: Seen) -> bool:
    state = seen.announcement.state
    is_going = state is AnnouncementState.GOING and bool(seen.fates.get(Fate.WAITING))
    return state is AnnouncementState.WAITING or is_going


def _stands(turn: Turn, seen: Seen) -> Iterator[str]:
    say, announcement = turn.say, seen.announcement
    match announcement.state:
        case AnnouncementState.WAITING:
            yield say("It has not gone yet; it goes at {moment}.", moment=moment(say, announcement.goes_at))
        case AnnouncementState.LOST:
            yield say("The file never came, so nothing was sent. Please write it again.")
        case AnnouncementState.STOPPED:
            yield say("It was stopped.")
    if seen.fates:
        yield say("People: {counts}.", counts=counts_text(say, seen.fates))


def stop(turn: Turn, pressed: StopAnnouncement) -> Replies:
    """Stop what has not gone, and say to how many it went before."""
    say = turn.say
    result = announcing.stop(turn.db, turn.viewer, pressed.number, turn.now)
    seen = announcing.see(turn.db, turn.viewer, pressed.number)
    if isinstance(seen, Refused):
        return show(turn, Announcements())
    if isinstance(result, Refused):
        return [_seen(turn, seen)]
    if not result.gone:
        return [_seen(turn, seen, say("Stopped. Nobody got it."))]
    intro = say.plural(
        "Stopped. It had reached {n} person before.", "Stopped. It had reached {n} people before.", result.gone
    )
    return [_seen(turn, seen, intro)]


def show_people(turn: Turn, pressed: AnnouncedTo) -> Replies:
    """List the people of one: those whom it failed to reach first, with the reason."""
    say, page = turn.say, max(pressed.page, 0)
    listed = announcing.people(turn.db, turn.viewer, pressed.number, offset=page * NAMES, limit=NAMES + 1)
    if isinstance(listed, Refused):
        return show(turn, Announcements())
    lines = [person_line(say, told) for told in listed[:NAMES]] or [say("Nobody.")]
    offers = [choice(ViewAnnouncement(pressed.number), say("The announcement"))]
    if len(listed) > NAMES:
        offers.insert(0, choice(AnnouncedTo(pressed.number, page + 1), say("More →")))
    return [Outgoing("\n".join(lines), (*offers, *menu.back_to_menu(turn)))]
