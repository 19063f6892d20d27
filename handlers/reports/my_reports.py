"""The reports that a person may look at: their own, and for a chair or the secretariat those of their units.

One can be viewed, corrected or withdrawn by its author while they hold the unit, and once it was returned by whoever
holds it. What those above do to it is in `handlers.reports.checking`. Every version is kept.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from handlers import menu
from handlers.context import Replies, Turn, choice, number_at, period_at
from handlers.reports import interviewing
from handlers.reports.overtaken import overtake
from handlers.reports.showing import answers_for, in_hand, moved_on, not_yours, shown, visible
from handlers.wording import measure_text, short_measure
from interview import start
from messages import Choice, Outgoing
from messages.actions import YES, Correct, Withdraw
from periods.weeks import monday_of, week_of
from reports.wording import day_text, period_text
from rules.states import Deed, ReportState
from storage.records import submissions
from storage.records.submissions import Stored

PAGE = 6
_MARKS: Mapping[str, str] = {ReportState.RETURNED: " ⚠", ReportState.APPROVED: " ✓"}
"""What a list says of a report beside what it counts."""


def my_reports(turn: Turn, arguments: tuple[str, ...] = ()) -> Replies:
    """ "mine", "mine:all:<page>": this week's own reports, or all of them, a page at a time.

    On a Monday most of what people look for is in last week: it is shown while this one has nothing.
    """
    everything = bool(arguments)
    page = number_at(arguments, 1)
    since = None if everything else monday_of(week_of(turn.today))
    found = _own(turn, since, page)
    say = turn.say
    head = say("Your reports, newest first:") if everything else say("Your reports this week:")
    if not found:
        head = say("You have no reports yet.") if everything else say("You have no reports this week yet.")
    if since and not found and (found := _own(turn, since - timedelta(weeks=1), page)):
        head += " " + say("Those of last week:")
    offers = _entries(turn, found[:PAGE])
    if len(found) > PAGE:
        offers.append(choice(f"mine:all:{page + 1}", say("Earlier ones →")))
    elif not everything:
        offers.append(choice("mine:all:0", say("All my reports")))
    return [Outgoing(head, (*offers, *menu.back_to_menu(turn)))]


def _own(turn: Turn, since: date | None, page: int) -> list[Stored]:
    units = [role.unit_id for role in turn.viewer.roles]
    return submissions.by_person(turn.db, turn.person_id, units, since=since, offset=page * PAGE, limit=PAGE + 1)


def unit_reports(turn: Turn, arguments: tuple[str, ...]) -> Replies:
    """ "reports:<unit>:<period>:<page>": what came in from a unit and the units in it, for those above."""
    home = turn.viewer.home
    if home is None:
        return menu.show_menu(turn)
    unit = arguments[0] if arguments else home.unit
    period, page = period_at(turn, arguments, 1), number_at(arguments, 2)
    ids = turn.viewer.tree.inside(unit)
    found = submissions.in_units(turn.db, ids, period, offset=page * PAGE, limit=PAGE + 1)
    say = turn.say
    name = turn.viewer.tree.name(unit)
    head = say("{unit}, {period}:", unit=name, period=period_text(say, period))
    if not found:
        head += " " + say("no reports.")
    offers = _entries(turn, found[:PAGE], unit, page)
    if len(found) > PAGE:
        offers.append(choice(f"reports:{unit}:{period.code}:{page + 1}", say("More →")))
    offers.append(choice(f"summary:{unit}:{period.code}", say("Summary")))
    return [Outgoing(head, (*offers, *menu.back_to_menu(turn)))]


def _entries(turn: Turn, found: list[Stored], listed: str = "", page: int = 0) -> list[Choice]:
    """`listed` is the unit whose list this is, with all that lies in it; each entry knows the way back to its page."""
    back = f":{listed}:{page}" if listed else ""
    return [choice(f"view:{report.id}{back}", _line(turn, report, listed)) for report in found]


def _line(turn: Turn, report: Stored, listed: str) -> str:
    name = _among(turn, report, listed) if listed else turn.plan.short(report.activity, turn.language)
    mark = _MARKS.get(report.state, "")
    return f"{report.event_date.day}/{report.event_date.month} · {name} · {short_measure(turn.say, report)}{mark}"


def _among(turn: Turn, report: Stored, unit: str) -> str:
    """The reporting unit's name in the list of a unit: in a ward's, its ward need not be said."""
    ward = turn.viewer.tree.ward_of(report.unit)
    return report.unit_name if ward and ward.code == unit else turn.viewer.tree.title(report.unit)


def view(turn: Turn, arguments: tuple[str, ...]) -> Replies:
    """ "view:<id>", "view:<id>:<unit>:<page>" from a list: one report with what this person may do to it."""
    report = visible(turn, number_at(arguments))
    return shown(turn, report, arguments[1:]) if report else not_yours(turn)


def correct(turn: Turn, arguments: tuple[str, ...]) -> Replies:
    """The report's answers on the review, each one tap from being asked again."""
    pressed = Correct.read(arguments)
    report = _in_hand(turn, pressed.report, pressed.seen)
    if not isinstance(report, Stored):
        return report
    form = turn.world.forms.get(turn.db, report.form_id, report.form_version)
    step = start(form, report.answers, turn.now, language=turn.language)
    intro = turn.say("Correcting your report of {day}.", day=day_text(report.event_date))
    return interviewing.begin(turn, form, step, report.unit_id, corrects=report, intro=intro)


def withdraw(turn: Turn, arguments: tuple[str, ...]) -> Replies:
    """Asks first; then the report no longer counts, its versions stay."""
    pressed = Withdraw.read(arguments)
    report = _in_hand(turn, pressed.report, pressed.seen)
    if not isinstance(report, Stored):
        return report
    say = turn.say
    if pressed.sure != YES:
        text = say(
            "Withdraw the report of {day} ({measure})? It will no longer be counted.",
            day=day_text(report.event_date),
            measure=measure_text(say, report),
        )
        offers = (
            choice(Withdraw(report.id, report.revision, YES), say("Yes, withdraw"), say("withdraw")),
            choice(f"view:{report.id}", say("No, keep it")),
        )
        return [Outgoing(text, offers)]
    submissions.set_state(
        turn.db, report, state=ReportState.WITHDRAWN, person_id=turn.person_id, deed=Deed.WITHDRAW, now=turn.now
    )
    overtake(turn, report)
    back = (choice("mine", say("My reports")), *menu.back_to_menu(turn))
    return [Outgoing(say("Withdrawn. It is no longer counted."), back, lasting=True)]


def _in_hand(turn: Turn, report_id: int, seen: int) -> Stored | Replies:
    """The report, for whoever may change it and saw it as it is; else what is said instead."""
    report = in_hand(turn, report_id)
    if report is None or not turn.viewer.holds_in(report.unit_id):
        return _not_changed(turn, report)
    overtaken = moved_on(turn, report, seen)
    if overtaken:
        return overtaken
    return report if answers_for(turn, report) else _not_changed(turn, report)


def _not_changed(turn: Turn, report: Stored | None) -> Replies:
    if report is None or report.person_id != turn.person_id or turn.viewer.holds_in(report.unit_id):
        return not_yours(turn)
    text = turn.say(
        "You hold no role in {unit} any more, so its reports stay as they are. If something in this one is wrong, "
        "please tell the ward: it can return the report to whoever is there now.",
        unit=report.unit_name,
    )
    return [Outgoing(text, (choice("mine", turn.say("My reports")), *menu.back_to_menu(turn)))]
