"""Answers for what a closed period refuses: what was asked for instead, and what goes on counting meanwhile."""

from collections.abc import Callable, Iterable, Mapping

from handlers import menu
from handlers.closing.wording import short
from handlers.closing.words import KINDS, reason_text
from handlers.context import Replies, Turn
from locales import Say
from messages import Outgoing
from messages.actions import Admit, NewReport, Requests, Resume, ViewRequest, choice
from reports.wording import period_text, period_title
from services.results import Requested, RequestNews, RequestNotice
from storage.delivery.notices import notify
from storage.tables.states import RequestKind


def _of_event(say: Say) -> str:
    return say("I have passed that on to the secretariat; the event is counted as before until they agree.")


MEANWHILE: Mapping[RequestKind, Callable[[Say], str]] = {
    RequestKind.NEW: lambda say: say(
        "I have passed your request on to the secretariat; the report is kept as it is and counts once they agree."
    ),
    RequestKind.CORRECT: lambda say: say(
        "I have passed your correction on to the secretariat, kept as it is; until they agree the report counts as it "
        "was sent."
    ),
    RequestKind.WITHDRAW: lambda say: say(
        "I have passed on to the secretariat that you would like to withdraw the report; it counts until they agree."
    ),
    RequestKind.RETURN: lambda say: say(
        "I have passed on to the secretariat that you would like to return the report; it counts until they agree."
    ),
    RequestKind.APPROVE: lambda say: say(
        "I have passed on to the secretariat that the returned report should count again; it does once they agree."
    ),
    RequestKind.NIL: lambda say: say("I have passed on to the secretariat that nothing took place."),
    RequestKind.TAKE_BACK_NIL: lambda say: say(
        "I have passed on to the secretariat that “no activity” is to be taken back; it stands until they agree."
    ),
    **dict.fromkeys((RequestKind.LINK, RequestKind.UNLINK, RequestKind.DECIDE, RequestKind.ORGANISE), _of_event),
}
"""What was done with each kind of wish, and what goes on counting."""


def asked(turn: Turn, result: Requested) -> Replies:
    """Tell somebody that their wish waits for the secretariat."""
    tell(turn, result.notices)
    say, request = turn.say, result.request
    head = say("{period} is closed.", period=period_title(say, result.closed.period))
    if result.is_new:
        text = f"{head} {MEANWHILE[request.kind](say)} {say('I shall tell you what they say.')}"
    else:
        text = f"{head} {say('That has been asked for already and waits for the secretariat.')}"
    offers = (choice(ViewRequest(request.id), say("See the request")), choice(NewReport(), say("One more report")))
    return [Outgoing(text, (*offers, *menu.back_to_menu(turn)), lasting=True)]


def tell(turn: Turn, notices: Iterable[RequestNotice]) -> None:
    """Queue notices about requests."""
    for notice in notices:
        theirs = turn.speaking_to(notice.person_id)
        notify(turn.db, notice.person_id, _WORDS[notice.news](theirs, notice), turn.now)


def _to_secretariat(theirs: Turn, notice: RequestNotice) -> Outgoing:
    say, request = theirs.say, notice.request
    text = say("A request about a closed period waits for you: {what}.", what=short(theirs, request))
    offers = (
        choice(ViewRequest(request.id), say("See the request")),
        choice(Admit(request.id), say("Agree ✓")),
        choice(Requests(), say("All requests")),
    )
    return Outgoing(text, offers)


def _admitted(theirs: Turn, notice: RequestNotice) -> Outgoing:
    text = theirs.say(
        "The secretariat has agreed to your request ({what}, {period}): it is done.", **_named(theirs, notice)
    )
    return Outgoing(text, (choice(ViewRequest(notice.request.id), theirs.say("See the request")),))


def _declined(theirs: Turn, notice: RequestNotice) -> Outgoing:
    say, reason = theirs.say, reason_text(theirs.say, notice.request.reason)
    text = say("The secretariat has not agreed to your request ({what}, {period}).", **_named(theirs, notice))
    why = say("Why: {reason}", reason=reason) if reason else ""
    return _with_draft(theirs, notice, f"{text} {why}".strip())


def _overtaken(theirs: Turn, notice: RequestNotice) -> Outgoing:
    text = theirs.say(
        "Your request ({what}, {period}) could not be done: the report has changed since you asked.",
        **_named(theirs, notice),
    )
    return _with_draft(theirs, notice, text)


def _named(theirs: Turn, notice: RequestNotice) -> dict[str, str]:
    request = notice.request
    return {"what": KINDS[request.kind](theirs.say), "period": period_text(theirs.say, request.period)}


def _with_draft(theirs: Turn, notice: RequestNotice, text: str) -> Outgoing:
    """Say what stays, and offer the draft where there is one."""
    say, see = theirs.say, choice(ViewRequest(notice.request.id), theirs.say("See the request"))
    if not notice.interview:
        return Outgoing(f"{text} {say('Everything stays as it was.')}", (see,))
    offers = (choice(Resume(notice.interview), say("Go on with my answers")), see)
    return Outgoing(f"{text} {say('I keep your answers as a draft.')}", offers)


_WORDS: Mapping[RequestNews, Callable[[Turn, RequestNotice], Outgoing]] = {
    RequestNews.ASKED: _to_secretariat,
    RequestNews.ADMITTED: _admitted,
    RequestNews.DECLINED: _declined,
    RequestNews.OVERTAKEN: _overtaken,
}
