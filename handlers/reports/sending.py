"""A finished interview becomes a submission with its typed facts, in the turn's own transaction."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from handlers.context import Replies, Turn, choice
from handlers.reports.overtaken import is_overtaken, overtake, put_aside
from handlers.wording import measure_text
from interview.steps import Json
from messages import Outgoing
from messages.actions import Correct
from periods.weeks import week_of
from reports.wording import day_text
from storage.conversation import interviews
from storage.conversation.turns import OpenInterview
from storage.directory import people
from storage.records import submissions
from storage.records.submissions import Stored


def facts(values: Mapping[str, Any], unit_id: int) -> dict[str, Any]:
    """The columns of `activity` out of an activity report's answers; what a kind does not ask is 0 or empty."""
    day = date.fromisoformat(values["date"])
    return {
        "unit_id": unit_id,
        "place_unit_id": unit_id,
        "activity": values["activity"],
        "kind": values["kind"],
        "target_group": values.get("group") or "",
        "event_date": day,
        "week": week_of(day),
        "women": _count(values, "women", "helped_women"),
        "men": _count(values, "men", "helped_men"),
        "quantity": _count(values, "quantity", "inspected", "checked", "number"),
        "violations": _count(values, "violations"),
        "handled": _count(values, "handled"),
    }


def _count(values: Mapping[str, Any], *names: str) -> int:
    return next((int(values[name]) for name in names if values.get(name) is not None), 0)


def finish(turn: Turn, opened: OpenInterview, values: Mapping[str, Json]) -> Replies:
    """Store what an interview gathered, once, and say so with what can be done next.

    Who no longer holds the unit sends nothing for it. What is sent puts an end to other corrections of the same report.
    """
    if not turn.viewer.holds_in(opened.unit_id):
        return _keep_as_draft(turn, opened)
    kept = {name: value for name, value in values.items() if value not in (None, "", [])}
    if opened.corrects:
        return _correct(turn, opened, opened.corrects, kept)
    submission_id = _store(turn, opened, kept)
    interviews.set_status(turn.db, opened.id, "done", turn.now)
    photos = _photos(kept)
    if photos:
        submissions.attach(turn.db, submission_id, photos)
    return [_receipt(turn, _found(turn, submission_id), corrected=False)]


def _keep_as_draft(turn: Turn, opened: OpenInterview) -> Replies:
    interviews.set_status(turn.db, opened.id, "draft", turn.now)
    text = turn.say(
        "You hold no role in {unit} any more, so I did not send this. I keep it as a draft for 30 days: if that is a "
        "mistake, ask your ward for a new invitation, and go on with the draft then.",
        unit=people.unit_name(turn.db, opened.unit_id),
    )
    return [Outgoing(text, (choice("menu", turn.say("Menu")),))]


def _store(turn: Turn, opened: OpenInterview, values: Mapping[str, Any]) -> int:
    return submissions.store(
        turn.db,
        form=(opened.form_id, opened.form_version),
        person_id=turn.person_id,
        unit_id=opened.unit_id,
        interview_id=opened.id,
        answers=values,
        facts=facts(values, opened.unit_id),
        now=turn.now,
    )


def _correct(turn: Turn, opened: OpenInterview, submission_id: int, values: Mapping[str, Any]) -> Replies:
    """Only in the place of the answers that the correction began with: see `handlers.reports.overtaken`."""
    submissions.lock(turn.db, submission_id)
    before = _found(turn, submission_id)
    if is_overtaken(turn, opened, before):
        return put_aside(turn, opened, before)
    submissions.correct(
        turn.db,
        before,
        person_id=turn.person_id,
        answers=values,
        facts=facts(values, before.unit_id),
        now=turn.now,
    )
    interviews.set_status(turn.db, opened.id, "done", turn.now)
    submissions.attach(turn.db, submission_id, _photos(values))
    report = _found(turn, submission_id)
    overtake(turn, report, keep=opened.id)
    return [_receipt(turn, report, corrected=True)]


def _found(turn: Turn, submission_id: int) -> Stored:
    report = submissions.find(turn.db, submission_id)
    assert report is not None  # noqa: S101 (stored in this turn, or corrected, and nothing deletes submissions)
    return report


def _photos(values: Mapping[str, Any]) -> list[int]:
    """The attachments that the answers hold."""
    return [int(ref) for ref in values.get("photos") or ()]


def _receipt(turn: Turn, report: Stored, *, corrected: bool) -> Outgoing:
    say = turn.say
    head = say("Corrected. Thank you!") if corrected else say("Saved. Thank you!")
    body = say(
        "{unit} · {activity}\n{day} · {measure}",
        unit=report.unit_name,
        activity=turn.plan.short(report.activity, turn.language),
        day=day_text(report.event_date),
        measure=measure_text(say, report),
    )
    offers = (
        choice(f"summary:{report.unit}:{report.week}", say("The week's summary")),
        choice(Correct(report.id, report.revision), say("Correct it")),
        choice("report", say("One more report")),
        choice("menu", say("Menu")),
    )
    return Outgoing(f"{head}\n{body}", offers, lasting=True)
