"""What is due for me: the week's report, my units' obligations with the days left, one tap to say "handed in"."""

from collections.abc import Sequence
from datetime import date, timedelta

from handlers import menu
from handlers.context import AGENCY, PROPAGANDIST, SECRETARIAT, WARD_CHAIR, Replies, Turn, choice, number_at
from handlers.wording import day_text, week_text
from locales import Say
from messages import Choice, Outgoing
from storage import obligations, people, submissions
from storage.obligations import Owed
from storage.weeks import local_day, sunday_of, week_of

SHOWN_SINCE = timedelta(days=30)
"""What was missed stays on the list this long."""
MOST = 20


def kind_title(say: Say, kind: str) -> str:
    """What is owed, in words (the plan, V.2)."""
    titles = {
        "plan_draft": say("draft of next year's activities with the budget estimate"),
        "periodic_report": say("periodic report on results"),
    }
    return titles.get(kind, kind)


def show_due(turn: Turn, _: tuple[str, ...] = ()) -> Replies:
    """The week that is still to be reported, and the open obligations of the person's units, the soonest first."""
    say = turn.say
    weeks = [
        role
        for role in turn.roles
        if role.role == PROPAGANDIST and not submissions.is_reported(turn.db, role.unit_id, week_of(turn.today))
    ]
    owed = obligations.of_units(turn.db, _unit_ids(turn), turn.today - SHOWN_SINCE)
    waiting = [each for each in owed if each.done_at is None]
    count = len(weeks) + len(waiting)
    if not weeks and not owed:
        return [Outgoing(say("Nothing is due for you now. Thank you!"), menu.back_to_menu(turn))]
    head = say.plural("{n} thing is due:", "{n} things are due:", count) if count else say("All done:")
    lines = [head, *(_week_line(turn, role) for role in weeks), *(_line(turn, each) for each in owed[:MOST])]
    if len(owed) > MOST:
        lines.append(say("… and {count} more", count=len(owed) - MOST))
    offers = (*_week_offers(turn, weeks), *_offers(turn, waiting), *menu.back_to_menu(turn))
    return [Outgoing("\n".join(lines), offers)]


def _week_line(turn: Turn, role: people.Role) -> str:
    """A report is timely until Monday at seven."""
    week = week_of(turn.today)
    return turn.say(
        "• {unit}: the report of {week}, until 7:00 on Monday {day}",
        unit=role.unit_name,
        week=week_text(turn.say, week),
        day=day_text(sunday_of(week) + timedelta(days=1)),
    )


def _week_offers(turn: Turn, weeks: Sequence[people.Role]) -> list[Choice]:
    if not weeks:
        return []
    nil = (choice(f"nil:{role.unit}:{week_of(turn.today)}", turn.say("No activity this week")) for role in weeks[:1])
    return [choice("report", turn.say("Report an activity")), *nil]


def _unit_ids(turn: Turn) -> list[int]:
    own = [role for role in turn.roles if role.role in (WARD_CHAIR, AGENCY, SECRETARIAT)]
    ids = [role.unit_id for role in own if role.role != SECRETARIAT]
    for role in own:
        if role.role == SECRETARIAT:
            ids += people.unit_ids_in(turn.db, role.unit)
    return ids


def _line(turn: Turn, owed: Owed) -> str:
    say = turn.say
    if owed.done_at:
        left = say("handed in on {day} ✓", day=day_text(local_day(owed.done_at)))
    else:
        left = days_left(say, owed.due_on, turn.today)
    return say(
        "• {unit}: {what}, by {day} – {left}",
        unit=owed.unit_name,
        what=kind_title(say, owed.kind),
        day=day_text(owed.due_on),
        left=left,
    )


def days_left(say: Say, due_on: date, today: date) -> str:
    """ "3 days left", "today is the last day", "2 days late"."""
    days = (due_on - today).days
    if days == 0:
        return say("today is the last day")
    if days > 0:
        return say.plural("{n} day left", "{n} days left", days)
    return say.plural("{n} day late", "{n} days late", -days)


def _offers(turn: Turn, waiting: list[Owed]) -> list[Choice]:
    """Only those who owe it say that it is done."""
    own = _owing(turn)
    return [
        choice(f"done:{owed.id}", turn.say("Handed in: {what}", what=kind_title(turn.say, owed.kind)))
        for owed in waiting[:MOST]
        if owed.unit in own
    ]


def _owing(turn: Turn) -> set[str]:
    """The units that this person answers for."""
    return {role.unit for role in turn.roles if role.role in (WARD_CHAIR, AGENCY)}


def mark_done(turn: Turn, arguments: tuple[str, ...]) -> Replies:
    """ "done:<id>": what was owed has been handed in."""
    owed = obligations.find(turn.db, number_at(arguments))
    if owed is None or owed.unit not in _owing(turn):
        return show_due(turn)
    obligations.mark_done(turn.db, owed.id, turn.person_id, turn.now)
    text = turn.say("Noted as handed in: {what}. Thank you!", what=kind_title(turn.say, owed.kind))
    offers = (choice("due", turn.say("What is due")), *menu.back_to_menu(turn))
    return [Outgoing(text, offers, lasting=True)]
