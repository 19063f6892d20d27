"""One table of what takes a photo or file. A file that nothing takes is not kept: the channel drops its bytes."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from handlers import menu
from handlers.beginnings import beginning_of
from handlers.context import Replies, Turn
from handlers.obligations import sheets
from handlers.people import lists
from handlers.reports import further_photos, interviewing, reporting
from interview import OneLine
from interview.steps import Kind, Media, Typed
from messages import File, Outgoing
from messages.actions import NewReport, choice
from services.files import has_sent_enough

DOCUMENTS = frozenset((".docx", ".xlsx", ".pdf"))
"""The files that are handed in, by the end of their names: what an office writes, without macros."""


@dataclass(frozen=True, slots=True)
class Taker:
    """Something that may want a file. Only a taker that does notes the file, within `take`."""

    wants: Callable[[Turn, File], bool]
    take: Callable[[Turn, File], Replies]


def _unnoted(file: File) -> Media:
    """Make an answer of the file, only to try it."""
    return Media("0", file.is_image, file.name)


def _is_asked_for(turn: Turn, file: File) -> bool:
    return turn.interview is not None and interviewing.takes(turn, turn.interview, _unnoted(file))


def _is_of_no_known_kind(turn: Turn, file: File) -> bool:
    """Whether a file is asked for, but not one of this kind."""
    is_known = file.is_image or PurePath(file.name.lower()).suffix in DOCUMENTS
    return not is_known and _is_asked_for(turn, file)


def _refuse_kind(turn: Turn, file: File) -> Replies:
    assert turn.interview is not None  # noqa: S101 (it asked for a file)
    text = turn.say("I take Word (.docx), Excel (.xlsx) and PDF files, so I did not keep {name}.", name=file.name)
    return interviewing.repeat(turn, turn.interview, text)


def _answer(turn: Turn, file: File) -> Replies:
    assert turn.interview is not None  # noqa: S101 (it wanted the file)
    return interviewing.take_sent(turn, turn.interview, reporting.keep_file(turn, file), file.caption.strip())


def _begins_report(turn: Turn, file: File) -> bool:
    return turn.interview is None and file.is_image


def _begin(turn: Turn, file: File) -> Replies:
    return reporting.report_with_photo(turn, reporting.keep_file(turn, file), _caption(turn, file))


def _caption(turn: Turn, file: File) -> OneLine | None:
    """Read what a photo's caption says, with "báo cáo" before it or without."""
    said = beginning_of(file.caption).rest or file.caption
    return reporting.read_line(turn, said) if said.strip() else None


def _answers_the_question(turn: Turn, caption: str) -> bool:
    """Whether a caption is an answer to the open question ("nữ 30 nam 15"); one that takes any text is none to it."""
    if turn.interview is None:
        return False
    standing = interviewing.look(turn, turn.interview)
    return not standing.asks(Kind.TEXT) and not interviewing.refuses(standing.take(Typed(caption)), caption)


def _bears_report(turn: Turn, file: File) -> bool:
    """Whether a photo's caption is a report of its own, in the middle of another one."""
    if not file.is_image or not file.caption or _answers_the_question(turn, file.caption):
        return False
    line, is_command = _caption(turn, file), beginning_of(file.caption).action == NewReport()
    least = reporting.FACTS_INSTEAD if is_command else reporting.SURE_FACTS
    return line is not None and reporting.facts_in(line) >= least


def _follows_report(turn: Turn, file: File) -> bool:
    return turn.interview is None and file.is_image and not file.caption and further_photos.just_sent(turn) is not None


def _add(turn: Turn, file: File) -> Replies:
    return further_photos.add(turn, reporting.keep_file(turn, file))


TAKERS = (
    Taker(_bears_report, _begin),
    Taker(sheets.is_sheet, sheets.take),
    Taker(_is_of_no_known_kind, _refuse_kind),
    Taker(_is_asked_for, _answer),
    Taker(lists.is_list, lists.take),
    Taker(_follows_report, _add),
    Taker(_begins_report, _begin),
)
"""The first taker that wants a file takes it."""


def take_file(turn: Turn, file: File) -> Replies:
    """Give a photo or file to the taker that wants it, or say why none does."""
    if not turn.viewer.roles:
        return menu.show_menu(turn)
    taker = next((taker for taker in TAKERS if taker.wants(turn, file)), None)
    if taker is None:
        return _unwanted(turn, file)
    return _enough(turn) if has_sent_enough(turn.db, turn.viewer, file) else taker.take(turn, file)


def _unwanted(turn: Turn, file: File) -> Replies:
    if turn.interview is not None:  # which says what it asks for instead
        return interviewing.refuse_file(turn, turn.interview, _unnoted(file))
    text = turn.say("Only photos fit a report, so I did not keep this file. Would you like to report an activity?")
    return [Outgoing(text, (choice(NewReport(), turn.say("Report an activity")), *menu.back_to_menu(turn)))]


def _enough(turn: Turn) -> Replies:
    text = turn.say(
        "That is as many photos and files as I can keep from you in one day, so I did not keep this one. "
        "The report can go without it; you can add it tomorrow."
    )
    if turn.interview is not None:
        return interviewing.repeat(turn, turn.interview, text)
    return menu.show_menu(turn, greeting=text)
