"""What became of a report, in sentences: "Nữ 30 → 13, chị Lan sửa lúc 9:05 ngày 3/11"."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from operator import itemgetter

from handlers import menu
from handlers.context import Replies, Turn
from handlers.reports.differing import answer_lines, differences
from handlers.reports.digested import digest
from handlers.reports.reasons import reason_words
from handlers.reports.showing import not_yours
from locales import Say
from messages import Choice, Outgoing
from messages.actions import History, View, choice
from periods.days import ZONE
from reports.wording import known_day
from rules.states import Deed
from services import reports
from services.access import may_see_history
from storage.records import amendments, revisions
from storage.records.revisions import Revision
from storage.records.submissions import Report

PAGE = 8


def show(turn: Turn, pressed: History) -> Replies:
    """Show a page of it, the first deed first."""
    report = reports.find(turn.db, turn.viewer, pressed.report)
    if report is None or not may_see_history(turn.viewer, report):
        return not_yours(turn)
    told, at = _told(turn, report), pressed.page * PAGE
    say, what = turn.say, digest(turn, report)
    head = say("{unit} · {title} · {day}:", unit=turn.viewer.title_of(report), title=what.title, day=what.day)
    lines = [f"• {sentence()}" for sentence in told[at : at + PAGE]]
    return [Outgoing("\n".join([head, *lines]), tuple(_offers(turn, report, pressed.page, len(told))))]


def _told(turn: Turn, report: Report) -> list[Callable[[], str]]:
    """What became of it, in order, with the leave that was asked for; those are put into words that are shown."""
    found, say = revisions.history(turn.db, report.id), turn.say
    told = [(one.at, partial(_sentence, turn, report, found, place)) for place, one in enumerate(found)]
    for wish in amendments.asked_for(turn.db, report.id):
        asked = partial(_at, turn, say("{person} asked for leave to correct it at {time} on {day}"), wish.person)
        told.append((wish.asked_at, partial(asked, wish.asked_at)))
        if wish.decided_at is not None:
            answer = _granted if wish.granted else _declined
            told.append((wish.decided_at, partial(_at, turn, answer(say), wish.decider, wish.decided_at)))
    return [sentence for _, sentence in sorted(told, key=itemgetter(0))]


def _offers(turn: Turn, report: Report, page: int, count: int) -> Iterator[Choice]:
    if (page + 1) * PAGE < count:
        yield choice(History(report.id, page + 1), turn.say("More →"))
    yield choice(View(report.id), turn.say("← The report"))
    yield from menu.back_to_menu(turn)


def _at(turn: Turn, text: str, person: str, moment: datetime) -> str:
    """Say who did something, and when."""
    at = moment.astimezone(ZONE)
    day = known_day(at.date(), turn.today)
    return text.format(person=person, time=f"{at.hour}:{at.minute:02}", day=day)


def _sentence(turn: Turn, report: Report, found: Sequence[Revision], place: int) -> str:
    """Say what one version did, who made it and when."""
    one, say = found[place], turn.say
    text = _at(turn, _SENTENCES[Deed(one.deed)](say), one.person, one.at)
    if one.deed == Deed.CORRECT and (changed := differences(turn, report, found[place - 1].answers, one.answers)):
        text = f"{' · '.join(changed)}, {text}"
    more = [_concerned(turn, report, one), reason_words(say, one.reason)]
    return ": ".join([text, " – ".join(filter(None, more))]) if any(more) else text


def _concerned(turn: Turn, report: Report, one: Revision) -> str:
    """Name the questions for which it was returned."""
    if not one.concerns:
        return ""
    return ", ".join(line.label for line in answer_lines(turn, report, one.answers) if line.path in one.concerns)


def _granted(say: Say) -> str:
    return say("{person} gave leave at {time} on {day}")


def _declined(say: Say) -> str:
    return say("{person} left it as it was at {time} on {day}")


_SENTENCES: Mapping[Deed, Callable[[Say], str]] = {
    Deed.SEND: lambda say: say("{person} sent it at {time} on {day}"),
    Deed.CORRECT: lambda say: say("{person} corrected it at {time} on {day}"),
    Deed.WITHDRAW: lambda say: say("{person} withdrew it at {time} on {day}"),
    Deed.RETURN: lambda say: say("{person} returned it at {time} on {day}"),
    Deed.APPROVE: lambda say: say("{person} approved it at {time} on {day}"),
}
