"""A report in one line, whatever its form: one table, by the form's id.

What no table knows is told apart by its form's title and the day of its sending.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from handlers.wording import measure_text, short_measure
from interview import Form
from locales import Say
from plan.model import Plan
from reports.wording import day_text
from services.projections import ACTIVITY_REPORT
from storage.records.submissions import Report


@dataclass(frozen=True, slots=True)
class Digest:
    """What tells a report apart: its day, what it is about, what it counts; `short` is that where a button is narrow.

    `details` are further lines of its own, where it is shown as a whole.
    """

    day: str
    title: str
    measure: str
    short: str
    details: tuple[str, ...] = ()


Teller = Callable[[Say, Plan, Report], Digest]


def digest_of(say: Say, plan: Plan, form: Form, report: Report) -> Digest:
    """A report in one line."""
    teller = DIGESTS.get(report.form_id)
    if teller is not None:
        return teller(say, plan, report)
    title = form.title(say.language)
    return Digest(day_text(report.day), title, title, title)


def _activity(say: Say, plan: Plan, report: Report) -> Digest:
    facts, answers = report.facts, report.answers
    assert facts is not None  # noqa: S101 (the form's projection writes them with every submission)
    labels = {"place": say("Place"), "topic": say("Topic"), "subject": say("About"), "note": say("Note")}
    details = [f"{label}: {answers[name]}" for name, label in labels.items() if answers.get(name)]
    if facts.target_group:
        details.insert(0, say("For: {group}", group=plan.name(facts.target_group, say.language)))
    title = plan.short(facts.activity, say.language)
    return Digest(day_text(report.day), title, measure_text(say, facts), short_measure(say, facts), tuple(details))


DIGESTS: Mapping[str, Teller] = {ACTIVITY_REPORT: _activity}
