"""Sends a finished interview, and tells its author what became of it and what can be done next."""

from collections.abc import Iterator, Mapping

from handlers.announcing import ending
from handlers.closing.asking import asked
from handlers.context import Replies, Turn
from handlers.obligations import creating, receipts
from handlers.reports import alike, warned
from handlers.reports.digested import digest
from handlers.reports.nil import gives_way
from handlers.reports.notices import tell
from handlers.reports.overtaken import kept_as_draft
from handlers.reports.showing import reported_by
from interview.steps import Json
from locales import Say
from messages import Choice, Outgoing
from messages.actions import Correct, Menu, NewReport, Organised, Resume, Summary, choice
from periods.period import week_around
from reports.wording import day_text, joined
from rules.warnings import ReportWarning
from services import reports, second_look
from services.ad_hoc import AD_HOC
from services.announcing import ANNOUNCEMENT
from services.events.alike import look_alike
from services.events.sets import Linked
from services.reports import Answers
from services.results import Changed, Refusal, Refused, Requested
from storage.conversation.turns import OpenInterview
from storage.records import attachments


def finish(turn: Turn, opened: OpenInterview, values: Mapping[str, Json]) -> Replies:
    """Send an interview's answers, unless there is something to ask first, and then one thing only.

    If a report looks like it, that is whether they are of one event; else what deserves a second look in it.
    """
    answers = answers_of(values)
    if opened.form_id == AD_HOC:
        return creating.finish(turn, opened, answers)
    if opened.form_id == ANNOUNCEMENT:
        return ending.finish(turn, opened, answers)
    seen = look_alike(turn.db, turn.viewer, opened, answers)
    if seen:
        return alike.ask(turn, opened, seen)
    found = second_look.look(turn.db, turn.viewer, turn.plan, opened, answers)
    asked_about = second_look.unanswered(turn.db, opened, found)
    return warned.ask(turn, opened, asked_about[0]) if asked_about else send(turn, opened, answers, found=found)


def answers_of(values: Mapping[str, Json]) -> Answers:
    """The answers that are stored: those that say something."""
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def send(
    turn: Turn,
    opened: OpenInterview,
    answers: Answers,
    reason: str = "",
    *,
    found: tuple[ReportWarning, ...] | None = None,
) -> Replies:
    """Send answers as a report of an event of its own, with what deserves a look in it and what its author says."""
    remarks = second_look.remarks(turn.db, turn.viewer, turn.plan, opened, answers, reason=reason, found=found)
    result = reports.submit(turn.db, turn.viewer, opened, answers, turn.now, remarks=remarks)
    if isinstance(result, Refused):
        return unsent(turn, opened, result)
    if isinstance(result, Requested):
        return asked(turn, result)
    tell(turn, result.notices)
    return [receipts.of(turn, result.report) if receipts.is_handed_in(result.report) else receipt(turn, result)]


def unsent(turn: Turn, opened: OpenInterview, refusal: Refused) -> Replies:
    """Say why nothing was sent."""
    if refusal.report is not None and receipts.is_handed_in(refusal.report) and refusal.report.id != opened.corrects:
        return [receipts.handed_in_before(turn, opened, refusal.report)]
    if refusal.report is not None:
        return kept_as_draft(turn, opened, refusal.report)
    return _ended(turn, opened) if refusal.why is Refusal.UNIT_ENDED else _left(turn, opened)


def _ended(turn: Turn, opened: OpenInterview) -> Replies:
    """Say why the unit's people cannot report that day, and for whom they can."""
    say, tree = turn.say, turn.viewer.tree
    unit = tree.unit(opened.unit_id)
    assert unit.valid_to is not None  # noqa: S101 (it has ended)
    facts = {"unit": tree.title_of(unit.id), "day": day_text(unit.valid_to)}
    after = tree.successors(unit.id)
    if after:
        now_is = joined(say, [tree.title_of(found.id) for found in after])
        text = say(
            "{unit} ended on {day}; later days are reported for {after}. I did not send this.", after=now_is, **facts
        )
    else:
        text = say("{unit} ended on {day}, and nothing took its place. I did not send this: its day is later.", **facts)
    theirs = [found for found in after if turn.viewer.holds_in(found.id)]
    offers = (
        *(choice(NewReport(found.code, opened.id), say("For {unit} instead", unit=found.name)) for found in theirs),
        choice(Resume(opened.id), say("See what I wrote")),
        choice(Menu(), say("Menu")),
    )
    return [Outgoing(text, offers)]


def _left(turn: Turn, opened: OpenInterview) -> Replies:
    text = turn.say(
        "You hold no role in {unit} any more, so I did not send this. I keep it as a draft for 30 days: if that is a "
        "mistake, ask whoever invited you for a new invitation, and go on with the draft then.",
        unit=turn.viewer.tree.title_of(opened.unit_id),
    )
    return [Outgoing(text, (choice(Menu(), turn.say("Menu")),))]


def receipt(turn: Turn, result: Changed, *, linking: bool = False) -> Outgoing:
    """Say what was sent. `linking`: it was to be linked with another report of the same event."""
    report = result.report
    say, what = turn.say, digest(turn, report)
    body = say(
        "{unit} · {activity}\n{day} · {measure}",
        unit=turn.viewer.title_of(report),
        activity=what.title,
        day=what.day,
        measure=what.measure,
    )
    photos = attachments.count_of(turn.db, report.id)
    kept = (say.plural("{n} photo is kept with it.", "{n} photos are kept with it.", photos),) if photos else ()
    lines = [
        _head(say, result),
        body,
        *kept,
        *([reported_by(turn, report)] if report.by_unit else ()),
        *_same_event(turn, result, linking),
    ]
    lines += gives_way(turn, report) if result.before is None else ()
    offers = (
        *_organisers(turn, result),
        choice(Summary(report.unit, week_around(report.day)), say("The week's summary")),
        choice(Correct(report.id, report.revision), say("Correct it")),
        choice(NewReport(), say("One more report")),
        choice(Menu(), say("Menu")),
    )
    return Outgoing("\n".join(lines), offers, lasting=True)


def _head(say: Say, result: Changed) -> str:
    """Say what was done: a correction that changed nothing left the report alone, or sent a returned one again."""
    report, before = result.report, result.before
    if before is None:
        return say("Saved. Thank you!")
    if report.revision == before.revision:
        return say("Nothing was changed: the report stays as it was.")
    if dict(report.answers) == dict(before.answers):
        return say("Sent again as it was. Thank you!")
    return say("Corrected. Thank you!")


def _same_event(turn: Turn, result: Changed, linking: bool) -> Iterator[str]:
    """Say what became of the link with another report."""
    say, known = turn.say, result.together if isinstance(result, Linked) else None
    if known is None:
        if linking:
            yield say("The other report has been withdrawn meanwhile, so yours is counted.")
        return
    if known.counted is not None:
        unit = turn.viewer.title_of(known.counted.report)
        yield say("It is linked: the event is counted once, with the figures of {unit}.", unit=unit)
    if known.of.disputed:
        yield say(
            "The figures do not agree; {unit} decides which ones count.", unit=turn.viewer.tree.title(known.decides)
        )
    if known.is_unclear:
        yield say("Which unit held the event?")


def _organisers(turn: Turn, result: Changed) -> Iterator[Choice]:
    known = result.together if isinstance(result, Linked) else None
    if known is not None and known.is_unclear:
        for unit in known.units:
            label = turn.say("{unit} held it", unit=turn.viewer.tree.title(unit))
            yield choice(Organised(result.report.id, known.of.revision, unit), label)
