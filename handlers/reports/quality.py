"""Shows those above where advice may help: by unit and matter, down to the reports. It ranks nobody."""

from collections.abc import Callable, Iterator, Mapping

from handlers import menu
from handlers.context import Replies, Turn
from handlers.reports.digested import digest
from handlers.reports.digests import days
from locales import Say
from messages import Choice, Outgoing
from messages.actions import ShowQuality, View, choice
from periods.period import Length, Period, around, before
from reports.wording import period_text, period_title
from rules.quality import Matter
from services import quality
from services.quality import Quality
from services.results import Refused

PAGE = 8

_MATTERS: Mapping[Matter, Callable[[Say, int], str]] = {
    Matter.LATE: lambda say, n: say("{n} late", n=n),
    Matter.RETURNED: lambda say, n: say("{n} returned", n=n),
    Matter.WARNED: lambda say, n: say("{n} sent with a warning", n=n),
    Matter.DISPUTED: lambda say, n: say("{n} with figures that disagree", n=n),
    Matter.UNSORTED: lambda say, n: say("{n} without women and men", n=n),
}
"""Texts for what is counted, by what it is."""


def show(turn: Turn, pressed: ShowQuality) -> Replies:
    """Show the units in one with what deserves advice, one unit with its matters, or the reports of a matter."""
    home = turn.viewer.home
    if home is None:
        return menu.show_menu(turn)
    unit, period = pressed.unit or home.unit, pressed.period or around(Length.MONTH, turn.today)
    if pressed.matter in list(Matter):
        return _reports(turn, unit, period, Matter(pressed.matter), pressed.page)
    rows = quality.quality(turn.db, turn.viewer, unit, period)
    if isinstance(rows, Refused):
        return menu.show_menu(turn)
    return _units(turn, unit, period, rows, pressed.page)


def _units(turn: Turn, unit: str, period: Period, rows: tuple[Quality, ...], page: int) -> Replies:
    say, shown = turn.say, rows[page * PAGE : (page + 1) * PAGE]
    about = {"unit": turn.viewer.tree.title(unit), "period": period_text(say, period)}
    head = (
        say("Where advice may help, {unit}, {period}. Only you see this; it ranks nobody.", **about)
        if rows
        else say("{unit}, {period}: nothing that needs advice.", **about)
    )
    lines = [
        f"• {row.unit.name} ({say.plural('{n} report', '{n} reports', row.reports)}): {_said(say, row)}"
        for row in shown
    ]
    offers = [each for row in shown for each in _into(turn, unit, period, row)]
    if len(rows) > (page + 1) * PAGE:
        offers.append(choice(ShowQuality(unit, period, "", page + 1), say("More →")))
    earlier = before(period)
    offers.append(choice(ShowQuality(unit, earlier), period_title(say, earlier)))
    return [Outgoing("\n".join([head, *lines]), (*offers, *menu.back_to_menu(turn)))]


def _said(say: Say, row: Quality) -> str:
    return " · ".join(_MATTERS[matter](say, count) for matter, count in row.matters.items())


def _into(turn: Turn, unit: str, period: Period, row: Quality) -> Iterator[Choice]:
    """A unit opens; one without others in it opens its reports, matter by matter."""
    if row.unit.code != unit:
        yield choice(ShowQuality(row.unit.code, period), row.unit.name)
        return
    for matter, count in row.matters.items():
        yield choice(ShowQuality(unit, period, matter), _MATTERS[matter](turn.say, count))


def _reports(turn: Turn, unit: str, period: Period, matter: Matter, page: int) -> Replies:
    say, at = turn.say, page * PAGE
    found = quality.reports_of(turn.db, turn.viewer, unit, period, matter, offset=at, limit=PAGE)
    if isinstance(found, Refused):
        return menu.show_menu(turn)
    count, shown = found
    offers = [
        choice(View(report.id, unit), f"{days(report, turn.today)} · {digest(turn, report).title}") for report in shown
    ]
    if count > at + PAGE:
        offers.append(choice(ShowQuality(unit, period, matter, page + 1), say("More →")))
    offers.append(choice(ShowQuality(unit, period), say("← Back")))
    title = say("{unit}, {period}:", unit=turn.viewer.tree.title(unit), period=period_text(say, period))
    what = _MATTERS[matter](say, count) if count else say("no reports.")
    return [Outgoing(f"{title} {what}", (*offers, *menu.back_to_menu(turn)))]
