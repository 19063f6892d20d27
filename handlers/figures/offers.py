"""What can be had of a unit's figures of a period beside the text, in two tables: pictures with tables, and files.

A line is all that it takes to offer one more: the button under "Pictures, tables…" or "Files…" and the word by which
people ask for it ("xuất excel", "biểu đồ tháng 10") both come from here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from handlers.context import Turn
from locales import Say
from messages import Choice
from messages.actions import Action, Export, FigureTable, IssuedList, Letters, ShareOut, ShowPicture, choice
from periods.period import Period
from reports.pictures.asked import PictureKind, has_days
from rules.levels import Level
from services.access import may_export, may_have_letters, may_see_figures, may_see_reports
from services.exporting import shares_with
from services.pictures import may_see_picture
from services.viewer import Viewer


def of_any_period(_: Period) -> bool:
    """It is there of every period."""
    return True


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing to get: its button, and the action that gets it for a unit's code and a period."""

    key: str
    """By which `conversation.readers.figures_asked` names it: "excel", "word", "csv", "table", "trend", …"""
    label: Callable[[Say], str]
    action: Callable[[str, Period], Action]
    may: Callable[[Viewer, str], bool] = may_see_figures
    """Who gets it; the action's own roles are asked once more when it is pressed."""
    fits: Callable[[Period], bool] = of_any_period
    """Of which periods there is one."""


def _pictures(key: str, kind: PictureKind, label: Callable[[Say], str], fits: Callable[[Period], bool]) -> Offer:
    return Offer(key, label, partial(ShowPicture, kind=kind.value), partial(_may_see, kind), fits)


def _may_see(kind: PictureKind, viewer: Viewer, unit: str) -> bool:
    return may_see_picture(viewer, kind, unit)


PICTURES: tuple[Offer, ...] = (
    Offer("table", lambda say: say("Table"), FigureTable),
    _pictures("trend", PictureKind.WEEKS, lambda say: say("Trend, 12 weeks"), of_any_period),
    _pictures("months", PictureKind.MONTHS, lambda say: say("Trend, 12 months"), of_any_period),
    _pictures("calendar", PictureKind.CALENDAR, lambda say: say("Calendar of reports"), of_any_period),
    _pictures("targets", PictureKind.TARGETS, lambda say: say("Targets as a picture"), of_any_period),
    _pictures("days", PictureKind.DAYS, lambda say: say("Day by day"), has_days),
    _pictures("days", PictureKind.ACTION_MONTH, lambda say: say("Action Month, day by day"), of_any_period),
)
"""Pictures and tables."""
FILES: tuple[Offer, ...] = (
    Offer("excel", lambda say: say("Excel"), partial(Export, form="xlsx"), may_export),
    Offer("csv", lambda say: say("CSV (for data programs)"), partial(Export, form="csv"), may_export),
    Offer("word", lambda say: say("Word"), Letters, may_have_letters),
    Offer("share", lambda say: say("Send to the wards"), ShareOut, partial(shares_with, Level.WARD)),
    Offer("share", lambda say: say("Send to the districts"), ShareOut, partial(shares_with, Level.DISTRICT)),
    Offer("issued", lambda say: say("Issued documents"), lambda _unit, _period: IssuedList(), may_see_reports),
)
"""Files."""


def offered(turn: Turn, offers: tuple[Offer, ...], unit: str, period: Period) -> Iterator[Choice]:
    """Make the buttons of what this person can get of a unit and period."""
    for offer in offers:
        if offer.fits(period) and offer.may(turn.viewer, unit):
            yield choice(offer.action(unit, period), offer.label(turn.say))


def find(turn: Turn, key: str, unit: str, period: Period) -> Action | None:
    """Find what is asked for by its word; `None` if there is no such thing for this person, unit and period."""
    named = (offer for offer in (*PICTURES, *FILES) if offer.key == key)
    return next(
        (offer.action(unit, period) for offer in named if offer.fits(period) and offer.may(turn.viewer, unit)), None
    )
