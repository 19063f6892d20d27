"""Tells people unasked about a report, in their own language, with the way to act on it."""

from collections.abc import Callable, Iterable, Mapping

from handlers import menu
from handlers.context import Turn
from handlers.reports.digested import digest
from handlers.reports.for_review import why_returned
from handlers.reports.reasons import reason_words
from handlers.reports.showing import what_stands
from locales import Say
from messages import Choice, Outgoing
from messages.actions import Correct, DeclineLeave, GrantLeave, Resume, Together, View, Withdraw, choice
from rules.states import ReportState
from services.results import News, Notice
from storage.delivery.notices import notify
from storage.records.submissions import Report


def tell(turn: Turn, notices: Iterable[Notice]) -> None:
    """Queue notices."""
    for notice in notices:
        theirs = turn.speaking_to(notice.person_id)
        notify(turn.db, notice.person_id, _WORDS[notice.news](theirs, notice), turn.now)


def _overtaken(theirs: Turn, notice: Notice) -> Outgoing:
    say = theirs.say
    kept = say("You were correcting it, too: I keep your answers as a draft.")
    offers = (
        choice(View(notice.report.id), say("See the report")),
        choice(Resume(notice.interview), say("Go on with my answers")),
    )
    return Outgoing(f"{what_stands(theirs, notice.report)}\n{kept}", offers)


def _returned(theirs: Turn, notice: Notice) -> Outgoing:
    say, report, what = theirs.say, notice.report, digest(theirs, notice.report)
    facts = {"who": theirs.name, "day": what.day, "measure": what.measure}
    if notice.person_id == report.person_id:
        text = say(
            "{who} asks you to look at your report of {day} once more ({measure}). It counts again once you have sent "
            "it.",
            **facts,
        )
    else:
        text = say(
            "{who} asks {unit} to look at the report of {day} by {author} once more ({measure}). It counts again once "
            "you have sent it.",
            **facts,
            unit=theirs.viewer.title_of(report),
            author=report.person,
        )
    text = "\n".join([text, *why_returned(theirs, report)])
    return Outgoing(text, (choice(Correct(report.id, report.revision), say("Correct it")),))


def _leave_asked(theirs: Turn, notice: Notice) -> Outgoing:
    say, report, what = theirs.say, notice.report, digest(theirs, notice.report)
    text = say(
        "{person} asks for leave to correct the report of {unit} of {day} ({measure}), which is approved. Until the "
        "correction is sent it counts as it is.",
        person=notice.by,
        unit=theirs.viewer.title_of(report),
        day=what.day,
        measure=what.measure,
    )
    offers = (
        choice(GrantLeave(notice.amendment), say("Let {person} correct it ✓", person=notice.by)),
        choice(DeclineLeave(notice.amendment), say("No, it stays as it is")),
        choice(View(report.id), say("See the report")),
    )
    return Outgoing(text, offers)


def _leave_granted(theirs: Turn, notice: Notice) -> Outgoing:
    say, report, what = theirs.say, notice.report, digest(theirs, notice.report)
    text = say(
        "{person} lets you correct your report of {day} ({measure}). It counts as it is until you have sent it.",
        person=notice.by,
        day=what.day,
        measure=what.measure,
    )
    offers = (
        choice(Correct(report.id, report.revision), say("Correct it")),
        choice(Withdraw(report.id, report.revision), say("Withdraw")),
    )
    return Outgoing(text, offers)


def _leave_declined(theirs: Turn, notice: Notice) -> Outgoing:
    say, report = theirs.say, notice.report
    text = say(
        "{person} would like your report of {day} to stay as it is. If something in it is wrong, please call them.",
        person=notice.by,
        day=digest(theirs, report).day,
    )
    return Outgoing(text, (choice(View(report.id), say("See the report")), *menu.back_to_menu(theirs)))


def _amended(theirs: Turn, notice: Notice) -> Outgoing:
    say, report = theirs.say, notice.report
    what_was_done = what_stands(theirs, report)
    why = say("Why: {reason}", reason=reason_words(say, notice.reason))
    return Outgoing(f"{what_was_done}\n{why}", (choice(View(report.id), say("See the report")),))


def _counts_instead(theirs: Turn, notice: Notice) -> Outgoing:
    say, report, other = theirs.say, notice.report, notice.other
    assert other is not None  # noqa: S101 (the notice is about both)
    unit, former = _apart(theirs, report, other)
    text = say(
        "{unit} and {other} reported one event of {day}. From now on it is counted with the figures of {unit}: {why}.",
        unit=unit,
        other=former,
        day=digest(theirs, report).day,
        why=_WHY[ReportState(other.state)](say),
    )
    return Outgoing(text, _of_both(theirs, notice))


def _parted(theirs: Turn, notice: Notice) -> Outgoing:
    say, report, other = theirs.say, notice.report, notice.other
    assert other is not None  # noqa: S101 (the notice is about both)
    unit, compared = _apart(theirs, report, other)
    text = say(
        "{unit} corrected its report of {day}: it differs from the report of {other}, of which it was said that it is "
        "the same event. They stay linked until you look. Are they of one event?",
        unit=unit,
        other=compared,
        day=digest(theirs, report).day,
    )
    return Outgoing(text, _of_both(theirs, notice))


def _apart(theirs: Turn, *reports: Report) -> tuple[str, ...]:
    """Name reports by their units; those of one unit also by who reported, which colleagues and those above may see."""
    titles = [theirs.viewer.title_of(report) for report in reports]
    if len(set(titles)) > 1:
        return tuple(titles)
    return tuple(f"{title} ({report.person})" for title, report in zip(titles, reports, strict=True))


def _of_both(theirs: Turn, notice: Notice) -> tuple[Choice, ...]:
    return (choice(Together(notice.report.id), theirs.say("The reports of this event")), *menu.back_to_menu(theirs))


_WHY: Mapping[ReportState, Callable[[Say], str]] = {
    ReportState.SENT: lambda say: say("it was decided so"),
    ReportState.APPROVED: lambda say: say("it was decided so"),
    ReportState.RETURNED: lambda say: say("the other report was returned for correction"),
    ReportState.WITHDRAWN: lambda say: say("the other report was withdrawn"),
}
"""Why another report counts, by the state of the one that counted."""
_WORDS: Mapping[News, Callable[[Turn, Notice], Outgoing]] = {
    News.CORRECTION_OVERTAKEN: _overtaken,
    News.RETURNED: _returned,
    News.LEAVE_ASKED: _leave_asked,
    News.LEAVE_GRANTED: _leave_granted,
    News.LEAVE_DECLINED: _leave_declined,
    News.AMENDED: _amended,
    News.COUNTS_INSTEAD: _counts_instead,
    News.PARTED: _parted,
}
