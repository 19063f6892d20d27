"""Shows a unit's figures of a period, with a picture, and the way to other periods and units."""

from collections.abc import Iterator

from handlers import menu
from handlers.context import Replies, Turn
from handlers.figures import submenus
from handlers.figures.asked import asked_of
from messages import Choice, Outgoing
from messages.actions import (
    Disputes,
    Missing,
    OtherPeriods,
    Summary,
    ViewIssued,
    Wards,
    choice,
)
from periods.period import Length, Period
from reports.narrowed_texts import narrowed_text
from reports.pictures.attendance import attendance_bars
from reports.since import changes_since
from reports.texts import summary_text
from services.access import may_see_figures
from services.figures import Overview, overview, period_for
from services.issuing import since_sent
from services.narrowing import code_of, filter_of
from services.results import Refused


def show_summary(turn: Turn, pressed: Summary) -> Replies:
    """Show a unit's figures of a period, in words and as a picture."""
    asked = asked_of(turn, pressed.unit, pressed.period)
    if asked is None:
        return menu.show_menu(turn)
    (unit, period), only = asked, filter_of(pressed.only)
    seen = overview(
        turn.db, turn.viewer, turn.plan, unit=unit, period=period, language=turn.language, only=only, compares=True
    )
    if isinstance(seen, Refused):
        return menu.show_menu(turn)
    narrowed = narrowed_text(turn.plan, turn.viewer.tree, only, turn.language)
    text = summary_text(seen.figures, seen.services, seen.beside, narrowed)
    pictures = (attendance_bars(seen.figures),) if seen.figures.reports and not narrowed else ()
    sent = None if narrowed else since_sent(turn.db, turn.viewer, seen.figures)
    whole = []
    if sent and (changes := changes_since(turn.say, sent.figures, seen.figures, lately=True)):
        text = f"{text}\n\n{changes.text}"
        if not changes.is_whole:
            whole.append(choice(ViewIssued(sent.document, 1), turn.say("All that has changed")))
    return [Outgoing(text, (*whole, *_choices(turn, seen)), pictures)]


def _choices(turn: Turn, seen: Overview) -> tuple[Choice, ...]:
    """A few buttons first; the rest is one tap away."""
    say, figures = turn.say, seen.figures
    unit, period, only = figures.unit, figures.period, code_of(figures.only)
    offers = [*_nearby(turn, seen, only), choice(OtherPeriods(unit, period, "", only), say("Other period…"))]
    offers += submenus.first_buttons(turn, unit, period, only)
    if only:
        offers.append(choice(Summary(unit, period), say("All reports")))
    elif seen.is_above and (owing := figures.completeness.missing.units):
        offers.append(choice(Missing(unit, period), say("Who has not reported ({count})", count=len(owing))))
    if seen.is_above and figures.disputed and not only:
        offers.append(choice(Disputes(unit), say("Figures that disagree ({count})", count=figures.disputed)))
    return (*offers, *_above(turn, unit, period, only), *menu.back_to_menu(turn))


def _above(turn: Turn, unit: str, period: Period, only: str) -> Iterator[Choice]:
    """Offer the unit in which this one lies, to those who see that too: "Toàn quận"."""
    tree = turn.viewer.tree
    above = tree.parent(unit)
    if above is None or not may_see_figures(turn.viewer, above.code):
        return
    level = turn.plan.levels.name(above.level, turn.language)
    is_root = above.code == tree.root.code
    label = turn.say("The whole {level}", level=level) if is_root else above.name
    yield choice(Summary(above.code, period, only), label)


def _nearby(turn: Turn, seen: Overview, only: str) -> list[Choice]:
    """Offer the period before, and the one after if it has begun."""
    say, unit, is_week = turn.say, seen.figures.unit, seen.figures.period.length is Length.WEEK
    label = say("← Week before") if is_week else say("← Period before")
    offers = [choice(Summary(unit, seen.before, only), label)]
    if seen.after is not None:
        label = say("Week after →") if is_week else say("Period after →")
        offers.append(choice(Summary(unit, seen.after, only), label))
    return offers


def choose_ward(turn: Turn, pressed: Wards) -> Replies:
    """Offer the units with chairs in another to look into: a district's wards, a city's districts."""
    period, tree = period_for(turn.viewer, pressed.period), turn.viewer.tree
    home = turn.viewer.home
    assert home is not None  # noqa: S101 (its roles are checked before a handler runs)
    chaired = tree.chaired(pressed.unit or home.unit)
    offers = tuple(choice(Summary(there.code, period), there.name) for there in chaired)
    return [Outgoing(turn.say("Which unit would you like to see?"), (*offers, *menu.back_to_menu(turn)))]
