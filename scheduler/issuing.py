"""Issues a week's summary with the first reminder that shows it, and tells those who got one what has changed since.

All who get the summary of one rule, occurrence and unit see the same figures, whatever came in between and whichever
process composed it: the first one to write the row wins.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from locales import DEFAULT_LANGUAGE, LANGUAGES, texts
from messages.actions import ViewIssued, choice
from periods.period import Period
from plan.model import Plan
from reports.beside import Beside, beside_of
from reports.figures import Figures
from reports.frozen import BESIDE, beside_from_json, beside_to_json, from_json, to_json
from reports.reckoning import figures_of
from reports.since import changes_since, short_period
from scheduler.sections import Moment, Section
from storage.directory.holders import Holder
from storage.directory.units import unit_tree
from storage.records import issued
from storage.records.issued import Issued

URGENCY = 6
A_WEEK = timedelta(weeks=1)
TOLD_FOR = timedelta(weeks=5)
"""So long changes are told by themselves: reminders of a week end four weeks after it."""


def issue(db: Connection, plan: Plan, moment: Moment, unit: str, period: Period) -> Issued:
    """Issue a unit's summary, or find the one that stands."""
    unit_id = unit_tree(db).on(moment.day)[unit].id
    key = issued.summary_key(moment.rule.id, moment.about, unit_id)
    standing = issued.by_key(db, key)
    if standing is not None:
        return standing
    found = {language: figures_of(db, plan, unit, period, moment.now, language) for language in LANGUAGES}
    frozen: dict[str, Any] = {language: to_json(figures) for language, figures in found.items()}
    frozen[BESIDE] = beside_to_json(week_before_of(db, plan, found[DEFAULT_LANGUAGE]))
    return issued.issue_summary(db, key, unit_id, period.code, frozen, moment.now)


def week_before_of(db: Connection, plan: Plan, figures: Figures) -> Beside | None:
    """What a week's summary is compared with: the week before alone, since a reminder is short."""
    return beside_of(db, plan, figures, with_year_earlier=False)


def issued_figures(
    db: Connection, plan: Plan, moment: Moment, unit: str, period: Period, language: str
) -> tuple[Figures, Beside | None]:
    """The figures that were issued with what they were compared with, or, before that, as they stand now."""
    unit_id = unit_tree(db).on(moment.day)[unit].id
    standing = issued.by_key(db, issued.summary_key(moment.rule.id, moment.about, unit_id))
    if standing is None:
        figures = figures_of(db, plan, unit, period, moment.now, language)
        return figures, week_before_of(db, plan, figures)
    return from_json(standing.figures[language]), beside_from_json(standing.figures.get(BESIDE))


def received(db: Connection, document: Issued, holders: Sequence[Holder], now: datetime) -> None:
    """Note who gets a summary."""
    for person_id in {holder.person_id for holder in holders if holder.person_id is not None}:
        issued.receive(db, document.id, person_id, {}, now)


def tell_changes(db: Connection, plan: Plan, person_id: int, language: str, now: datetime) -> Section | None:
    """Say once what has changed since the summaries that somebody got; `None` if nothing has."""
    say, told, whole = texts(language), [], []
    for receipt in issued.received_by(db, person_id, now - TOLD_FOR):
        document = receipt.document
        if document.as_of == now:
            continue  # issued by this very message
        sent = from_json(receipt.told or document.figures[language])
        current = figures_of(db, plan, sent.unit, sent.period, now, language)
        if changes := changes_since(say, sent, current, lately=now - document.as_of < A_WEEK):
            told.append(changes.text)
            if not changes.is_whole:
                label = say("All that has changed: {period}", period=short_period(say, sent.period))
                whole.append(choice(ViewIssued(document.id, 1), label))
            issued.receive(db, document.id, person_id, to_json(current), now)
    if not told:
        return None
    return Section(URGENCY, "\n".join(told), say("Changes since a summary that was sent"), tuple(whole))
