"""Tells people unasked about a report, in their own language, with the way to act on it."""

from collections.abc import Callable, Iterable, Mapping

from handlers import menu
from handlers.context import Turn
from handlers.reports.showing import digest, what_stands
from locales import Say
from messages import Choice, Outgoing
from messages.actions import Correct, Resume, Together, View, choice
from rules.states import ReportState
from services.results import News, Notice
from storage.delivery.notices import notify
from storage.directory import persons
from storage.records.submissions import Report

REASONS: Mapping[str, Callable[[Say], str]] = {
    "numbers": lambda say: say("the numbers do not look right"),
    "day": lambda say: say("the day does not look right"),
    "photo": lambda say: say("a photo is missing"),
}
"""The reasons for returning a report that one tap says."""


def tell(turn: Turn, notices: Iterable[Notice]) -> None:
    """Queue notices."""
    for notice in notices:
        theirs = turn.speaking(persons.find_person(turn.db, notice.person_id).language)
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
    if notice.reason in REASONS:
        text += "\n" + say("Why: {reason}", reason=REASONS[notice.reason](say))
    return Outgoing(text, (choice(Correct(report.id, report.revision), say("Correct it")),))


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
    News.COUNTS_INSTEAD: _counts_instead,
    News.PARTED: _parted,
}
