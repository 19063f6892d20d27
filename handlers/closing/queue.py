"""The queue of requests about closed periods, and everybody's own: list, look, agree or not by one tap."""

from handlers import menu
from handlers.closing.asking import tell
from handlers.closing.wording import described, short
from handlers.closing.words import DECLINED
from handlers.context import Replies, Turn
from handlers.reports import notices, private, showing
from messages import Choice, Outgoing
from messages.actions import Admit, Decline, Requests, Resume, TakeBack, View, ViewRequest, choice
from periods.days import local_day
from reports.wording import short_day
from services import access, admitting, requests
from services.admitting import Decided, Undecided
from services.results import Refusal
from storage.records.change_requests import ChangeRequest
from storage.tables.states import RequestState

PAGE = 6
WRITING, WITHOUT = "write", "none"
"""Reasons that are none: to write one, and to give none where one may be written."""


def show(turn: Turn, pressed: Requests, *, intro: str = "") -> Replies:
    """Show the secretariat what waits for them, and others what they asked for."""
    say, page, decides = turn.say, pressed.page, access.may_close(turn.viewer)
    listed = requests.waiting if decides else requests.own
    found = listed(turn.db, turn.viewer, offset=page * PAGE, limit=PAGE + 1)
    head = say("Requests about closed periods, the oldest first:") if decides else say("What you asked for:")
    if not found:
        head = say("No request waits.") if decides else say("You have asked for nothing in a closed period.")
    offers = [choice(ViewRequest(request.id), _line(turn, request)) for request in found[:PAGE]]
    if len(found) > PAGE:
        offers.append(choice(Requests(page + 1), say("More →")))
    return [Outgoing(f"{intro}\n\n{head}".strip(), (*offers, *menu.back_to_menu(turn)))]


def _line(turn: Turn, request: ChangeRequest) -> str:
    return f"{short_day(local_day(request.asked_at))} · {short(turn, request)}"


def view(turn: Turn, pressed: ViewRequest) -> Replies:
    """Show one request with what this person may do about it."""
    request = requests.find(turn.db, turn.viewer, pressed.request)
    return _shown(turn, request) if request else show(turn, Requests(), intro=_gone(turn))


def admit(turn: Turn, pressed: Admit) -> Replies:
    """Do what was asked for."""
    result = admitting.admit(turn.db, turn.viewer, pressed.request, turn.now)
    if isinstance(result, Undecided):
        return _undecided(turn, result)
    if result.request.state is RequestState.ADMITTED:
        return _next(turn, result, turn.say("Done as it was asked for."))
    text = turn.say(
        "The report has changed since this was asked for, so I did nothing; the author has been told and keeps a draft."
    )
    return _next(turn, result, "\n".join([text, *_reports_now(turn, result.request)]))


def decline(turn: Turn, pressed: Decline) -> Replies:
    """Leave everything as it is, for one of the reasons that a tap says, or ask for another one."""
    if pressed.reason == WRITING:
        return _ask_why(turn, pressed.request)
    return decline_because(turn, pressed.request, pressed.reason if pressed.reason in DECLINED else "")


def _ask_why(turn: Turn, request_id: int) -> Replies:
    request = requests.find(turn.db, turn.viewer, request_id)
    if request is None or request.state is not RequestState.OPEN:
        return view(turn, ViewRequest(request_id))
    say = turn.say
    text = say("Why is it not agreed to ({what})? Write the reason; its author reads it.", what=short(turn, request))
    offers = (
        choice(Decline(request.id, WITHOUT), say("No, without a reason")),
        choice(ViewRequest(request.id), say("← The request")),
    )
    return [Outgoing(text, (*offers, *menu.back_to_menu(turn)))]


def decline_because(turn: Turn, request_id: int, reason: str) -> Replies:
    """Leave everything as it is, for a reason in the secretariat's own words."""
    return private.with_reason(turn, reason, lambda kept: _decline(turn, request_id, kept))


def _decline(turn: Turn, request_id: int, reason: str) -> Replies:
    result = admitting.decline(turn.db, turn.viewer, request_id, reason, turn.now)
    if isinstance(result, Undecided):
        return _undecided(turn, result)
    return _next(turn, result, turn.say("Declined. {person} has been told.", person=result.request.person))


def take_back(turn: Turn, pressed: TakeBack) -> Replies:
    """Take one's own request back; answers become a draft again."""
    draft = requests.find(turn.db, turn.viewer, pressed.request)
    result = admitting.take_back(turn.db, turn.viewer, pressed.request, turn.now)
    if isinstance(result, Undecided):
        return _undecided(turn, result)
    text = turn.say("Taken back. Everything stays as it was.")
    offers: tuple[Choice, ...] = ()
    if draft is not None and draft.interview_id is not None:
        text = turn.say("Taken back. I keep your answers as a draft.")
        offers = (choice(Resume(draft.interview_id), turn.say("Go on with my answers")),)
    return [Outgoing(text, (*offers, choice(Requests(), turn.say("My requests")), *menu.back_to_menu(turn)))]


def _shown(turn: Turn, request: ChangeRequest, intro: str = "") -> Replies:
    text = f"{intro}\n\n{described(turn, request)}".strip()
    return [Outgoing(text, (*_choices(turn, request), *menu.back_to_menu(turn)))]


def _choices(turn: Turn, request: ChangeRequest) -> list[Choice]:
    say, offers, decides = turn.say, [], access.may_close(turn.viewer)
    is_open = request.state is RequestState.OPEN
    if is_open and decides:
        offers.append(choice(Admit(request.id), say("Agree ✓")))
        reasons = ((code, words) for code, words in DECLINED.items() if code != admitting.OVERTAKEN)
        offers += [choice(Decline(request.id, code), say("No: {reason}", reason=words(say))) for code, words in reasons]
        offers.append(choice(Decline(request.id, WRITING), say("No, for another reason…")))
    if is_open and request.person_id == turn.person_id:
        offers.append(choice(TakeBack(request.id), say("Take it back")))
    offers += [choice(View(report_id), say("See the report")) for report_id, _ in request.records[:1]]
    offers.append(choice(Requests(), say("All requests") if decides else say("My requests")))
    return offers


def _next(turn: Turn, result: Decided, text: str) -> Replies:
    """Tell whom it concerns, and show the next request that waits."""
    tell(turn, result.notices)
    notices.tell(turn, result.report_notices)
    following = requests.waiting(turn.db, turn.viewer, offset=0, limit=1)
    return _shown(turn, following[0], text) if following else show(turn, Requests(), intro=text)


def _undecided(turn: Turn, result: Undecided) -> Replies:
    say, request = turn.say, result.request
    if request is None:
        return show(turn, Requests(), intro=_gone(turn))
    if result.why is Refusal.NOBODY_THERE:
        text = say(
            "Nobody reports for {unit} now, so nobody could correct this report. Invite somebody there first, or "
            "decline.",
            unit=turn.viewer.tree.title(request.unit),
        )
        return _shown(turn, request, text)
    return _shown(turn, request, say("That has been decided already, so I changed nothing."))


def _gone(turn: Turn) -> str:
    return turn.say("I cannot find that request.")


def _reports_now(turn: Turn, request: ChangeRequest) -> list[str]:
    return [showing.what_stands(turn, report) for report in admitting.reports_of(turn.db, turn.viewer, request)]
