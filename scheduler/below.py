"""What the units straight below owe, told to those above the day before the last day and while it is late.

A ward's chair hears of its neighbourhoods, the secretariat of wards and agencies, until it is handed in or they say
that they know.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from sqlalchemy import ColumnElement, Connection

from locales import Say, texts
from messages import Choice
from messages.actions import Known, OnPaper, Outstanding, Papers, choice
from periods.days import local_day
from plan.duties import briefly_named, named
from plan.model import Plan
from reports.wording import deadline
from rules.roles import Role
from scheduler.sections import Moment, Section, listed
from storage.delivery.knowns import known_to
from storage.delivery.owing import OwedBelow, Unwritten, has_open_below, open_below, unwritten_below
from storage.directory.holders import Holder
from storage.directory.units import unit_tree

MOST_OFFERED = 3
"""More obligations than this are noted as come on paper from their list."""
MOST_NAMED = 12
"""More units than this are counted: what is due shows them by pages."""


def owed(moment: Moment, unit: ColumnElement[int]) -> ColumnElement[bool]:
    """A condition that holds at least for each unit with something open below it that is spoken of that day."""
    return has_open_below(unit, _days(moment), _late(moment), moment.at, _unwritten(moment))


def _days(moment: Moment) -> Collection[date]:
    return moment.rule.due_days(moment.day)


def _late(moment: Moment) -> tuple[date, date] | None:
    since = moment.rule.late_since(moment.day)
    return (since, moment.day) if since else None


def _unwritten(moment: Moment) -> list[Unwritten]:
    """What is not written down yet and will be, as a preview sees it; a digest itself comes after that."""
    if moment.seen_from is None:
        return []
    first, end = _late(moment) or (moment.day, moment.day)
    late = (first + timedelta(days=days) for days in range((end - first).days))
    return moment.unwritten({*_days(moment), *late})


def keep(db: Connection, moment: Moment, holders: Sequence[Holder]) -> list[Holder]:
    """Keep those who have something below them that they did not say they know of."""
    return [holder for holder in holders if _told(db, moment, [holder])]


def matters(db: Connection, moment: Moment, holders: Sequence[Holder]) -> list[str]:
    """Name what these holders are told, for "đã biết"."""
    return [_name(owing) for owing in _open(db, moment, holders)]


def _name(owing: OwedBelow) -> str:
    return f"obligation:{owing.id}"


def _open(db: Connection, moment: Moment, holders: Sequence[Holder]) -> list[OwedBelow]:
    units = [holder.unit_id for holder in holders]
    written = open_below(db, units, _days(moment), _late(moment), moment.at)
    return sorted([*written, *unwritten_below(db, units, _unwritten(moment))], key=_in_order)


def _in_order(owing: OwedBelow) -> tuple[date, str, int]:
    return owing.due_on, owing.kind, owing.unit_id


def _told(db: Connection, moment: Moment, holders: Sequence[Holder]) -> list[OwedBelow]:
    owing = _open(db, moment, holders)
    known = known_to(db, holders[0].person_id, [_name(one) for one in owing])
    return [one for one in owing if _name(one) not in known]


def say_below(db: Connection, plan: Plan, moment: Moment, holders: Sequence[Holder], language: str) -> Section:
    """Name the units, by what they owe and until when."""
    say, today = texts(language), local_day(moment.now)
    owing = _told(db, moment, holders)
    lines = list(_lines(db, plan, say, owing, today))
    head = say("Not handed in yet:") if all(one.due_on >= today for one in owing) else say("Late, not handed in yet:")
    return Section(
        moment.rule.priority,
        "\n".join([head, *lines]),
        say("Units below that have not handed in: {count}", count=len({one.unit_id for one in owing})),
        (
            choice(Outstanding(), say("Who has not handed in")),
            *(_papers(db, plan, say, owing, today) if holders[0].role == Role.SECRETARIAT else ()),
            choice(Known(moment.rule.id, moment.day), say("I know: not handed in")),
        ),
    )


def _papers(db: Connection, plan: Plan, say: Say, owing: Sequence[OwedBelow], today: date) -> Iterator[Choice]:
    """Offer to note what came on paper: each of a few with one tap, of many their list."""
    if len(owing) > MOST_OFFERED:
        yield choice(Papers(), say("Came on paper…"))
        return
    units = unit_tree(db).on(today)
    for one in owing:
        what = briefly_named(plan.duties, one.kind, one.due_on, one.title, say.language)
        label = say("Came on paper: {what}", what=f"{units.unit(one.unit_id).name} · {what}")
        yield choice(OnPaper(one.id, one.revision), label)


def _lines(db: Connection, plan: Plan, say: Say, owing: Sequence[OwedBelow], today: date) -> Iterator[str]:
    units = unit_tree(db).on(today)
    for (due_on, kind, title), rows in groupby(owing, key=lambda one: (one.due_on, one.kind, one.title)):
        names = [units.unit(one.unit_id).name for one in rows]
        shown = listed(names) if len(names) <= MOST_NAMED else say("{count} units", count=len(names))
        yield say(
            "• {what}, {when}: {units}",
            what=named(plan.duties, kind, due_on, title, say.language),
            when=deadline(say, due_on),
            units=shown,
        )
