"""A finished interview becomes a submission with its typed facts, in the turn's own transaction."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from handlers.context import Replies, Turn, choice
from handlers.wording import measure_text
from interview.steps import Json
from messages import Outgoing
from reports.wording import day_text
from storage import interviews, people, submissions
from storage.conversation import OpenInterview
from storage.notices import notify
from storage.submissions import Stored
from storage.weeks import week_of


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
        "quantity": _count(values, "quantity", "checked", "number"),
        "violations": _count(values, "violations"),
        "handled": _count(values, "handled"),
    }


def _count(values: Mapping[str, Any], *names: str) -> int:
    return next((int(values[name]) for name in names if values.get(name) is not None), 0)


def finish(turn: Turn, opened: OpenInterview, values: Mapping[str, Json]) -> Replies:
    """Store what an interview gathered, once, and say so with what can be done next.

    Who no longer holds the unit sends nothing for it. What is sent puts an end to other corrections of the same report.
    """
    if not turn.holds_in(opened.unit_id):
        return _keep_as_draft(turn, opened)
    kept = {name: value for name, value in values.items() if value not in (None, "", [])}
    submission_id = _correct(turn, opened, kept) if opened.corrects else _store(turn, opened, kept)
    interviews.set_status(turn.db, opened.id, "done", turn.now)
    photos = [int(ref) for ref in _media_refs(kept)]
    if photos or opened.corrects:
        submissions.attach(turn.db, submission_id, photos)
    report = submissions.find(turn.db, submission_id)
    assert report is not None  # noqa: S101 (stored a few lines above)
    if opened.corrects:
        drop_corrections(turn, report, keep=opened.id)
    return [_receipt(turn, report, corrected=opened.corrects is not None)]


def _keep_as_draft(turn: Turn, opened: OpenInterview) -> Replies:
    interviews.set_status(turn.db, opened.id, "draft", turn.now)
    text = turn.say(
        "You hold no role in {unit} any more, so I did not send this. I keep it as a draft for 30 days: if that is a "
        "mistake, ask your ward for a new invitation, and go on with the draft then.",
        unit=people.unit_name(turn.db, opened.unit_id),
    )
    return [Outgoing(text, (choice("menu", turn.say("Menu")),))]


def drop_corrections(turn: Turn, report: Stored, keep: int = 0) -> None:
    """End what would put older answers in the place of newer ones; whoever else was at it is told."""
    for person in interviews.drop_corrections(turn.db, report.id, turn.now, keep):
        if person != turn.person_id:
            say = turn.speaking(people.find_person(turn.db, person).language).say
            text = say(
                "{who} has changed the report of {day} meanwhile, so I dropped your correction of it.",
                who=turn.name,
                day=day_text(report.event_date),
            )
            notify(turn.db, person, Outgoing(text, (choice(f"view:{report.id}", say("See the report")),)), turn.now)


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


def _correct(turn: Turn, opened: OpenInterview, values: Mapping[str, Any]) -> int:
    before = submissions.find(turn.db, opened.corrects or 0)
    assert before is not None  # noqa: S101 (an interview corrects what exists; nothing deletes submissions)
    submissions.correct(
        turn.db,
        before,
        person_id=turn.person_id,
        answers=values,
        facts=facts(values, before.unit_id),
        now=turn.now,
    )
    return before.id


def _media_refs(values: Mapping[str, Any]) -> list[str]:
    """The attachments that the answers hold."""
    return [str(ref) for ref in values.get("photos") or ()]


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
        choice(f"correct:{report.id}", say("Correct it")),
        choice("report", say("One more report")),
        choice("menu", say("Menu")),
    )
    return Outgoing(f"{head}\n{body}", offers, lasting=True)
