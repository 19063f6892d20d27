"""The queue of what waits for approval: each report in one line, approved one by one, a page at once, or all.

The doubtful ones come first, then what was mended, with the old and the new answers.
"""

from collections.abc import Iterator, Sequence

from handlers import menu
from handlers.closing.asking import tell
from handlers.context import Replies, Turn
from handlers.reports.digested import digest
from handlers.reports.digests import days
from handlers.reports.for_review import LONG, since_return
from handlers.reports.warned import reason_line, warning_text
from locales import Say
from messages import Choice, Outgoing
from messages.actions import ApproveClear, ApproveShown, Queue, View, choice, fitting
from services import review_queue
from services.results import Refused
from services.review_queue import Approved, Page, Seen
from storage.records.review_queue import Waiting
from storage.records.submissions import Report

PAGE = 6
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_LONGEST_ID = 12
"""Digits of a number in a button's id: more of them fit no database."""


def show(turn: Turn, pressed: Queue, intro: str = "") -> Replies:
    """Show a page of what waits."""
    page = pressed.page
    found = review_queue.page(turn.db, turn.viewer, offset=page * PAGE, limit=PAGE)
    if not found.reports and page:
        return show(turn, Queue(), intro)
    text = "\n".join(filter(None, [intro, *_lines(turn, found)]))
    return [Outgoing(text, fitting((*_choices(turn, found, page), *menu.back_to_menu(turn))))]


def _lines(turn: Turn, found: Page) -> Iterator[str]:
    say, total = turn.say, len(found.all)
    if not total:
        yield say("Nothing waits for your approval.")
        return
    yield say.plural("{n} report waits for your approval.", "{n} reports wait for your approval.", total)
    doubtful, mended = sum(one.warned for one in found.all), sum(one.mended for one in found.all)
    if doubtful or mended:
        parts = [say("{n} with a warning (⚠)", n=doubtful)] if doubtful else []
        parts += [say("{n} mended (✎)", n=mended)] if mended else []
        yield say("Of these: {parts}.", parts=", ".join(parts))
    for one, report in zip(found.shown, found.reports, strict=True):
        yield from _doubts(turn, report)
        if one.mended:
            yield f"✎ {_named(turn, report)}: {since_return(turn, report)}"


def _doubts(turn: Turn, report: Report) -> Iterator[str]:
    """Say what deserves a look in a report, with what its author said about it."""
    lines = [f"⚠ {_named(turn, report)}: {warning_text(turn, each)}" for each in report.warnings]
    if lines and (said := reason_line(turn, report)):
        lines[-1] = f"{lines[-1]}. {said}"
    yield from lines


def _choices(turn: Turn, found: Page, page: int) -> Iterator[Choice]:
    yield from _approving(turn.say, found)
    for one, report in zip(found.shown, found.reports, strict=True):
        yield choice(View(report.id), _line(turn, one, report, has_photo=report.id in found.photos))
    if (page + 1) * PAGE < len(found.all):
        yield choice(Queue(page + 1), turn.say("More →"))


def _approving(say: Say, found: Page) -> Iterator[Choice]:
    """Offer several at once: those shown, which may be doubtful, and all that are not."""
    doubtful, clear, shown = any(one.warned for one in found.shown), found.clear, len(found.shown)
    if clear.count > shown or (clear.count > 1 and doubtful):
        is_all = clear.count == sum(not one.warned for one in found.all)
        some = say("The first {count} without a warning are right ✓")
        label = say("All {count} without a warning are right ✓") if is_all else some
        yield choice(ApproveClear(clear.until, clear.print), label.format(count=clear.count))
    if shown > 1:
        seen = _written([(one.id, one.revision) for one in found.shown])
        wording = say("All {count} shown are right, ⚠ too ✓") if doubtful else say("All {count} shown are right ✓")
        yield choice(ApproveShown(seen), wording.format(count=shown))


def _line(turn: Turn, one: Waiting, report: Report, *, has_photo: bool) -> str:
    """Tell a report apart: what it needs, day, unit, who came, whether it has a photo, how long it waits, activity.

    Telegram cuts a long button off at its end, where the activity stands, which is the longest and the likeliest alike.
    """
    what, waits = digest(turn, report), (turn.now - one.since).days
    mark = "⚠ " if one.warned else "✎ " if one.mended else ""
    parts = [
        f"{mark}{days(report, turn.today)}",
        _short(turn, report),
        what.short,
        turn.say("photo") if has_photo else "",
        turn.say("waits {n} days", n=waits) if waits >= LONG else "",
        what.title,
    ]
    return " · ".join(filter(None, parts))


def _short(turn: Turn, report: Report) -> str:
    home = turn.viewer.home
    units = turn.viewer.tree_of(report)
    return units.name_in(units.unit(report.unit_id), home.unit if home else "")


def _named(turn: Turn, report: Report) -> str:
    return f"{_short(turn, report)}, {days(report, turn.today)}"


def next_one(turn: Turn) -> Sequence[Choice]:
    """Offer the next report that waits, and the queue."""
    found = review_queue.page(turn.db, turn.viewer, offset=0, limit=1)
    if not found.reports:
        return ()
    following = choice(View(found.reports[0].id), turn.say("Next: {report}", report=_named(turn, found.reports[0])))
    return (following, choice(Queue(), turn.say("To be approved: {count}", count=len(found.all))))


def approve_shown(turn: Turn, pressed: ApproveShown) -> Replies:
    """Approve the reports of a page, each as it was seen."""
    return _done(turn, review_queue.approve_shown(turn.db, turn.viewer, _read(pressed.shown), turn.now))


def approve_clear(turn: Turn, pressed: ApproveClear) -> Replies:
    """Approve all without a warning, as they were when the queue was shown."""
    done = review_queue.approve_clear(turn.db, turn.viewer, pressed.until, pressed.print, turn.now)
    if isinstance(done, Refused):
        return show(turn, Queue(), turn.say("Something has changed meanwhile, so I approved nothing. This waits now:"))
    return _done(turn, done)


def _done(turn: Turn, done: Approved) -> Replies:
    say = turn.say
    for request in done.requested:
        tell(turn, request.notices)
    lines = [say.plural("{n} report approved.", "{n} reports approved.", len(done.done))] if done.done else []
    if done.changed:
        lines.append(
            say.plural(
                "{n} report has changed meanwhile or was decided by others, so I left it.",
                "{n} reports have changed meanwhile or were decided by others, so I left them.",
                done.changed,
            )
        )
    if done.requested:
        lines.append(say("Of closed periods: {count}; I have asked the secretariat.", count=len(done.requested)))
    return show(turn, Queue(), "\n".join(lines))


def _written(seen: Sequence[Seen]) -> str:
    """Write reports and revisions as shortly as a button's id needs them."""
    return "-".join(f"{_base36(report)}.{_base36(revision)}" for report, revision in seen)


def _read(shown: str) -> list[Seen]:
    """Read them back; what is none is left out."""
    pairs = (pair.partition(".")[::2] for pair in shown.split("-"))
    return [(int(report, 36), int(revision, 36)) for report, revision in pairs if _is_id(report) and _is_id(revision)]


def _is_id(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_ID and set(text) <= set(_DIGITS)


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, at = divmod(number, 36)
        digits = _DIGITS[at] + digits
    return digits or "0"
