"""A week's figures as a message: short enough for one screen of a phone and one message of any channel.

It stays within `MAX_LENGTH` whatever the figures, by showing fewer lines rather than by being cut; the picture that
goes with it has every line.
"""

from collections.abc import Callable, Iterable
from itertools import groupby

from locales import Say, number, texts
from plan.model import Level
from reports.summary import Missing, Row, Summary
from reports.wording import helped_text, how_many_reported, moment, week_title

MAX_LENGTH = 1_900
"""Zalo takes 2,000 characters; a greeting may come before the figures."""
LINES = ((6, 4), (4, 2), (2, 1))
"""How many units, and how many activities or target groups, are named: the first pair with which the text fits."""
MAX_NAME = 45
MAX_MISSING_LENGTH = 300
"""Characters of the list of those who have not reported: all of a ward's 24 neighbourhoods, all of 16 wards."""


def summary_text(summary: Summary) -> str:
    """The message, in the summary's language."""
    say = texts(summary.language)
    candidates = (_text(summary, units, others, say) for units, others in LINES)
    return next(text for text in candidates if len(text) <= MAX_LENGTH)


def _text(summary: Summary, units: int, others: int, say: Say) -> str:
    parts = (
        _head(summary, say),
        _units(summary, units, say),
        _breakdown(say("By activity:"), summary.by_activity, others, say),
        _breakdown(say("By target group:"), [row for row in summary.by_group if row.code], others, say),
        _reporting(summary, say),
        _foot(summary, say),
    )
    return "\n\n".join(part for part in parts if part)


def _head(summary: Summary, say: Say) -> str:
    unit = _short(summary.unit_name)
    if summary.unit_level == Level.NEIGHBOURHOOD and summary.above:
        unit = f"{unit}, {_short(summary.above)}"
    lines = [f"{week_title(say, summary.week)} – {unit}"]
    if summary.sample:
        lines.append(say("SAMPLE DATA: made up to try the bot, not real reports."))
    if summary.reports:
        lines.append(_counted(summary, say))
        if summary.helped:
            lines.append(helped_text(say, summary.helped_female, summary.helped_male))
    else:
        lines.append(say("No activity has been reported."))
    return "\n".join(lines)


def _counted(summary: Summary, say: Say) -> str:
    if not summary.attendance:
        return _activities_counted(summary.reports, say)
    visits = say(
        "{total} visits ({women} women, {men} men)",
        total=number(summary.attendance, say.language),
        women=number(summary.female, say.language),
        men=number(summary.male, say.language),
    )
    return f"{_activities_counted(summary.reports, say)}, {visits}"


def _line(row: Row, say: Say) -> str:
    name, reports = _short(row.short), _activities_counted(row.reports, say)
    if not row.attendance:
        return f"• {name}: {reports}"
    women, men = number(row.female, say.language), number(row.male, say.language)
    sexes = say("{women} women, {men} men", women=women, men=men)
    return f"• {name}: {sexes} ({reports})"


def _activities_counted(reports: int, say: Say) -> str:
    return say.plural("{count} activity", "{count} activities", reports, count=number(reports, say.language))


def _units(summary: Summary, limit: int, say: Say) -> str:
    if [row.code for row in summary.by_unit] == [summary.unit]:
        return ""
    heading = say("By ward and agency:") if summary.unit_level == Level.DISTRICT else say("By neighbourhood:")
    return _breakdown(heading, summary.by_unit, limit, say)


def _breakdown(heading: str, rows: Iterable[Row], limit: int, say: Say) -> str:
    """The lines that count most, and how many there are beside them."""
    ordered = sorted(rows, key=lambda row: (-row.attendance, -row.reports))
    if not ordered:
        return ""
    lines = [_line(row, say) for row in ordered[:limit]]
    if len(ordered) > limit:
        lines.append(say("…and {count} more", count=len(ordered) - limit))
    return "\n".join([heading, *lines])


def _reporting(summary: Summary, say: Say) -> str:
    """How many of the expected neighbourhoods reported, and who did not."""
    if not summary.expected:
        return ""
    if summary.unit_level == Level.NEIGHBOURHOOD:
        return _own_report(summary, say)
    lines = [how_many_reported(say, summary.reported, summary.expected)]
    if summary.nil:
        lines.append(say("Without activity: {count}", count=summary.nil))
    if summary.missing and summary.reported:
        lines.append(say("Not yet: {units}", units=_missing(summary.missing, summary.unit_level, say)))
    return "\n".join(lines)


def _own_report(summary: Summary, say: Say) -> str:
    if summary.nil:
        return say("The neighbourhood reported that there was no activity.")
    return say("The neighbourhood has not reported.") if summary.missing else ""


def _missing(missing: Iterable[Missing], level: str, say: Say) -> str:
    """Who has not reported: in a ward the neighbourhoods' names, in the district the wards with their counts."""
    if level != Level.DISTRICT:
        return _listed([unit.name for unit in missing], lambda n: say("…and {n} other neighbourhoods", n=n))
    by_ward = [(ward, len(list(units))) for ward, units in groupby(missing, key=lambda unit: unit.ward)]
    return _listed([f"{_short(ward)} ({count})" for ward, count in by_ward], lambda n: say("…and {n} other wards", n=n))


def _listed(names: list[str], others: Callable[[int], str]) -> str:
    """As many names as fit, and how many do not."""
    shown: list[str] = []
    for name in names:
        if len(", ".join([*shown, _short(name)])) > MAX_MISSING_LENGTH:
            break
        shown.append(_short(name))
    left = len(names) - len(shown)
    return ", ".join([*shown, others(left)] if left else shown)


def _foot(summary: Summary, say: Say) -> str:
    lines = [say("As of {when}.", when=moment(say, summary.as_of))]
    if summary.sample_units:
        lines.insert(0, say("The list of neighbourhoods is a sample."))
    return "\n".join(lines)


def _short(name: str) -> str:
    return name if len(name) <= MAX_NAME else name[: MAX_NAME - 1].rstrip() + "…"
