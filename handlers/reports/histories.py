"""What became of a report, in sentences: "Nữ 30 → 13, chị Lan sửa lúc 9:05 ngày 3/11"."""

from collections.abc import Callable, Iterator, Mapping, Sequence

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
from reports.wording import day_text, short_day
from rules.states import Deed
from services import reports
from services.access import may_see_history
from storage.records import revisions
from storage.records.revisions import Revision
from storage.records.submissions import Report

PAGE = 8


def show(turn: Turn, pressed: History) -> Replies:
    """Show a page of it, the first deed first."""
    report = reports.find(turn.db, turn.viewer, pressed.report)
    if report is None or not may_see_history(turn.viewer, report):
        return not_yours(turn)
    found, at = revisions.history(turn.db, report.id), pressed.page * PAGE
    say, what = turn.say, digest(turn, report)
    head = say("{unit} · {title} · {day}:", unit=turn.viewer.title_of(report), title=what.title, day=what.day)
    lines = [f"• {sentence(turn, report, found, place)}" for place in range(at, min(at + PAGE, len(found)))]
    return [Outgoing("\n".join([head, *lines]), tuple(_offers(turn, report, pressed.page, len(found))))]


def _offers(turn: Turn, report: Report, page: int, count: int) -> Iterator[Choice]:
    if (page + 1) * PAGE < count:
        yield choice(History(report.id, page + 1), turn.say("More →"))
    yield choice(View(report.id), turn.say("← The report"))
    yield from menu.back_to_menu(turn)


def sentence(turn: Turn, report: Report, found: Sequence[Revision], place: int) -> str:
    """Say what one version did, who made it and when."""
    one, say = found[place], turn.say
    at = one.at.astimezone(ZONE)
    said = {
        "person": one.person,
        "time": f"{at.hour}:{at.minute:02}",
        "day": day_text(at) if at.year != turn.today.year else short_day(at),
    }
    text = _SENTENCES[Deed(one.deed)](say).format(**said)
    if one.deed == Deed.CORRECT and (changed := differences(turn, report, found[place - 1].answers, one.answers)):
        text = f"{' · '.join(changed)}, {text}"
    more = [_concerned(turn, report, one), reason_words(say, one.reason)]
    return ": ".join([text, " – ".join(filter(None, more))]) if any(more) else text


def _concerned(turn: Turn, report: Report, one: Revision) -> str:
    """Name the questions for which it was returned."""
    if not one.concerns:
        return ""
    return ", ".join(line.label for line in answer_lines(turn, report, one.answers) if line.path in one.concerns)


_SENTENCES: Mapping[Deed, Callable[[Say], str]] = {
    Deed.SEND: lambda say: say("{person} sent it at {time} on {day}"),
    Deed.CORRECT: lambda say: say("{person} corrected it at {time} on {day}"),
    Deed.WITHDRAW: lambda say: say("{person} withdrew it at {time} on {day}"),
    Deed.RETURN: lambda say: say("{person} returned it at {time} on {day}"),
    Deed.APPROVE: lambda say: say("{person} approved it at {time} on {day}"),
}
