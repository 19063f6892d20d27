"""`units import` and `units undo`: tell what a list and a ledger change, ask what they leave open, and do it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from bot.clock import system_now
from bot.console import agreed, asked, print_text
from bot.errors import UsageError
from bot.prepare import prepare
from bot.settings import Settings
from handlers.people.succession import tell_taken_back
from periods.days import local_day
from plan.answering import UNANSWERED, answered
from plan.cells import day_in
from plan.comparing import compare
from plan.importing import Changes, StoredUnit, UnitList, first_day, read_list
from plan.ledger import NO_LEDGER, Ledger, read_ledger
from plan.problems import Problem
from plan.proposing import QUESTIONS, Proposal
from plan.sync import apply, stored_units
from plan.telling import describe
from plan.undoing import NotUndone, Undone, last_import, undo
from services.directory import succession
from storage.directory.unit_uses import uses
from storage.records import closed_periods, obligations
from storage.records.closed_periods import Closed

NO = ("no", "n", "không", "khong")


@dataclass(frozen=True, slots=True)
class _Import:
    """What is to be imported, with what has been answered so far."""

    stored: tuple[StoredUnit, ...]
    new: UnitList
    ledger: Ledger
    today: date
    declined: tuple[Proposal, ...] = ()

    @property
    def changes(self) -> Changes:
        """What it would do; refused with all its problems."""
        changes = compare(self.stored, self.new, self.today, self.ledger, self.declined)
        if changes.refused:
            raise UsageError("\n".join(str(problem) for problem in changes.refused))
        return changes


def units_import(settings: Settings, arguments: Any) -> None:
    """Tell what a list of units and a ledger change, ask, and do it."""
    prepared, now = prepare(settings, system_now()), system_now()
    with prepared.database as database:
        stored = database.read(stored_units)
        ledger = read_ledger(Path(arguments.changes)) if arguments.changes else NO_LEDGER
        wanted = _Import(stored, read_list(Path(arguments.file), stored, prepared.plan.levels), ledger, local_day(now))
        changes = _settled(wanted, is_silent=arguments.yes)
        print_text("\n".join(str(line) for line in describe(changes)))
        if first := first_day(changes):
            _tell_of_closed_periods(database.read(lambda db: closed_periods.ending_since(db, first)))
        concerned = _concerned(stored, changes)
        if concerned:
            counted = database.read(lambda db: uses(db, [kept.id for kept in concerned], now))
            print_text(
                f"Concerned: {_named(concerned)}; people: {counted.people}, open invitations: {counted.invitations}, "
                f"unfinished reports: {counted.drafts}, reports: {counted.reports}"
            )
        for closed in database.read(lambda db: _closed_since(db, changes)):
            print_text(
                f"{closed.code} is closed: figures that were issued stand as they are. What is asked for again is by "
                "the units of this list."
            )
        _ask_about_doubts((*wanted.new.doubts, *ledger.doubts))
        if not (arguments.yes or agreed()):
            print_text("Nothing was changed.")
            return
        files = ", ".join(Path(name).name for name in (arguments.file, arguments.changes) if name)

        def job(db: Connection) -> int:
            if _units(stored_units(db)) != _units(stored):
                raise UsageError("Nothing was changed: somebody else has imported units meanwhile. Start again.")
            return apply(db, changes, now, files)

        number = database.write(job).result()
    print_text("Done. A running bot shows the new list at once.")
    print_text(f"To take it back, until somebody reports under it: python -m bot units undo {number}")


def _tell_of_closed_periods(closed: list[Closed]) -> None:
    """Say which closed periods a change reaches back into: their figures went out, and nobody counts them anew."""
    if closed:
        print_text(
            f"This reaches back into periods whose figures are closed ({', '.join(one.code for one in closed)}). What "
            "was issued for them stands; figures that are drawn up anew show the units as they are then."
        )


def _units(stored: tuple[StoredUnit, ...]) -> list[StoredUnit]:
    """The units alone: whether they are in use may have changed meanwhile."""
    return [replace(kept, used=False) for kept in stored]


def _settled(wanted: _Import, *, is_silent: bool) -> Changes:
    """What is to be done once everything that the list leaves open is answered."""
    day: date | None = None
    while (changes := wanted.changes).proposed:
        proposal = changes.proposed[0]
        answer = "" if is_silent else asked(_question(proposal, day))
        if answer.lower() in NO and proposal.can_be_declined:
            wanted = replace(wanted, declined=(*wanted.declined, proposal))
            continue
        day = day_in(answer) or (day if not answer else None)
        if is_silent or day is None:
            raise UsageError("\n".join(str(problem) for problem in _unanswered(changes, wanted.new.file)))
        new, ledger = answered(wanted.new, wanted.ledger, proposal, day)
        wanted = replace(wanted, new=new, ledger=ledger)
    return changes


def _question(proposal: Proposal, day: date | None) -> str:
    again = f" (Enter: {day})" if day else ""
    otherwise = ", or no" if proposal.can_be_declined else ""
    question = QUESTIONS[proposal.question].format_map(proposal.params)
    return f"{question} From which day, like 2025-01-01{again}{otherwise}: "


def _unanswered(changes: Changes, file: str) -> Iterator[Problem]:
    for proposal in changes.proposed:
        yield Problem(file, proposal.row, UNANSWERED[proposal.question], proposal.params)


def _concerned(stored: tuple[StoredUnit, ...], changes: Changes) -> list[StoredUnit]:
    """The units that end, move or are renamed, with what hangs on them."""
    ids = {it.stored.id for it in changes.close} | {kept.id for kept in changes.remove}
    codes = {version.code for version in changes.versions} | {link.before for link in changes.links}
    return [kept for kept in stored if kept.id in ids or kept.unit.code in codes]


def _closed_since(db: Connection, changes: Changes) -> list[Closed]:
    """The closed periods with days on which units are others than was known when they were closed."""
    days = [*(version.day for version in changes.versions), *(link.day for link in changes.links)]
    return closed_periods.ending_since(db, min(days)) if days else []


def _named(units: list[StoredUnit]) -> str:
    names = ", ".join(f"{kept.unit.code} {kept.unit.name}" for kept in units)
    return f"{len(units)} units ({names})"


def _ask_about_doubts(doubts: tuple[Problem, ...]) -> None:
    for doubt in doubts:
        print_text(f"Warning: {doubt}")
    if doubts and not agreed("Import it all the same?"):
        raise UsageError("Nothing was changed: the warnings want a yes of their own.")


_WHY_NOT = {
    NotUndone.NONE: "There is no import to take back.",
    NotUndone.NOT_LAST: "Later imports rest on this one. Take those back first: python -m bot units undo",
    NotUndone.REPORTED: "It stays: {units} reported under it. Import another change instead.",
    NotUndone.IN_USE: "It stays: people, invitations or reports name {units} already. Import another change instead.",
}


def units_undo(settings: Settings, arguments: Any) -> None:
    """Take the last import back, or say why not."""
    prepared, now = prepare(settings, system_now()), system_now()
    with prepared.database as database:
        if not (arguments.yes or agreed("Take the import back?")):
            print_text("Nothing was changed.")
            return
        result = database.write(lambda db: take_back(db, now, arguments.number)).result()
    if result.why_not is not None:
        raise UsageError(_WHY_NOT[result.why_not].format(units=", ".join(result.units)))
    print_text(f"Import {result.import_id} is taken back. A running bot shows the units as they were at once.")


def take_back(db: Connection, now: datetime, number: int | None) -> Undone:
    """Take the import back, with what it meant for people, or do nothing at all."""
    last = last_import(db)
    with db.begin_nested() as attempt:
        told = succession.take_back(db, last.changed, last.at, now) if last else []
        obligations.drop_open(db, last.added if last else ())
        result = undo(db, now, number)
        if result.why_not is not None:
            attempt.rollback()
            return result
    tell_taken_back(db, told, now)
    return result
