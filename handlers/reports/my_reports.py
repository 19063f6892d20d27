"""Shows the reports that a person may look at: their own, and for a chair or the secretariat those of their units.

Its author can view, correct or withdraw a report while they hold the unit; once it was returned, everybody who holds
the unit can. `handlers.reports.reviewing` is for those above. Every version is kept.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from handlers import menu
from handlers.closing.asking import asked
from handlers.context import Replies, Turn
from handlers.reports import interviewing, mending, unsorted
from handlers.reports.digested import digest
from handlers.reports.digests import days
from handlers.reports.for_review import why_returned
from handlers.reports.nil import stands_again
from handlers.reports.notices import tell
from handlers.reports.showing import counted_instead, not_yours, refused, shown
from interview import start, without_optional
from messages import Choice, Document, Outgoing
from messages.actions import ALL, UNIT, YES, Correct, Mine, OpenFile, Summary, UnitReports, View, Withdraw, choice
from periods.weeks import monday_of, week_of
from reports.gallery import STORED
from reports.narrowed_texts import narrowed_text
from reports.wording import day_text, period_text
from rules.states import COUNTED, ReportState
from services import reports
from services.figures import of_colleagues, own_reports, period_for, reports_in
from services.narrowing import filter_of
from services.results import Refused, Requested
from storage.records import attachments
from storage.records.submissions import Report

PAGE = 6
_MARKS: Mapping[str, str] = {ReportState.RETURNED: " ⚠", ReportState.APPROVED: " ✓"}
"""The state of a report, as a list says it beside the count."""


def my_reports(turn: Turn, pressed: Mine) -> Replies:
    """Show this week's own reports, or all of them, a page at a time.

    On a Monday people mostly look for last week's reports: they are shown while this week has none.
    """
    if pressed.which == UNIT:
        return _unit_reported(turn, pressed.page)
    everything, page = bool(pressed.which), pressed.page
    since = None if everything else monday_of(week_of(turn.today))
    reports = _own(turn, since, page)
    say = turn.say
    head = say("Your reports, newest first:") if everything else say("Your reports this week:")
    if not reports:
        head = say("You have no reports yet.") if everything else say("You have no reports this week yet.")
    if since and not reports and (reports := _own(turn, since - timedelta(weeks=1), page)):
        head += " " + say("Those of last week:")
    offers = _entries(turn, reports[:PAGE])
    if len(reports) > PAGE:
        offers.append(choice(Mine(ALL, page + 1), say("Earlier ones →")))
    elif not everything:
        offers.append(choice(Mine(ALL), say("All my reports")))
    if not everything and (colleagues := of_colleagues(turn.db, turn.viewer, offset=0, limit=PAGE + 1)):
        lines = [f"• {_line_of_colleague(turn, report)}" for report in colleagues[:PAGE]]
        head = "\n".join([head, "", say("Your unit has reported this week:"), *lines])
        offers.append(choice(Mine(UNIT), say("What my unit reported")))
    question, answers = unsorted.asked(turn) if reports else ("", ())
    text = f"{head}\n\n{question}" if question else head
    return [Outgoing(text, (*offers, *answers, *menu.back_to_menu(turn)))]


def _unit_reported(turn: Turn, page: int) -> Replies:
    """Show what colleagues reported for the person's units this week, with whose it is."""
    found = of_colleagues(turn.db, turn.viewer, offset=page * PAGE, limit=PAGE + 1)
    say = turn.say
    head = (
        say("Your unit has reported this week:") if found else say("Nobody else of your unit has reported this week.")
    )
    offers = [choice(View(report.id), _line_of_colleague(turn, report)) for report in found[:PAGE]]
    if len(found) > PAGE:
        offers.append(choice(Mine(UNIT, page + 1), say("More →")))
    offers.append(choice(Mine(), say("My reports")))
    return [Outgoing(head, (*offers, *menu.back_to_menu(turn)))]


def _line_of_colleague(turn: Turn, report: Report) -> str:
    return f"{_line(turn, report, '')} · {report.person}"


def _own(turn: Turn, since: date | None, page: int) -> list[Report]:
    return own_reports(turn.db, turn.viewer, since=since, offset=page * PAGE, limit=PAGE + 1)


def unit_reports(turn: Turn, pressed: UnitReports) -> Replies:
    """Show those above the reports from a unit and the units in it."""
    home = turn.viewer.home
    if home is None:
        return menu.show_menu(turn)
    unit, period, page = pressed.unit or home.unit, period_for(turn.viewer, pressed.period), pressed.page
    only = filter_of(pressed.only)
    reports = reports_in(turn.db, turn.viewer, unit, period, offset=page * PAGE, limit=PAGE + 1, only=only)
    if isinstance(reports, Refused):
        return menu.show_menu(turn)
    say = turn.say
    name = turn.viewer.tree.title(unit)
    head = say("{unit}, {period}:", unit=name, period=period_text(say, period))
    if narrowed := narrowed_text(turn.plan, turn.viewer.tree, only, turn.language):
        head = f"{head} {narrowed}."
    if not reports:
        head += " " + say("no reports.")
    offers = _entries(turn, reports[:PAGE], unit, page)
    if len(reports) > PAGE:
        offers.append(choice(UnitReports(unit, period, page + 1, pressed.only), say("More →")))
    offers.append(choice(Summary(unit, period, pressed.only), say("Summary")))
    return [Outgoing(head, (*offers, *menu.back_to_menu(turn)))]


def _entries(turn: Turn, reports: list[Report], listed: str = "", page: int = 0) -> list[Choice]:
    """Make a list's entries. `listed` is the unit whose list it is, with all in it; an entry knows the way back."""
    return [choice(View(report.id, listed, page), _line(turn, report, listed)) for report in reports]


def _line(turn: Turn, report: Report, listed: str) -> str:
    what = digest(turn, report)
    units = turn.viewer.tree_of(report)
    name = units.name_in(units.unit(report.unit_id), listed) if listed else what.title
    parts = [days(report, turn.today), name, f"{what.short}{_MARKS.get(report.state, '')}"]
    if report.facts is not None and report.state in COUNTED and not report.facts.counts:
        parts.append(turn.say("counted with another report"))
    if report.by_unit is not None:
        parts.append(_in_place(turn, report, listed))
    return " · ".join(parts)


def _in_place(turn: Turn, report: Report, listed: str) -> str:
    """Name whom a list's line does not: the neighbourhood, or who reported in its place."""
    if listed:
        return turn.say("{person} in its place", person=report.person)
    return turn.say("for {unit}", unit=turn.viewer.title_of(report))


def view(turn: Turn, pressed: View) -> Replies:
    """Show one report with what this person may do to it."""
    report = reports.find(turn.db, turn.viewer, pressed.report)
    return shown(turn, report, pressed) if report else not_yours(turn)


def open_file(turn: Turn, pressed: OpenFile) -> Replies:
    """Send a file of a report to those who may see it."""
    report = reports.find(turn.db, turn.viewer, pressed.report)
    files = attachments.files_of(turn.db, report.id) if report else []
    if report is None or pressed.place >= len(files):
        return not_yours(turn)
    file = files[pressed.place]
    back = choice(View(report.id), turn.say("See what was handed in"))
    document = Document(STORED, {"sha256": file.sha256}, file.name)
    return [Outgoing(file.name, (back, *menu.back_to_menu(turn)), document=document, lasting=True)]


def correct(turn: Turn, pressed: Correct) -> Replies:
    """Open the report's answers on the review, each one tap from being asked again."""
    report = reports.hold_to_change(turn.db, turn.viewer, pressed.report, pressed.seen)
    if isinstance(report, Refused):
        return refused(turn, report, pressed.seen)
    form = turn.world.forms.get(turn.db, report.form_id, report.form_version)
    begun = start(form, report.answers, turn.now, language=turn.language)
    step = mending.opened(turn, form, without_optional(form, begun, turn.now), report)
    intro = "\n".join([turn.say("Correcting your report of {day}.", day=day_text(report.day)), *_why(turn, report)])
    return interviewing.begin(turn, form, step, report.unit_id, corrects=report, intro=intro)


def _why(turn: Turn, report: Report) -> Iterator[str]:
    """Say why a report was returned, beside its first question."""
    if report.state == ReportState.RETURNED:
        yield from why_returned(turn, report)


def withdraw(turn: Turn, pressed: Withdraw) -> Replies:
    """Ask first; then the report no longer counts, but its versions stay."""
    if pressed.sure != YES:
        report = reports.hold_to_change(turn.db, turn.viewer, pressed.report, pressed.seen)
        return refused(turn, report, pressed.seen) if isinstance(report, Refused) else _ask(turn, report)
    result = reports.withdraw(turn.db, turn.viewer, pressed.report, pressed.seen, turn.now)
    if isinstance(result, Refused):
        return refused(turn, result, pressed.seen)
    if isinstance(result, Requested):
        return asked(turn, result)
    tell(turn, result.notices)
    text, (again, offers) = turn.say("Withdrawn. It is no longer counted."), stands_again(turn, result.report)
    back = (*offers, choice(Mine(), turn.say("My reports")), *menu.back_to_menu(turn))
    return [Outgoing("\n".join([text, *counted_instead(turn, result), *again]), back, lasting=True)]


def _ask(turn: Turn, report: Report) -> Replies:
    say, what = turn.say, digest(turn, report)
    text = say(
        "Withdraw the report of {day} ({measure})? It will no longer be counted.", day=what.day, measure=what.measure
    )
    offers = (
        choice(Withdraw(report.id, report.revision, YES), say("Yes, withdraw"), say("withdraw")),
        choice(View(report.id), say("No, keep it")),
    )
    return [Outgoing(text, offers)]
