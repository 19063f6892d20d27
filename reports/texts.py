"""A period's figures as a message: short enough for one screen of a phone and one message of any channel.

It stays within `MAX_LENGTH` whatever the figures, by showing fewer lines rather than by being cut; the picture that
goes with it has every line.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby

from locales import Say, number, texts
from periods.period import Length
from reports.beside import Beside
from reports.compared_texts import compared_text
from reports.figures import Completeness, FigureRow, Figures, WeekUnit
from reports.filtering import ALL
from reports.help import HelpRow, Services
from reports.kinds_texts import activities_text, kinds_text
from reports.wording import (
    MAX_NAME,
    as_they_were,
    free_weeks,
    how_many_reported,
    how_many_weeks,
    joined,
    moment,
    period_title,
    restated_text,
    services_text,
    sexes,
    shortened,
)
from rules.levels import Level
from rules.timeliness import timely_until

MAX_LENGTH = 1_900
"""Zalo takes 2,000 characters; a greeting may come before the figures."""
LINES = ((6, 4), (4, 2), (2, 1))
"""How many units, and how many activities or target groups, are named: the first pair with which the text fits."""
MAX_NAMED_LENGTH = 300
"""Characters of a list of those who have not reported: all of a ward's 24 neighbourhoods, all of 16 wards."""


def summary_text(
    figures: Figures, services: Services | None = None, beside: Beside | None = None, narrowed: str = ""
) -> str:
    """The message, in the summary's language; `services` as `reports.published` shows them to its reader.

    `narrowed` says to which reports the figures are narrowed, if to any.
    """
    say = texts(figures.language)
    helped = services.whole if services else HelpRow.whole(figures.unit, figures.title, figures.helped)
    head = _head(figures, helped, narrowed, say)
    compared = compared_text(say, beside) if beside else ""
    candidates = (_text(figures, (head, compared), units, others, say) for units, others in LINES)
    return next(text for text in candidates if len(text) <= MAX_LENGTH)


def _text(figures: Figures, first: tuple[str, ...], units: int, others: int, say: Say) -> str:
    parts = (
        *first,
        _units(figures, units, say),
        _breakdown(say("By activity:"), figures.by_activity, others, say),
        _breakdown(say("By target group:"), [row for row in figures.by_group if row.code], others, say),
        _reporting(figures, say) if figures.only == ALL else "",
        _disputed(figures, say),
        _foot(figures, say),
    )
    return "\n\n".join(part for part in parts if part)


def _head(figures: Figures, services: HelpRow, narrowed: str, say: Say) -> str:
    lines = [f"{period_title(say, figures.period)} – {shortened(figures.title, 2 * MAX_NAME)}"]
    if figures.basis.units_of:
        lines.append(restated_text(say, figures.basis))
    if narrowed:
        lines.append(say("Only: {what}", what=narrowed))
    if figures.sample:
        lines.append(say("SAMPLE DATA: made up to try the bot, not real reports."))
    if figures.reports:
        lines.append(_counted(figures, say))
        if services.total:
            lines.append(services_text(say, services))
        if figures.not_approved:
            lines.append(_not_approved(figures, say))
    else:
        lines.append(say("No activity has been reported."))
    return "\n".join(lines)


def _counted(figures: Figures, say: Say) -> str:
    activities = kinds_text(say, figures.reports, figures.by_kind)
    if not figures.people.total:
        return activities
    visits = say(
        "{total} visits ({sexes})", total=number(figures.people.total, say.language), sexes=sexes(say, figures.people)
    )
    return f"{activities}, {visits}"


def _not_approved(figures: Figures, say: Say) -> str:
    """The share that nobody has approved yet."""
    counts = (number(count, say.language) for count in (figures.not_approved, figures.reports))
    return say("Not yet approved: {count} of {all} reports", **dict(zip(("count", "all"), counts, strict=True)))


def _line(row: FigureRow, say: Say) -> str:
    name, reports = shortened(row.short), activities_text(say, row.reports)
    if not row.attendance:
        return f"• {name}: {reports}"
    return f"• {name}: {sexes(say, row.people)} ({reports})"


def _units(figures: Figures, limit: int, say: Say) -> str:
    if [row.code for row in figures.by_unit] == [figures.unit]:
        return ""
    heading = say("By {levels}:", levels=joined(say, figures.parts))
    return _breakdown(heading, figures.by_unit, limit, say)


def _breakdown(heading: str, rows: Iterable[FigureRow], limit: int, say: Say) -> str:
    """The lines that count most; the heading says of how many, and the details have all of them."""
    ordered = sorted(rows, key=lambda row: (-row.attendance, -row.reports))
    if not ordered:
        return ""
    if len(ordered) > limit:
        which = say("the {shown} with most visits, of {all}", shown=limit, all=len(ordered))
        heading = f"{heading.removesuffix(':')} ({which}):"
    return "\n".join([heading, *(_line(row, say) for row in ordered[:limit])])


def _reporting(figures: Figures, say: Say) -> str:
    """How many of those that owe a week reported, and who did not."""
    kept, is_week = figures.completeness, figures.period.length is Length.WEEK
    if not kept.expected:
        return say("A free week: nobody was expected to report.") if is_week and kept.free else ""
    if not is_week:
        return "\n".join(filter(None, (how_many_weeks(say, kept.received, kept.expected), free_weeks(say, kept.free))))
    if figures.unit_level == Level.NEIGHBOURHOOD:
        return _own_report(kept, say)
    lines = [how_many_reported(say, kept.received, kept.expected, figures.owing)]
    if figures.as_of >= timely_until(figures.period.code) and 0 < kept.received != kept.on_time:
        lines.append(say("On time: {count}", count=kept.on_time))
    if kept.nil.count:
        lines.append(say("Without activity: {count} {owing}", count=kept.nil.count, owing=figures.owing))
    if kept.mending.units:
        lines.append(say("Being mended: {units}", units=_named(kept.mending.units, figures.owing)))
    if kept.missing.units and kept.received:
        lines.append(say("Not yet: {units}", units=_named(kept.missing.units, figures.owing)))
    if kept.late:
        lines.append(say("Added after the deadline: {count}", count=kept.late))
    return "\n".join(lines)


def _disputed(figures: Figures, say: Say) -> str:
    if not figures.disputed:
        return ""
    return say.plural("Figures that disagree: {n} event", "Figures that disagree: {n} events", figures.disputed)


def _own_report(week: Completeness, say: Say) -> str:
    if week.nil.count:
        return say("It was reported that there was no activity.")
    if week.mending.count:
        return say("The report was returned and is being mended.")
    if week.late:
        return say("The report was added after the deadline.")
    return say("There is no report yet.") if week.missing.count else ""


def _named(units: Sequence[WeekUnit], owing: str) -> str:
    """Names units line by line: a ward's neighbourhoods by their names, a district's by their wards, with counts.

    Where they are too many for that, it says how many they are: the list of them has pages.
    """
    by_line = groupby(units, key=lambda unit: unit.line)
    names = ", ".join(_named_on(line, [unit.name for unit in there]) for line, there in by_line)
    return names if len(names) <= MAX_NAMED_LENGTH else f"{len(units)} {owing}"


def _named_on(line: str, units: Sequence[str]) -> str:
    """A line with some units on it: by its name if it is one of them, else with how many are in it."""
    return shortened(line) if units == [line] else f"{shortened(line)} ({len(units)})"


def _foot(figures: Figures, say: Say) -> str:
    lines = [*as_they_were(say, figures.basis), say("As of {when}.", when=moment(say, figures.as_of))]
    if figures.sample_units:
        lines.insert(0, say("The list of {owing} is a sample.", owing=figures.owing))
    return "\n".join(lines)
