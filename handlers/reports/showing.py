"""Shows one report with what a person may do to it, and says what happened if it has moved on since.

`services.reports` sees to it that nobody approves, returns or withdraws figures that they have not read.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from handlers import menu
from handlers.closing.words import KINDS
from handlers.context import Replies, Turn
from handlers.obligations import budgets
from handlers.reports.digested import digest, form_of_report
from handlers.reports.digests import details_of
from handlers.reports.for_review import beside, history_choice, leave_choices, wish_choices
from handlers.reports.warned import warning_lines
from handlers.wording import state_text
from locales import Say
from messages import Choice, Outgoing, Picture
from messages.actions import (
    Approve,
    Correct,
    Link,
    Mine,
    OpenFile,
    Queue,
    Return,
    Together,
    UnitReports,
    View,
    Withdraw,
    choice,
)
from periods.period import week_around
from rules.states import Deed, ReportState
from services import access, amending
from services.events import viewing
from services.reports import files_of
from services.results import Changed, Refusal, Refused
from storage.records import attachments, change_requests, submissions
from storage.records.amendments import Amendment
from storage.records.submissions import Change, Report

HAPPENED: Mapping[str, Callable[[Say, str], str]] = {
    Deed.CORRECT: lambda say, who: say("{who} has corrected this report meanwhile.", who=who),
    Deed.APPROVE: lambda say, who: say("{who} has approved this report meanwhile.", who=who),
    Deed.RETURN: lambda say, who: say("{who} has returned this report meanwhile.", who=who),
    Deed.WITHDRAW: lambda say, who: say("{who} has withdrawn this report meanwhile.", who=who),
}
"""Texts for what was done to a report last, by the deed of its revision."""


def refused(turn: Turn, refusal: Refused, seen: int) -> Replies:
    """Say why nothing was done to a report, and what it is now. `seen` is the revision that the button was made for."""
    say, report = turn.say, refusal.report
    if report is not None and refusal.why in _STANDS:
        return shown(turn, report, intro=_STANDS[refusal.why](say))
    if report is None or refusal.why not in (Refusal.LEFT, Refusal.MOVED_ON):
        return not_yours(turn)
    if refusal.why is Refusal.LEFT:
        text = say(
            "You hold no role in {unit} any more, so its reports stay as they are. If something in this one is wrong, "
            "please tell whoever approves reports there: they can return it to whoever is there now.",
            unit=turn.viewer.title_of(report),
        )
        return [Outgoing(text, (choice(Mine(), say("My reports")), *menu.back_to_menu(turn)))]
    old = say("That button is from an earlier message.")
    happened = what_happened(say, submissions.last_change(turn.db, report.id)) if seen else old
    return shown(turn, report, intro=happened + " " + say("So I changed nothing. This is how the report stands now:"))


_STANDS: Mapping[Refusal, Callable[[Say], str]] = {
    Refusal.APPROVED: lambda say: say(
        "This report has been approved, so a change needs leave: one tap asks for it. It counts as it is meanwhile."
    ),
    Refusal.NOT_THEIRS: lambda say: say("This report is approved by its ward."),
}
"""Texts for what a person may not do to a report that they may see."""


def what_happened(say: Say, change: Change) -> str:
    """Say in a sentence what was done to a report last; empty if it was only sent."""
    return HAPPENED[change.action](say, change.person) if change.action in HAPPENED else ""


def what_stands(turn: Turn, report: Report) -> str:
    """Say what was done to a report last, and what it says now."""
    happened = what_happened(turn.say, submissions.last_change(turn.db, report.id))
    what = digest(turn, report)
    now = turn.say("The report of {day} now says: {measure}.", day=what.day, measure=what.measure)
    return f"{happened} {now}".strip()


def shown(turn: Turn, report: Report, pressed: View | None = None, intro: str = "") -> Replies:
    """Show a report with what this person may do to it. `pressed` says from which list it was opened, if any."""
    photos = attachments.photos_of(turn.db, report.id)
    known = viewing.together(turn.db, turn.viewer, report.id) if report.facts and report.facts.event_set_id else None
    wishes = amending.asked_on(turn.db, turn.viewer, report)
    text = "\n".join([*_lines(turn, report, wishes, len(photos)), *_same_event(turn, report, known)])
    message = Outgoing(text, _choices(turn, report, pressed or View(), known, wishes), _pictures(turn.say, photos))
    return [replace(message, text=f"{intro}\n\n{text}") if intro else message]


def _lines(turn: Turn, report: Report, wishes: Sequence[Amendment], photos: int) -> list[str]:
    say, what = turn.say, digest(turn, report)
    details = details_of(say, turn.viewer.tree_of(report), form_of_report(turn, report), report)
    lines = [
        f"{turn.viewer.title_of(report)} · {what.title}",
        say("{day} · {measure}", day=what.day, measure=what.measure),
        *details,
        say("State: {state}", state=state_text(say, report.state)) + f" · {reported_by(turn, report)}",
        *warning_lines(turn, report),
        *beside(turn, report, wishes),
    ]
    if photos:
        lines.append(say.plural("{n} photo", "{n} photos", photos))
    for request in change_requests.on_report(turn.db, report.id):
        asked, who = KINDS[request.kind](say), request.person
        lines.append(say("Waits for the secretariat: {what}, asked for by {person}", what=asked, person=who))
    return lines


def reported_by(turn: Turn, report: Report) -> str:
    """Say who reported, and where it was done in a neighbourhood's place, for whom."""
    if report.by_unit is None:
        return turn.say("by {person}", person=report.person)
    tree = turn.viewer.tree
    return turn.say(
        "{person} ({by}) reported in the place of {unit}",
        person=report.person,
        by=tree.title(report.by_unit),
        unit=turn.viewer.title_of(report),
    )


def _same_event(turn: Turn, report: Report, known: viewing.Together | None) -> Iterator[str]:
    """Say which other units reported the event, and whose figures count."""
    if known is None:
        return
    say, tree = turn.say, turn.viewer.tree
    others = dict.fromkeys(turn.viewer.title_of(one.report) for one in known.members if one.report.id != report.id)
    yield say("Of the same event: the report of {units}", units=", ".join(others))
    if known.counted is not None and known.counted.report.id != report.id:
        unit = turn.viewer.title_of(known.counted.report)
        yield say("The event is counted once, with the figures of {unit}.", unit=unit)
    if known.of.disputed:
        yield say("The figures do not agree; {unit} decides which ones count.", unit=tree.title(known.decides))


def counted_instead(turn: Turn, result: Changed) -> Iterator[str]:
    """Say that another report of the same event is counted now."""
    if result.counted is not None:
        unit = turn.viewer.title_of(result.counted)
        yield turn.say("The event is counted with the figures of {unit} now.", unit=unit)


def _pictures(say: Say, photos: list[str]) -> tuple[Picture, ...]:
    """Show the photos, by their hashes. Each says which of them it is, for people who do not see them side by side."""
    alt, total = say("Photo of the activity"), len(photos)
    return tuple(
        Picture("stored", {"sha256": sha256}, f"{alt} {number}/{total}" if total > 1 else alt)
        for number, sha256 in enumerate(photos, 1)
    )


def _choices(
    turn: Turn, report: Report, pressed: View, known: viewing.Together | None, wishes: Sequence[Amendment]
) -> tuple[Choice, ...]:
    say, viewer, offers = turn.say, turn.viewer, list(wish_choices(turn, report, wishes))
    row, seen = report.id, report.revision
    if access.may_change(viewer, report):
        offers.append(choice(Correct(row, seen), say("Correct")))
        offers.append(choice(Withdraw(row, seen), say("Withdraw")))
    if access.may_review(viewer, report):
        if report.state != ReportState.APPROVED and access.may_approve(viewer, report):
            offers.append(choice(Approve(row, seen), say("Approve ✓")))
        if report.state != ReportState.RETURNED:
            offers.append(choice(Return(row, seen), say("Return for correction")))
    offers.extend(leave_choices(turn, report, wishes))
    offers.extend(history_choice(turn, report))
    offers.extend(_files(turn, report))
    offers.extend(budgets.files_of(turn, report))
    offers.extend(_of_same_event(turn, report, known))
    if not pressed.listed and report.state == ReportState.SENT and access.may_approve(viewer, report):
        offers.append(choice(Queue(), say("← To be approved")))
    if access.looks_after(viewer, report):
        offers.append(the_list(turn, report, pressed.listed, pressed.page))
    return (*offers, *menu.back_to_menu(turn))


def _files(turn: Turn, report: Report) -> Iterator[Choice]:
    """Offer the files that were handed in, those of earlier versions too."""
    present = set(files_of(report.answers))
    for place, file in enumerate(attachments.files_of(turn.db, report.id)):
        earlier = "" if file.id in present else f" ({turn.say('earlier version')})"
        yield choice(OpenFile(report.id, place), f"📎 {file.name}{earlier}")


def _of_same_event(turn: Turn, report: Report, known: viewing.Together | None) -> Iterator[Choice]:
    """Offer the event's other reports; those above may also link a report with another one."""
    if known is not None:
        yield choice(Together(report.id), turn.say("The reports of this event"))
    else:
        yield from offer_link(turn, report)


def offer_link(turn: Turn, report: Report) -> Iterator[Choice]:
    """Offer those above to link a report, if there is another one that it may be linked with."""
    viewer = turn.viewer
    is_theirs = access.looks_after(viewer, report) and access.may_link(viewer, report)
    others = viewing.linkable(turn.db, viewer, report.id, offset=0, limit=1) if is_theirs else ()
    if others and not isinstance(others, Refused):
        yield choice(Link(report.id, report.revision), turn.say("Link with another report"))


def the_list(turn: Turn, report: Report, unit: str = "", page: int = 0) -> Choice:
    """Offer the way back to the unit's list from which a report was opened, else to the list of its ward."""
    if not access.may_see_reports(turn.viewer, unit):
        ward = turn.viewer.tree.ward_of(report.unit)
        unit, page = ward.code if ward else report.unit, 0
    return choice(UnitReports(unit, week_around(report.day), page), turn.say("← The reports"))


def not_yours(turn: Turn) -> Replies:
    """Answer for a report that is not there, or not for this person."""
    return [
        Outgoing(
            turn.say("I cannot find that report among yours."),
            (choice(Mine(), turn.say("My reports")), *menu.back_to_menu(turn)),
        )
    ]
