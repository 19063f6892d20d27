"""Words a report of any form: one table, by the form's id.

A report of another form is told apart by its form's title and the day of its sending, and shown answer by answer.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from handlers.reports.measures import first_time_text, measure_text, short_measure
from handlers.wording import answer_text
from interview import Form, known, start
from locales import Say
from plan.form_names import PLAN_DRAFT, RESULTS_REPORT
from plan.model import Plan
from reports.amounts import dong
from reports.wording import day_text, known_day, short_day, span
from rules.kinds import Place
from services.draft_facts import amounts_of
from services.projections import ACTIVITY_REPORT
from storage.directory.units import UnitsOfDay
from storage.records.activities import Facts
from storage.records.submissions import Report


@dataclass(frozen=True, slots=True)
class Digest:
    """The words that tell a report apart: its days, what it is about, what it counts; `short` fits a narrow button."""

    day: str
    title: str
    measure: str
    short: str


@dataclass(frozen=True, slots=True)
class Words:
    """The functions that tell a form's reports apart, and that say the rest when one is shown as a whole."""

    digest: Callable[[Say, Plan, Report], Digest]
    details: Callable[[Say, UnitsOfDay, Report], list[str]]


def digest_of(say: Say, plan: Plan, form: Form, report: Report) -> Digest:
    """Word a report in one line."""
    words = WORDS.get(report.form_id)
    if words is not None:
        return words.digest(say, plan, report)
    title = form.title(say.language)
    return Digest(day_text(report.day), title, title, title)


def details_of(say: Say, units: UnitsOfDay, form: Form, report: Report) -> list[str]:
    """List what else a report says, a line each; `units` are those of its day."""
    words = WORDS.get(report.form_id)
    if words is not None:
        return words.details(say, units, report)
    answered = start(form, report.answers, report.sent_at, language=say.language).interview
    return [answer_text(line) for line in known(form, answered, report.sent_at)]


def days(report: Report, today: date) -> str:
    """Write the days of a report as a sentence or a button says them: 26/11, 26/11–27/11, or 26/11/2019."""
    first = report.facts.first_day if report.facts else report.day
    last = known_day(report.day, today)
    return last if first == report.day else f"{short_day(first)}–{last}"


def _activity(say: Say, plan: Plan, report: Report) -> Digest:
    facts = report.facts
    assert facts is not None  # noqa: S101 (the form's projection writes them with every submission)
    title = plan.short(facts.activity, say.language)
    first, last = facts.first_day, facts.last_day
    day = day_text(last) if first == last else span(first, last)
    return Digest(day, title, measure_text(say, plan, facts), short_measure(say, plan, facts))


def _activity_details(say: Say, units: UnitsOfDay, report: Report) -> list[str]:
    facts, answers = report.facts, report.answers
    labels = {
        "place": say("Place"),
        "shown_where": say("Shown at"),
        "topic": say("Topic"),
        "subject": say("About"),
        "note": say("Note"),
    }
    details = [f"{label}: {answers[name]}" for name, label in labels.items() if answers.get(name)]
    if facts is not None:
        firsts, place = first_time_text(say, facts), _place(say, units, report.unit_id, facts)
        details[:0] = [say("For the first time this year: {people}", people=firsts)] if firsts else []
        details[:0] = [say("Held in: {place}", place=place)] if place else []
    return details


def _place(say: Say, units: UnitsOfDay, own: int, facts: Facts) -> str:
    """Say where it took place, unless that is the unit that reports, or nobody said."""
    if facts.place == Place.OUTSIDE:
        return say("outside {unit}", unit=units.root.name)
    if facts.place_unit_id is None or facts.place_unit_id == own:
        return ""
    return units.title_of(facts.place_unit_id)


def _draft(say: Say, _plan: Plan, report: Report) -> Digest:
    """A draft plan: how many activities, and what they cost."""
    said = report.answers
    rows, amount = said.get("planned") or (), sum(amounts_of(said).values())
    measure = say.plural("{n} activity, {sum}", "{n} activities, {sum}", len(rows), sum=dong(amount))
    return Digest(day_text(report.day), say("draft plan for {year}", year=said["year"]), measure, measure)


def _draft_details(say: Say, _units: UnitsOfDay, report: Report) -> list[str]:
    """A line an activity, with its sum."""
    said, sums = report.answers, amounts_of(report.answers)
    lines = []
    for at, entry in enumerate(said.get("planned") or (), 1):
        when = f"{entry['day']}/{entry['month']}" if entry.get("day") else say("month {month}", month=entry["month"])
        visits = say("women {women}, men {men}", women=entry.get("women") or 0, men=entry.get("men") or 0)
        parts = [entry["content"], when, visits, entry.get("site") or "", dong(sums[at]) if at in sums else ""]
        lines.append(f"{at}. {' · '.join(part for part in parts if part)}")
    return [*lines, *([said["note"]] if said.get("note") else [])]


def _results(say: Say, _plan: Plan, report: Report) -> Digest:
    title = say("report on results")
    is_right = report.answers.get("confirmed") == "right"
    measure = say("figures confirmed") if is_right else say("figures not right")
    return Digest(day_text(report.day), title, measure, measure)


def _results_details(say: Say, _units: UnitsOfDay, report: Report) -> list[str]:
    labels = {"wrong": say("Not right"), "remarks": say("Remarks"), "proposals": say("Proposals"), "note": say("Note")}
    said = report.answers
    figures = [str(said["figures"])] if said.get("figures") else []
    return [*figures, *(f"{label}: {said[name]}" for name, label in labels.items() if said.get(name))]


WORDS: Mapping[str, Words] = {
    ACTIVITY_REPORT: Words(_activity, _activity_details),
    PLAN_DRAFT: Words(_draft, _draft_details),
    RESULTS_REPORT: Words(_results, _results_details),
}
