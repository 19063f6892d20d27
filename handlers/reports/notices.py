"""Tells people unasked about a report, in their own language, with the way to act on it."""

from collections.abc import Callable, Iterable, Mapping

from handlers.context import Turn
from handlers.reports.showing import digest, what_stands
from locales import Say
from messages import Outgoing
from messages.actions import Correct, Resume, View, choice
from services.results import News, Notice
from storage.delivery.notices import notify
from storage.directory import persons

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


_WORDS: Mapping[News, Callable[[Turn, Notice], Outgoing]] = {
    News.CORRECTION_OVERTAKEN: _overtaken,
    News.RETURNED: _returned,
}
