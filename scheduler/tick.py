"""What the clock does when it looks: notes what fell due, and queues each person's digest of the day.

A tick is one synchronous function in one transaction, and may run at any time, twice, on several replicas, after any
downtime or jump of the clock: keys make its work unique (reliability R4), and nothing remembers when it ran last.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, time, timedelta

from sqlalchemy import Connection

from plan.calendar import ROLES, Calendar, Rule
from plan.model import Plan
from scheduler.digest import write_text
from scheduler.occurrences import Occurrence, next_occurrence, occurrences
from scheduler.quota_alerts import warn_of_quotas
from scheduler.sections import Moment
from scheduler.thrift import account_for
from scheduler.topics import still_owed
from storage import due, outbox
from storage.due import Digest, DueRow
from storage.holders import ensure_obligations, holders
from storage.people import accounts_of
from storage.weeks import ZONE, local_day

MORNING = time(7, 0)
EVENING = time(21, 0)
"""Nobody is reminded at night: what a restart catches up on then waits for the morning."""


def tick(db: Connection, plan: Plan, calendar: Calendar, now: datetime) -> None:
    """Bring what is due, and the digests that say it, up to `now`."""
    due.expire(db, now)
    due.drop_outdated(db, {rule.id: rule.version for rule in calendar.values()})
    due.release_uncertain(db, local_day(now), now)
    _write_obligations(db, calendar, now)
    for rule in calendar.values():
        for occurrence in occurrences([rule], now - rule.useful_for, now):
            _note(db, occurrence, now)
    if MORNING <= now.astimezone(ZONE).time() < EVENING:
        _queue_digests(db, calendar, now)
        warn_of_quotas(db, now)
    for row in outbox.uncomposed_on_pulled_channels(db):
        write_text(db, plan, calendar, row, now)


def _write_obligations(db: Connection, calendar: Calendar, now: datetime) -> None:
    """What is owed is written down once it is announced, so that it can be shown and ticked off."""
    today = local_day(now)
    for rule in calendar.values():
        if rule.last_day is None:
            continue
        due_on = rule.due_on(today)
        after_the_last = datetime.combine(rule.last_day.in_year(due_on.year - 1) + timedelta(days=1), time(), ZONE)
        first = next_occurrence([rule], after_the_last)
        if first is not None and first.at <= now:
            ensure_obligations(db, {ROLES[role] for role in rule.roles}, rule.obligations, due_on)


def _note(db: Connection, occurrence: Occurrence, now: datetime, only: Collection[int] | None = None) -> None:
    """Write an occurrence down for everybody in its roles (or `only` those among them), once.

    Who owes nothing then is written down too: undoing a report a day later is no reason to be reminded.
    """
    rule, at = occurrence.rule, occurrence.at
    noted = due.persons_noted(db, rule.id, at)
    held = [holder for holder in holders(db, rule.roles, at, now) if holder.person_id not in noted]
    new = {holder.person_id for holder in held if holder.person_id is not None}
    new &= new if only is None else set(only)
    if new:
        owing = {holder.person_id for holder in still_owed(db, Moment(rule, at, now), held)}
        key, until = (rule.id, rule.version), at + rule.useful_for
        due.note(db, key, at, new & owing, until, now)
        due.note(db, key, at, new - owing, until, now, state="done", reason="nothing_owed")


def _queue_digests(db: Connection, calendar: Calendar, now: datetime) -> None:
    waiting = _by_person(due.waiting(db))
    if not waiting:
        return
    due.lock_persons(db, waiting)
    today = local_day(now)
    digests = due.digests_of(db, today, waiting)
    fresh = [person for person in waiting if person not in digests and not _all_alone(waiting[person], calendar)]
    _note_rest_of_day(db, calendar, fresh, now)
    waiting = _by_person(due.waiting(db))
    for person in sorted(waiting):
        _queue(db, calendar, waiting[person], digests.get(person), now)


def _by_person(rows: Iterable[DueRow]) -> Mapping[int, list[DueRow]]:
    found: defaultdict[int, list[DueRow]] = defaultdict(list)
    for row in rows:
        found[row.person_id].append(row)
    return found


def _is_alone(row: DueRow, calendar: Calendar) -> bool:
    return calendar[row.rule].alone


def _all_alone(rows: Iterable[DueRow], calendar: Calendar) -> bool:
    return all(_is_alone(row, calendar) for row in rows)


def _note_rest_of_day(db: Connection, calendar: Calendar, persons: Iterable[int], now: datetime) -> None:
    """Whoever gets a digest now hears in it what falls due later today: one digest a person and day."""
    persons = list(persons)
    midnight = datetime.combine(local_day(now), time.max, ZONE)
    sociable: list[Rule] = [rule for rule in calendar.values() if not rule.alone]
    for occurrence in occurrences(sociable, now, midnight) if persons else ():
        _note(db, occurrence, now, persons)


def _queue(db: Connection, calendar: Calendar, rows: list[DueRow], existing: Digest | None, now: datetime) -> None:
    """Put one person's waiting rows into the day's digest, if it can still take them up."""
    topics = [calendar[row.rule].topic for row in rows]
    account = account_for(db, accounts_of(db, rows[0].person_id), topics, now)
    if account is None:
        return
    lonely = [row.id for row in rows if _is_alone(row, calendar)]
    company = [row.id for row in rows if not _is_alone(row, calendar)]
    if company or (existing and (existing.state != "pending" or existing.rules - {row.rule for row in rows})):
        due.settle(db, lonely, "done", "another_digest")
        lonely = []
    ids = company or lonely
    if not ids or (existing and existing.state != "pending"):
        return
    person = rows[0].person_id
    outbox_id = existing.id if existing else due.queue_digest(db, account.id, person, local_day(now), now)
    if outbox_id is not None and outbox.set_body(db, outbox_id, ""):  # else it was claimed since we looked
        due.take_up(db, ids, outbox_id, account.id)
