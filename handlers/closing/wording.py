"""Words what is asked for in a closed period, why, and what became of it."""

from collections.abc import Iterator, Mapping

from handlers.closing.words import KINDS, reason_text
from handlers.context import Turn
from handlers.reports.digested import digest
from interview import Form, known, start
from interview.steps import Json, ReviewLine
from locales import Say
from periods.days import local_day
from reports.wording import day_text, period_text, week_text
from services import reports
from storage.records.change_requests import ChangeRequest
from storage.tables.states import RequestKind, RequestState


def state_text(say: Say, request: ChangeRequest) -> str:
    """Say how a request stands."""
    match request.state:
        case RequestState.OPEN:
            return say("waits for an answer")
        case RequestState.ADMITTED:
            return say("admitted ✓")
        case RequestState.TAKEN_BACK:
            return say("taken back")
    reason = reason_text(say, request.reason)
    return say("declined: {reason}", reason=reason) if reason else say("declined")


def short(turn: Turn, request: ChangeRequest) -> str:
    """Word a request for a list: the unit, what it wants, and of which period."""
    unit, what = turn.viewer.tree.title(request.unit), KINDS[request.kind](turn.say)
    return f"{unit} · {what} · {period_text(turn.say, request.period)}"


def described(turn: Turn, request: ChangeRequest) -> str:
    """Word a request as a whole."""
    say = turn.say
    head = say(
        "{unit}: {what}\n{period}, closed · {person}, {day}",
        unit=turn.viewer.tree.title(request.unit),
        what=KINDS[request.kind](say),
        period=period_text(say, request.period),
        person=request.person,
        day=day_text(local_day(request.asked_at)),
    )
    state = say("State: {state}", state=state_text(say, request))
    return "\n".join([head, *_details(turn, request), state])


def _details(turn: Turn, request: ChangeRequest) -> Iterator[str]:
    if request.kind in (RequestKind.NIL, RequestKind.TAKE_BACK_NIL):
        yield week_text(turn.say, request.deed["week"])
    elif request.kind is RequestKind.NEW:
        form = turn.world.forms.get(turn.db, *request.deed["form"])
        yield from (f"• {line.label}: {line.shown}" for line in _answers(turn, request, form, request.deed["answers"]))
    for report_id, _ in request.records:
        what = digest(turn, reports.known(turn.db, report_id))
        yield turn.say("Now: {day} · {title} · {measure}", day=what.day, title=what.title, measure=what.measure)
    if request.kind is RequestKind.CORRECT:
        yield from _changes(turn, request)


def _changes(turn: Turn, request: ChangeRequest) -> Iterator[str]:
    """Say each answer that a correction changes, before and after."""
    report = reports.known(turn.db, request.deed["report"])
    form = turn.world.forms.get(turn.db, report.form_id, report.form_version)
    before = {line.label: line.shown for line in _answers(turn, request, form, report.answers)}
    after = {line.label: line.shown for line in _answers(turn, request, form, request.deed["answers"])}
    for label in dict.fromkeys((*before, *after)):
        if before.get(label) != after.get(label):
            yield f"• {label}: {before.get(label, '–')} → {after.get(label, '–')}"


def _answers(turn: Turn, request: ChangeRequest, form: Form, answers: Mapping[str, Json]) -> tuple[ReviewLine, ...]:
    opened = start(form, answers, request.asked_at, language=turn.language).interview
    return known(form, opened, request.asked_at)
