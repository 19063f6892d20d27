"""Shows what became of reminders (/giao) and which are to come (/lich): to the secretariat, to a chair for the ward."""

from collections.abc import Mapping
from datetime import timedelta

from handlers import menu
from handlers.context import Replies, Turn
from locales import Say, capital
from messages import Choice, Outgoing
from messages.actions import Announcements, Delivered, Deliveries, Participants, Upcoming, choice
from plan.calendar import Topic
from reports.wording import day_text
from scheduler.upcoming import Planned
from services import reminders
from services.results import Refused
from storage.delivery.announcements import UNREACHABLE
from storage.delivery.told import Fate, ToldPerson

PAGE = 6
"""Reminders on a page, each of them a button."""
NAMES = 20
"""People on a page, one on a line."""
DAYS = 10
"""Days on a page of what is to come."""
PAGES = 3
"""Pages of what is to come: a month."""


def show_lately(turn: Turn, pressed: Deliveries) -> Replies:
    """List the last reminders with what became of them, the latest first."""
    say, page = turn.say, max(pressed.page, 0)
    listed = reminders.lately(turn.db, turn.viewer, turn.world.calendar, turn.now)
    if isinstance(listed, Refused):
        return menu.show_menu(turn)
    shown = listed[page * PAGE : (page + 1) * PAGE]
    head = say("What became of the reminders of the last two weeks:") if shown else say("No reminder fell due lately.")
    lines = [
        f"• {capital(_title(turn, told.rule))}, {day_text(told.at.date())}: {counts_text(say, told.counts)}"
        for told in shown
    ]
    offers = [
        choice(
            Delivered(told.rule, told.about),
            say("{reminder} {day}", reminder=capital(_title(turn, told.rule)), day=day_text(told.at.date())),
        )
        for told in shown
    ]
    if len(listed) > (page + 1) * PAGE:
        offers.append(choice(Deliveries(page + 1), say("More →")))
    return [Outgoing("\n".join([head, *lines]), (*offers, *_further(turn), *menu.back_to_menu(turn)))]


def _further(turn: Turn) -> tuple[Choice, ...]:
    return (
        choice(Participants(), turn.say("Who has not joined")),
        choice(Upcoming(), turn.say("What will be sent")),
        choice(Announcements(), turn.say("All announcements")),
    )


def counts_text(say: Say, counts: Mapping[Fate, int]) -> str:
    """Say to how many people what became of it."""
    return ", ".join(f"{word} {counts[fate]}" for fate, word in _fates(say).items() if counts.get(fate))


def _fates(say: Say) -> Mapping[Fate, str]:
    return {
        Fate.SENT: say("sent:"),
        Fate.WAITING: say("waiting:"),
        Fate.UNCERTAIN: say("perhaps sent:"),
        Fate.FAILED: say("not sent:"),
        Fate.DONE: say("done before:"),
        Fate.STOPPED: say("stopped:"),
    }


def _title(turn: Turn, rule_id: str) -> str:
    """What a rule is called."""
    rule = turn.world.calendar.get(rule_id)
    return titles(turn.say)[rule.topic] if rule else rule_id


def titles(say: Say) -> Mapping[Topic, str]:
    """What each topic is called."""
    return {
        Topic.WEEK_UNREPORTED: say("week not reported"),
        Topic.WEEK_SUMMARY: say("week's summary"),
        Topic.WEEK_CARD: say("own figures of the week"),
        Topic.SILENT_UNITS: say("two weeks without news"),
        Topic.REQUESTS: say("requests that wait"),
        Topic.QUIET_UNITS: say("four weeks without activity"),
        Topic.NOT_JOINED: say("who does not take part yet"),
        Topic.TO_APPROVE: say("reports to approve"),
        Topic.TO_MEND: say("reports to mend"),
        Topic.DEADLINE: say("what is to be handed in"),
        Topic.DEADLINE_ABOVE: say("who has not handed in"),
        Topic.MONTH_OPENING: say("opening of the Action Month"),
        Topic.MONTH_MONDAY: say("Action Month so far"),
        Topic.MONTH_HALF_TIME: say("half-time of the Action Month"),
        Topic.MONTH_CLOSING: say("closing of the Action Month"),
    }


def show_people(turn: Turn, pressed: Delivered) -> Replies:
    """List the people of one reminder: failed ones first, with the reason."""
    say, page = turn.say, max(pressed.page, 0)
    if pressed.about is None:
        return show_lately(turn, Deliveries())
    listed = reminders.people(turn.db, turn.viewer, pressed.rule, pressed.about, offset=page * NAMES, limit=NAMES + 1)
    if isinstance(listed, Refused):
        return menu.show_menu(turn)
    head = say("Reminder “{reminder}”:", reminder=_title(turn, pressed.rule))
    lines = [person_line(say, told) for told in listed[:NAMES]] or [say("Nobody.")]
    offers = [choice(Deliveries(), say("All reminders"))]
    if len(listed) > NAMES:
        offers.insert(0, choice(Delivered(pressed.rule, pressed.about, page + 1), say("More →")))
    return [Outgoing("\n".join([head, *lines]), (*offers, *menu.back_to_menu(turn)))]


def person_line(say: Say, told: ToldPerson) -> str:
    """Say what became of it for one person, and why it failed if it did."""
    word = _fates(say)[told.fate].rstrip(":")
    why = _reason(say, told.reason) if told.fate is Fate.FAILED else ""
    return f"• {told.name or '–'}: {word} ({why})" if why else f"• {told.name or '–'}: {word}"


def _reason(say: Say, reason: str) -> str:
    """Say why a reminder was not sent; a platform's own word stays as it is."""
    reasons = {
        "too_late": say("the time for it was over before it could go"),
        "too_long": say("the message was too long"),
        "down": say("the bot was not running"),
        "not_composed": say("a fault of the bot"),
        UNREACHABLE: say("no chat reaches them"),
    }
    return reasons.get(reason, reason)


def show_upcoming(turn: Turn, pressed: Upcoming) -> Replies:
    """Count what will be sent, as things stand now, day by day."""
    say, page = turn.say, min(max(pressed.page, 0), PAGES - 1)
    first = turn.today + timedelta(days=page * DAYS)
    days = reminders.upcoming(turn.db, turn.viewer, turn.world.calendar, first, DAYS, turn.now)
    if isinstance(days, Refused):
        return menu.show_menu(turn)
    last = first + timedelta(days=DAYS - 1)
    head = say("What will be sent from {first} to {last}, as things stand:", first=day_text(first), last=day_text(last))
    told = [_day(turn, day) for day in days] or [say("Nothing.")]
    offers = [choice(Upcoming(page + 1), say("More →"))] if page + 1 < PAGES else []
    offers.append(choice(Deliveries(), say("What became of the last ones")))
    return [Outgoing("\n\n".join([head, *told]), (*offers, *menu.back_to_menu(turn)))]


def _day(turn: Turn, planned: Planned) -> str:
    """A day in two lines: how many messages, and what is in them."""
    say = turn.say
    head = say.plural("{day}: {n} message", "{day}: {n} messages", planned.messages, day=day_text(planned.day))
    if planned.vacant:
        head = say("{head} ({count} units have nobody to read theirs)", head=head, count=planned.vacant)
    parts = [
        say.plural("{reminder}: {n} person", "{reminder}: {n} people", count, reminder=_title(turn, rule))
        for rule, count in planned.people.items()
    ]
    return "\n".join([head, f"• {'; '.join(parts)}"]) if parts else head
