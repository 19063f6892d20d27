"""Shows who owes a week: ward by ward, or in one ward unit by unit with its people, who can be asked with a tap."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from handlers import menu
from handlers.context import Replies, Turn
from messages import Choice, Outgoing
from messages.actions import InPlace, Missing, MissingTable, Nudge, Participants, Summary, choice
from messages.channels import Ability, can
from periods.days import local_day
from periods.period import Period, before, week_around
from reports.figures import Figures, WeekUnit
from reports.wording import day_text, period_text
from services.access import in_place_of, may_invite
from services.figures import missing, week_for
from services.late_weeks import Late, late
from services.results import Refused

MISSING_PAGE = 40
"""Units on a page of names: about a thousand characters."""
PEOPLE_PAGE = 8
"""Units on a page with their people: each has a button."""


def show_missing(turn: Turn, pressed: Missing) -> Replies:
    """Show all who owe the week, a page at a time."""
    figures = asked_for(turn, pressed)
    if isinstance(figures, Refused):
        return menu.show_menu(turn)
    unit, week = figures.unit, figures.period
    is_wide = bool(turn.viewer.tree.chaired(unit))
    size = MISSING_PAGE if is_wide else PEOPLE_PAGE
    lines, offers = (_by_ward if is_wide else _with_people)(turn, figures, pressed.page)
    owing, mending = figures.completeness.missing.count, figures.completeness.mending.units or ()
    first, last = pressed.page * size, (pressed.page + 1) * size
    lines += _mending(turn, mending[max(first - owing, 0) : max(last - owing, 0)])
    if owing + len(mending) > last:
        offers.insert(0, choice(Missing(unit, week, pressed.page + 1), turn.say("More →")))
    return [Outgoing("\n".join(lines), (*offers, *_further(turn, figures), *menu.back_to_menu(turn)))]


def asked_for(turn: Turn, pressed: Missing | MissingTable) -> Figures | Refused:
    """The figures of the week that a button names, in the unit that it names; else of this week, of one's own unit."""
    home = turn.viewer.home
    assert home is not None  # noqa: S101 (its roles are checked before a handler runs)
    unit, week = pressed.unit or home.unit, week_for(turn.viewer, pressed.week)
    return missing(turn.db, turn.viewer, turn.plan, unit=unit, week=week, language=turn.language)


def _mending(turn: Turn, shown: Sequence[WeekUnit]) -> Iterator[str]:
    """Name those who mend what was returned, which come after those who owe the week."""
    wards = [(ward, ", ".join(unit.name for unit in units)) for ward, units in groupby(shown, lambda unit: unit.ward)]
    if wards:
        named = [f"{ward}: {names}" for ward, names in wards] if len(wards) > 1 else [wards[0][1]]
        yield turn.say("Being mended: {units}", units="; ".join(named))


def _head(turn: Turn, figures: Figures) -> str:
    count = figures.completeness.missing.count
    week = period_text(turn.say, figures.period)
    return turn.say("{unit}, {week}, not reported: {count}", unit=figures.title, week=week, count=count)


def _further(turn: Turn, figures: Figures) -> Iterator[Choice]:
    """Offer what else can be done about the week, and the week beside it."""
    say, unit, week = turn.say, figures.unit, figures.period
    owing = figures.completeness.missing.units or ()
    if owing and can(turn.channel, Ability.TABLES):
        yield choice(MissingTable(unit, week), say("As a table"))
    if owing and in_place_of(turn.viewer, turn.viewer.tree[owing[0].code].id):
        yield choice(InPlace(unit), say("Report in their place"))
    yield choice(Missing(unit, _beside(turn, week)), say("This week") if _is_over(turn, week) else say("Last week"))
    yield choice(Summary(unit, week), say("Summary"))


def _is_over(turn: Turn, week: Period) -> bool:
    return week.last < turn.today


def _beside(turn: Turn, week: Period) -> Period:
    return week_around(turn.today) if _is_over(turn, week) else before(week)


def _by_ward(turn: Turn, figures: Figures, page: int) -> tuple[list[str], list[Choice]]:
    """Name the units ward by ward; each ward is a tap away."""
    say, week, owing = turn.say, figures.period, figures.completeness.missing.units or ()
    shown = owing[page * MISSING_PAGE : (page + 1) * MISSING_PAGE]
    lines, offers = [_head(turn, figures)], list[Choice]()
    for ward, units in groupby(shown, key=lambda owing_unit: owing_unit.ward):
        inside = list(units)
        lines.append(f"• {ward}: {', '.join(neighbourhood.name for neighbourhood in inside)}")
        above = turn.viewer.tree.parent(inside[0].code)
        if above is not None:
            offers.append(choice(Missing(above.code, week), say("{unit}: who, and ask them", unit=above.name)))
    return lines, offers


def _with_people(turn: Turn, figures: Figures, page: int) -> tuple[list[str], list[Choice]]:
    """Name the units with the people who answer for them, when they were last here, and a button for each."""
    say, unit, week = turn.say, figures.unit, figures.period
    owing = late(turn.db, turn.viewer, turn.plan, unit=unit, week=week, language=turn.language)
    listed: Sequence[Late] = () if isinstance(owing, Refused) else owing
    shown = listed[page * PEOPLE_PAGE : (page + 1) * PEOPLE_PAGE]
    lines = [_head(turn, figures), *(_line(turn, unit, each) for each in shown)]
    asked = [each for each in listed if each.members]
    offers = [choice(Nudge(unit, week), say("Ask all of them"))] if len(asked) > 1 else []
    for each in shown:
        if each.members:
            label = say("Ask {name}, {unit}", name=each.members[0].name, unit=each.unit.name)
            offers.append(choice(Nudge(each.unit.code, week), label))
    alone = next((each.unit for each in listed if not each.members), None)
    if alone and may_invite(turn.viewer, alone.role or "", alone.code):  # nobody can be asked there, but invited
        offers.append(choice(Participants(unit=unit), say("Who has come")))
    return lines, offers


def _line(turn: Turn, unit: str, there: Late) -> str:
    say, name = turn.say, turn.viewer.tree.name_in(there.unit, unit)
    if not there.members:
        return say("• {unit}: nobody takes part yet", unit=name)
    people = []
    for member in there.members:
        used = day_text(local_day(member.last_used_at)) if member.last_used_at else say("never")
        people.append(say("{name} (last here {day})", name=member.name, day=used))
    return f"• {name}: {'; '.join(people)}"
