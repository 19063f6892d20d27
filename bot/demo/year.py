"""The sample's year: who reports what in a week, when, and what becomes of it. Pure: a week is always the same.

Neighbourhoods have habits: most are reliable, some are late, a few are silent. Seasons come over all of them.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from bot.demo.invented import Answers, Season, answers_of, works_of
from periods.days import ZONE
from periods.weeks import week_of
from rules.levels import Level
from storage.directory.units import Unit, UnitsOfDay

SEED = 2020
FIRST_DAY = date(2019, 9, 30)
"""A Monday: the month a year before the demo begins, and the Action Month of 2019 with what came before it."""
FREE = {"2020-W04": "Tết Nguyên đán", "2020-W05": "Tết Nguyên đán"}
_DISTANCING = (date(2020, 3, 23), date(2020, 4, 26))
_ACTION_MONTH = ((11, 11), (12, 15))
_WOMENS_DAYS = ((3, 2, 8), (6, 22, 28), (10, 12, 20))
FORGOTTEN, LATE = timedelta(weeks=3), time(14)
"""How long a report waits for its approval, where a chair thinks of it late, and the time of day then."""
LONGEST_WAIT = 4
"""Weeks after the beginning of its own within which every report is sent."""


@dataclass(frozen=True, slots=True)
class Story:
    """A report, and what becomes of it. `same_as` marks reports of one event."""

    unit: Unit
    answers: Answers
    sent: datetime
    approved: datetime | None = None
    returned: datetime | None = None
    mended: datetime | None = None
    same_as: str = ""


@dataclass(frozen=True, slots=True)
class NilStory:
    """A neighbourhood's word that nothing took place."""

    unit: Unit
    week: str
    sent: datetime


def season_of(monday: date) -> Season:
    """The season of a week; days of two seasons go to the livelier one."""
    sunday = monday + timedelta(days=6)
    if week_of(monday) in FREE:
        return Season.HOLIDAYS
    if _DISTANCING[0] <= monday <= _DISTANCING[1]:
        return Season.DISTANCING
    first, last = (date(monday.year, *day) for day in _ACTION_MONTH)
    if first <= sunday and monday <= last:
        return Season.ACTION_MONTH
    days = ((date(monday.year, month, a), date(monday.year, month, b)) for month, a, b in _WOMENS_DAYS)
    return Season.WOMENS_DAYS if any(a <= sunday and monday <= b for a, b in days) else Season.USUAL


@lru_cache(maxsize=LONGEST_WAIT + 2)  # the clock moves on in small steps, and each looks at the same weeks
def week_stories(units: UnitsOfDay, monday: date, own: str) -> tuple[Story | NilStory, ...]:
    """All that is said of a week, by all units but `own`."""
    return tuple(_stories(units, monday, own))


def _stories(units: UnitsOfDay, monday: date, own: str) -> Iterator[Story | NilStory]:
    season, week = season_of(monday), week_of(monday)
    for unit in units.of_level(Level.NEIGHBOURHOOD, Level.WARD, Level.AGENCY):
        chance = random.Random(f"{SEED} {unit.code} {week}")  # noqa: S311 (the same sample every time)
        if unit.code != own:
            yield from _unit_week(units, unit, monday, season, chance)
    yield from _one_event(units, monday)


def _unit_week(
    units: UnitsOfDay, unit: Unit, monday: date, season: Season, chance: random.Random
) -> Iterator[Story | NilStory]:
    share = season.share * _habit(unit)
    if chance.random() < share:
        yield from _report(units, unit, monday, season, chance)
        if season is Season.ACTION_MONTH and chance.random() < 0.3:
            yield from _report(units, unit, monday, season, chance)
    elif unit.level is Level.NEIGHBOURHOOD and chance.random() < season.nil:
        late = chance.random() < 0.15
        yield NilStory(unit, week_of(monday), _at(monday + timedelta(days=8 if late else 5), 10, chance))


def _habit(unit: Unit) -> float:
    """How reliable a unit is; above 1 it reports nearly always."""
    chance = random.Random(f"{SEED} {unit.code}")  # noqa: S311 (the same sample every time)
    if unit.level is Level.AGENCY:
        return 0.28
    if unit.level is Level.WARD:
        return chance.uniform(0.45, 0.8)
    return 0.25 if chance.random() < 0.06 else chance.uniform(0.75, 1.35)


def _report(units: UnitsOfDay, unit: Unit, monday: date, season: Season, chance: random.Random) -> Iterator[Story]:
    ward = units.ward_around(unit)
    works = works_of(unit, ward.code if ward else "", season, monday.month)
    if not works:
        return
    work = chance.choices(works, [each.weight for each in works])[0]
    day = monday + timedelta(days=chance.choices(range(7), (2, 2, 3, 3, 4, 5, 2))[0])
    late = chance.random() < 0.09
    sent = _at(monday + timedelta(days=7 + chance.randrange(1, 9)), 9, chance) if late else _at(day, 19, chance)
    returned = _at(local(sent) + timedelta(days=2), 8, chance) if chance.random() < 0.035 else None
    mended = _at(local(returned) + timedelta(days=chance.randrange(1, 6)), 20, chance) if returned else None
    seen = local(mended or sent) + timedelta(days=chance.randrange(1, 9))
    approved = _at(seen, 14, chance) if chance.random() < 0.93 else datetime.combine(seen + FORGOTTEN, LATE, ZONE)
    yield Story(unit, answers_of(units, unit, work, day, chance), sent, approved, returned, mended)


def _at(day: date, hour: int, chance: random.Random) -> datetime:
    return datetime(day.year, day.month, day.day, hour, chance.randrange(60), tzinfo=ZONE)


def local(moment: datetime) -> date:
    """The local day of one of these moments."""
    return moment.astimezone(ZONE).date()


# The two events that were reported twice: with the same figures, and with figures that disagree.
_TWICE = (
    (date(2019, 11, 15), "A1.4", "P10", (130, 64), "P10-KP03", (130, 64)),
    (date(2020, 10, 20), "A2", "P10", (96, 41), "P10-KP02", (60, 22)),
)


def _one_event(units: UnitsOfDay, monday: date) -> Iterator[Story]:
    for day, activity, one, first, other, second in _TWICE:
        if monday <= day < monday + timedelta(days=7):
            for code, (women, men), hour in ((one, first, 17), (other, second, 20)):
                hidden: Answers = {"level": str(units[code].level), "unit": code, "ward": "P10", "kind": "event"}
                said: Answers = {"activity": activity, "date": day.isoformat(), "place_unit": "P10"}
                counts: Answers = {"group": "residents", "women": women, "men": men}
                sent = datetime(day.year, day.month, day.day, hour, 5, tzinfo=ZONE)
                yield Story(units[code], hidden | said | counts, sent, same_as=day.isoformat())
