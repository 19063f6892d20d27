"""Words a report of any form: one table, by the form's id.

A report of another form is told apart by its form's title and the day of its sending, and shown answer by answer.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from handlers.wording import answer_text, measure_text, short_measure
from interview import Form, known, start
from locales import Say
from plan.model import Plan
from reports.wording import day_text
from rules.kinds import ActivityKind
from services.projections import ACTIVITY_REPORT
from storage.records.submissions import Report


@dataclass(frozen=True, slots=True)
class Digest:
    """The words that tell a report apart: its day, what it is about, what it counts; `short` fits a narrow button."""

    day: str
    title: str
    measure: str
    short: str


@dataclass(frozen=True, slots=True)
class Words:
    """The functions that tell a form's reports apart, and that say the rest when one is shown as a whole."""

    digest: Callable[[Say, Plan, Report], Digest]
    details: Callable[[Say, Plan, Report], list[str]]


def digest_of(say: Say, plan: Plan, form: Form, report: Report) -> Digest:
    """Word a report in one line."""
    words = WORDS.get(report.form_id)
    if words is not None:
        return words.digest(say, plan, report)
    title = form.title(say.language)
    return Digest(day_text(report.day), title, title, title)


def details_of(say: Say, plan: Plan, form: Form, report: Report) -> list[str]:
    """List what else a report says, a line each."""
    words = WORDS.get(report.form_id)
    if words is not None:
        return words.details(say, plan, report)
    answered = start(form, report.answers, report.sent_at, language=say.language).interview
    return [answer_text(line) for line in known(form, answered, report.sent_at)]


def _activity(say: Say, plan: Plan, report: Report) -> Digest:
    facts = report.facts
    assert facts is not None  # noqa: S101 (the form's projection writes them with every submission)
    title = plan.short(facts.activity, say.language)
    return Digest(day_text(report.day), title, measure_text(say, facts), short_measure(say, facts))


def _activity_details(say: Say, plan: Plan, report: Report) -> list[str]:
    facts, answers = report.facts, report.answers
    labels = {"place": say("Place"), "topic": say("Topic"), "subject": say("About"), "note": say("Note")}
    details = [f"{label}: {answers[name]}" for name, label in labels.items() if answers.get(name)]
    if facts is not None and facts.kind == ActivityKind.EVENT:
        groups = ", ".join(plan.name(line.target_group, say.language) for line in facts.lines if line.target_group)
        details[:0] = [say("For: {group}", group=groups)] if groups else []
    return details


WORDS: Mapping[str, Words] = {ACTIVITY_REPORT: Words(_activity, _activity_details)}
