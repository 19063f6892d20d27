"""The reports that a person may look at: their own, and for a chair or the secretariat those of their units.

One can be viewed, corrected or withdrawn by its author while they hold the unit, and once it was returned by whoever
holds it. What those above do to it is in `handlers.checking`. Every version is kept.
"""

from datetime import date, timedelta

from handlers import interviewing, menu
from handlers.context import ABOVE, Replies, Turn, choice, number_at, week_at
from handlers.sending import drop_corrections
from handlers.wording import measure_text, short_measure, state_text
from interview import start
from locales import Say
from messages import Choice, Outgoing, Picture
from reports.wording import day_text, week_text
from storage import people, submissions
from storage.submissions import Stored
from storage.weeks import monday_of, week_of

PAGE = 6


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
    units = [role.unit_id for role in turn.roles]
    return submissions.by_person(turn.db, turn.person_id, units, since=since, offset=page * PAGE, limit=PAGE + 1)


def unit_reports(turn: Turn, arguments: tuple[str, ...]) -> Replies:
    """ "reports:<unit>:<week>:<page>": what came in from a unit and the units in it, for those above."""
    home = turn.home
    if home is None:
        return menu.show_menu(turn)
    unit = arguments[0] if arguments else home.unit
    week, page = week_at(turn, arguments, 1), number_at(arguments, 2)
    ids = people.unit_ids_in(turn.db, unit)
    found = submissions.in_units(turn.db, ids, week, offset=page * PAGE, limit=PAGE + 1)
    say = turn.say
    name = turn.plan.name(unit, turn.language)
    head = say("{unit}, {week}:", unit=name, week=week_text(say, week))
    if not found:
        head += " " + say("no reports.")
    offers = _entries(turn, found[:PAGE], unit, page)
    if len(found) > PAGE:
        offers.append(choice(f"reports:{unit}:{week}:{page + 1}", say("More →")))
    offers.append(choice(f"summary:{unit}:{week}", say("Summary")))
    return [Outgoing(head, (*offers, *menu.back_to_menu(turn)))]


def _entries(turn: Turn, found: list[Stored], listed: str = "", page: int = 0) -> list[Choice]:
    """`listed` is the unit whose list this is, with all that lies in it; each entry knows the way back to its page."""
    back = f":{listed}:{page}" if listed else ""
    return [choice(f"view:{report.id}{back}", _line(turn, report, listed)) for report in found]


def _line(turn: Turn, report: Stored, listed: str) -> str:
    name = _among(turn, report, listed) if listed else turn.plan.short(report.activity, turn.language)
    mark = {"returned": " ⚠", "checked": " ✓"}.get(report.state, "")
    return f"{report.event_date.day}/{report.event_date.month} · {name} · {short_measure(turn.say, report)}{mark}"


def _among(turn: Turn, report: Stored, unit: str) -> str:
    """The reporting unit's name in the list of a unit: in a ward's, its ward need not be said."""
    ward = turn.plan.ward_of(report.unit) if report.unit in turn.plan.units else None
    return report.unit_name if ward and ward.code == unit else turn.plan.title(report.unit)


def view(turn: Turn, arguments: tuple[str, ...]) -> Replies:
    """ "view:<id>", "view:<id>:<unit>:<page>" from a list: one report with what this person may do to it."""
    report = visible(turn, arguments)
    if report is None:
        return not_yours(turn)
    say = turn.say
    answers = report.answers
    lines = [
        f"{turn.plan.title(report.unit)} · {turn.plan.short(report.activity, turn.language)}",
        say("{day} · {measure}", day=day_text(report.event_date), measure=measure_text(say, report)),
    ]
    if report.target_group:
        lines.append(say("For: {group}", group=turn.plan.name(report.target_group, turn.language)))
    labels = {"place": say("Place"), "topic": say("Topic"), "subject": say("About"), "note": say("Note")}
    lines += [f"{label}: {answers[name]}" for name, label in labels.items() if answers.get(name)]
    lines.append(say("State: {state} · by {person}", state=state_text(say, report.state), person=report.person))
    photos = submissions.photos_of(turn.db, report.id)
    if photos:
        lines.append(say.plural("{n} photo", "{n} photos", len(photos)))
    return [Outgoing("\n".join(lines), _choices(turn, report, arguments[1:]), _pictures(say, photos))]


def _pictures(say: Say, photos: list[str]) -> tuple[Picture, ...]:
    """The photos, by their hashes; each says which of them it is, for those who do not see them side by side."""
    alt, total = say("Photo of the activity"), len(photos)
    return tuple(
        Picture("stored", {"sha256": sha256}, f"{alt} {number}/{total}" if total > 1 else alt)
        for number, sha256 in enumerate(photos, 1)
    )


def _choices(turn: Turn, report: Stored, listed: tuple[str, ...]) -> tuple[Choice, ...]:
    say, offers = turn.say, []
    if _answers_for(turn, report):
        offers.append(choice(f"correct:{report.id}", say("Correct")))
        offers.append(choice(f"withdraw:{report.id}", say("Withdraw")))
    if report.person_id != turn.person_id and supervises(turn, report):
        if report.state != "checked":
            offers.append(choice(f"check:{report.id}", say("Checked ✓")))
        if report.state != "returned":
            offers.append(choice(f"return:{report.id}", say("Return for correction")))
    if supervises(turn, report):
        offers.append(the_list(turn, report, listed))
    return (*offers, *menu.back_to_menu(turn))


def correct(turn: Turn, arguments: tuple[str, ...]) -> Replies:
    """ "correct:<id>": the report's answers on the review, each one tap from being asked again."""
    report = visible(turn, arguments)
    if report is None or not _answers_for(turn, report):
        return _not_changed(turn, report)
    form = turn.world.forms.get(turn.db, report.form_id, report.form_version)
    step = start(form, report.answers, turn.now, language=turn.language)
    intro = turn.say("Correcting your report of {day}.", day=day_text(report.event_date))
    return interviewing.begin(turn, form, step, report.unit_id, corrects=report.id, intro=intro)


def withdraw(turn: Turn, arguments: tuple[str, ...]) -> Replies:
    """ "withdraw:<id>" asks, "withdraw:<id>:yes" does it: the report no longer counts, its versions stay."""
    report = visible(turn, arguments)
    if report is None or not _answers_for(turn, report):
        return _not_changed(turn, report)
    say = turn.say
    if arguments[1:] != ("yes",):
        text = say("Withdraw the report of {day}? It will no longer be counted.", day=day_text(report.event_date))
        offers = (
            choice(f"withdraw:{report.id}:yes", say("Yes, withdraw"), say("withdraw")),
            choice(f"view:{report.id}", say("No, keep it")),
        )
        return [Outgoing(text, offers)]
    submissions.set_state(turn.db, report, state="withdrawn", person_id=turn.person_id, action="withdraw", now=turn.now)
    drop_corrections(turn, report)
    back = (choice("mine", say("My reports")), *menu.back_to_menu(turn))
    return [Outgoing(say("Withdrawn. It is no longer counted."), back, lasting=True)]


def visible(turn: Turn, arguments: tuple[str, ...]) -> Stored | None:
    """The report that a choice names, if this person may see it."""
    report = submissions.find(turn.db, number_at(arguments))
    if report is None or not (report.person_id == turn.person_id or turn.sees_unit(report.unit)):
        return None
    return report


def _answers_for(turn: Turn, report: Stored) -> bool:
    """Whether the person may correct or withdraw a report."""
    is_theirs = report.person_id == turn.person_id or report.state == "returned"
    return is_theirs and report.state != "withdrawn" and turn.holds_in(report.unit_id)


def supervises(turn: Turn, report: Stored) -> bool:
    """Whether it is of a unit that the person looks after from above."""
    return turn.sees_unit(report.unit, ABOVE)


def the_list(turn: Turn, report: Stored, arguments: tuple[str, ...] = ()) -> Choice:
    """The way back to the list that a report was opened from (a unit and a page), else to that of its ward."""
    unit, page = arguments[0] if arguments else "", number_at(arguments, 1)
    if not turn.sees_unit(unit, ABOVE):
        ward = turn.plan.ward_of(report.unit) if report.unit in turn.plan.units else None
        unit, page = ward.code if ward else report.unit, 0
    return choice(f"reports:{unit}:{report.week}:{page}", turn.say("← The reports"))


def _not_changed(turn: Turn, report: Stored | None) -> Replies:
    if report is None or report.person_id != turn.person_id or turn.holds_in(report.unit_id):
        return not_yours(turn)
    text = turn.say(
        "You hold no role in {unit} any more, so its reports stay as they are. If something in this one is wrong, "
        "please tell the ward: it can return the report to whoever is there now.",
        unit=report.unit_name,
    )
    return [Outgoing(text, (choice("mine", turn.say("My reports")), *menu.back_to_menu(turn)))]


def not_yours(turn: Turn) -> Replies:
    """For a report that is not there, or not for this person."""
    return [
        Outgoing(
            turn.say("I cannot find that report among yours."),
            (choice("mine", turn.say("My reports")), *menu.back_to_menu(turn)),
        )
    ]
