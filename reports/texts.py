"""A period's figures as a message: short enough for one screen of a phone and one message of any channel.

It stays within `MAX_LENGTH` whatever the figures, by showing fewer lines rather than by being cut; the picture that
goes with it has every line.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby

from locales import Say, number, texts
from periods.period import Length
from reports.figures import Completeness, FigureRow, Figures, WeekUnit
from reports.help import HelpRow, Services
from reports.wording import (
    as_they_were,
    how_many_reported,
    how_many_weeks,
    joined,
    moment,
    period_title,
    restated_text,
    services_text,
    sexes,
)
from rules.levels import Level
from rules.timeliness import timely_until

MAX_LENGTH = 1_900
"""Zalo takes 2,000 characters; a greeting may come before the figures."""
LINES = ((6, 4), (4, 2), (2, 1))
"""How many units, and how many activities or target groups, are named: the first pair with which the text fits."""
MAX_NAME = 45
MAX_NAMED_LENGTH = 300
"""Characters of a list of those who have not reported: all of a ward's 24 neighbourhoods, all of 16 wards."""


def summary_text(figures: Figures, services: Services | None = None) -> str:
    """The message, in the summary's language; `services` as `reports.published` shows them to its reader."""
    say = texts(figures.language)
    helped = services.whole if services else HelpRow.whole(figures.unit, figures.title, figures.helped)
    candidates = (_text(figures, helped, units, others, say) for units, others in LINES)
    return next(text for text in candidates if len(text) <= MAX_LENGTH)


def _text(figures: Figures, services: HelpRow, units: int, others: int, say: Say) -> str:
    parts = (
        _head(figures, services, say),
        _units(figures, units, say),
        _breakdown(say("By activity:"), figures.by_activity, others, say),
        _breakdown(say("By target group:"), [row for row in figures.by_group if row.code], others, say),
        _reporting(figures, say),
        _disputed(figures, say),
        _foot(figures, say),
    )
    return "\n\n".join(part for part in parts if part)


def _head(figures: Figures, services: HelpRow, say: Say) -> str:
    lines = [f"{period_title(say, figures.period)} – {_short(figures.title, 2 * MAX_NAME)}"]
    if figures.basis.units_of:
        lines.append(restated_text(say, figures.basis))
    if figures.sample:
        lines.append(say("SAMPLE DATA: made up to try the bot, not real reports."))
    if figures.reports:
        lines.append(_counted(figures, say))
        if services.total:
            lines.append(services_text(say, services))
    else:
        lines.append(say("No activity has been reported."))
    return "\n".join(lines)


def _counted(figures: Figures, say: Say) -> str:
    if not figures.people.total:
        return _activities_counted(figures.reports, say)
    visits = say(
        "{total} visits ({sexes})", total=number(figures.people.total, say.language), sexes=sexes(say, figures.people)
    )
    return f"{_activities_counted(figures.reports, say)}, {visits}"


def _line(row: FigureRow, say: Say) -> str:
    name, reports = _short(row.short), _activities_counted(row.reports, say)
    if not row.attendance:
        return f"• {name}: {reports}"
    return f"• {name}: {sexes(say, row.people)} ({reports})"


def _activities_counted(reports: int, say: Say) -> str:
    return say.plural("{count} activity", "{count} activities", reports, count=number(reports, say.language))


def _units(figures: Figures, limit: int, say: Say) -> str:
    if [row.code for row in figures.by_unit] == [figures.unit]:
        return ""
    heading = say("By {levels}:", levels=joined(say, figures.parts))
    return _breakdown(heading, figures.by_unit, limit, say)


def _breakdown(heading: str, rows: Iterable[FigureRow], limit: int, say: Say) -> str:
    """The lines that count most, and how many there are beside them."""
    ordered = sorted(rows, key=lambda row: (-row.attendance, -row.reports))
    if not ordered:
        return ""
    lines = [_line(row, say) for row in ordered[:limit]]
    if len(ordered) > limit:
        lines.append(say("…and {count} more", count=len(ordered) - limit))
    return "\n".join([heading, *lines])


def _reporting(figures: Figures, say: Say) -> str:
    """How many of those that owe a week reported, and who did not."""
    kept, is_week = figures.completeness, figures.period.length is Length.WEEK
    if not kept.expected:
        return say("A free week: nobody was expected to report.") if is_week and kept.free else ""
    if not is_week:
        return "\n".join(filter(None, (how_many_weeks(say, kept.received, kept.expected), _free(kept, say))))
    if figures.unit_level == Level.NEIGHBOURHOOD:
        return _own_report(kept, say)
    lines = [how_many_reported(say, kept.received, kept.expected, figures.owing)]
    if figures.as_of >= timely_until(figures.period.code) and 0 < kept.received != kept.on_time:
        lines.append(say("On time: {count}", count=kept.on_time))
    if kept.nil.count:
        lines.append(say("Without activity: {count} {owing}", count=kept.nil.count, owing=figures.owing))
    if kept.mending.units:
        lines.append(say("Being mended: {units}", units=_named(kept.mending.units, say)))
    if kept.missing.units and kept.received:
        lines.append(say("Not yet: {units}", units=_named(kept.missing.units, say)))
    if kept.late:
        lines.append(say("Added after the deadline: {count}", count=kept.late))
    return "\n".join(lines)


def _disputed(figures: Figures, say: Say) -> str:
    if not figures.disputed:
        return ""
    return say.plural("Figures that disagree: {n} event", "Figures that disagree: {n} events", figures.disputed)


def _free(kept: Completeness, say: Say) -> str:
    """The free weeks of a longer period, by their numbers."""
    numbers = ", ".join(str(int(week[6:])) for week in kept.free)
    return say("Free weeks: {numbers}", numbers=numbers) if numbers else ""


def _own_report(week: Completeness, say: Say) -> str:
    if week.nil.count:
        return say("It was reported that there was no activity.")
    if week.mending.count:
        return say("The report was returned and is being mended.")
    if week.late:
        return say("The report was added after the deadline.")
    return say("There is no report yet.") if week.missing.count else ""


def _named(units: Iterable[WeekUnit], say: Say) -> str:
    """Names units line by line: a ward's neighbourhoods by their names, a district's by their wards, with counts."""
    by_line = groupby(units, key=lambda unit: unit.line)
    return _listed([_named_on(line, [unit.name for unit in there]) for line, there in by_line], say)


def _named_on(line: str, units: Sequence[str]) -> str:
    """A line with some units on it: by its name if it is one of them, else with how many are in it."""
    return _short(line) if units == [line] else f"{_short(line)} ({len(units)})"


def _listed(names: list[str], say: Say) -> str:
    """As many names as fit, and how many do not."""
    shown: list[str] = []
    for name in names:
        if len(", ".join([*shown, _short(name)])) > MAX_NAMED_LENGTH:
            break
        shown.append(_short(name))
    left = len(names) - len(shown)
    return ", ".join([*shown, say("…and {n} others", n=left)] if left else shown)


def _foot(figures: Figures, say: Say) -> str:
    lines = [*as_they_were(say, figures.basis), say("As of {when}.", when=moment(say, figures.as_of))]
    if figures.sample_units:
        lines.insert(0, say("The list of {owing} is a sample.", owing=figures.owing))
    return "\n".join(lines)


def _short(name: str, most: int = MAX_NAME) -> str:
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"
