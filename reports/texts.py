"""A week's figures as a message: short enough for one screen of a phone and one message of any channel.

The longest text stays under 1,900 characters whatever the figures, so that Zalo's limit of 2,000 never cuts it; the
picture that goes with it has every line.
"""

from collections.abc import Callable, Iterable
from itertools import groupby

from locales import Say, number, texts
from plan.model import Level
from reports.summary import Missing, Row, Summary
from reports.wording import moment, week_title

MAX_UNITS = 6
MAX_OTHERS = 4
"""Activities, and target groups."""
MAX_NAME = 45
MAX_MISSING = 12
MAX_MISSING_LENGTH = 300
"""Characters of the list of those who have not reported; wards are named with their count, neighbourhoods singly."""


def summary_text(summary: Summary) -> str:
    """The message, in the summary's language."""
    say = texts(summary.language)
    parts = [_head(summary, say)]
    if summary.reports:
        parts += [_units(summary, say), _activities(summary, say), _groups(summary, say)]
    parts += [_reporting(summary, say), _foot(summary, say)]
    return "\n\n".join(part for part in parts if part)


def _head(summary: Summary, say: Say) -> str:
    unit = _short(summary.unit_name)
    if summary.unit_level == Level.NEIGHBOURHOOD and summary.above:
        unit = f"{unit}, {_short(summary.above)}"
    lines = [f"{week_title(summary.week, summary.first, summary.last, summary.language)} – {unit}"]
    if summary.sample:
        lines.append(say("SAMPLE DATA: made up to try the bot, not real reports."))
    if summary.reports:
        lines.append(_counted(summary, say))
    else:
        lines.append(say("No activity has been reported for this week yet."))
    return "\n".join(lines)


def _counted(counts: Row | Summary, say: Say) -> str:
    reports = say.plural("{n} activity", "{n} activities", counts.reports)
    if not counts.attendance:
        return reports
    visits = say(
        "{total} visits ({women} women, {men} men)",
        total=number(counts.attendance, say.language),
        women=number(counts.female, say.language),
        men=number(counts.male, say.language),
    )
    return f"{reports}, {visits}"


def _units(summary: Summary, say: Say) -> str:
    if [row.code for row in summary.by_unit] == [summary.unit]:
        return ""
    heading = say("By ward and agency:") if summary.unit_level == Level.DISTRICT else say("By neighbourhood:")
    return _breakdown(heading, summary.by_unit, MAX_UNITS, say)


def _activities(summary: Summary, say: Say) -> str:
    return _breakdown(say("By activity:"), summary.by_activity, MAX_OTHERS, say)


def _groups(summary: Summary, say: Say) -> str:
    return _breakdown(say("By target group:"), [row for row in summary.by_group if row.code], MAX_OTHERS, say)


def _breakdown(heading: str, rows: Iterable[Row], limit: int, say: Say) -> str:
    """The lines that count most, and how many there are beside them."""
    ordered = sorted(rows, key=lambda row: (-row.attendance, -row.reports))
    if not ordered:
        return ""
    lines = [f"• {_short(row.short)}: {_counted(row, say)}" for row in ordered[:limit]]
    if len(ordered) > limit:
        lines.append(say("…and {count} more", count=len(ordered) - limit))
    return "\n".join([heading, *lines])


def _reporting(summary: Summary, say: Say) -> str:
    """How many of the expected neighbourhoods reported, and who did not."""
    if not summary.expected:
        return ""
    if summary.unit_level == Level.NEIGHBOURHOOD:
        return _own_report(summary, say)
    lines = []
    if summary.missing:
        counts = {"reported": summary.reported, "expected": summary.expected}
        lines.append(say("Reported: {reported} of {expected} neighbourhoods", **counts))
    else:
        lines.append(say("All {expected} neighbourhoods have reported. Thank you!", expected=summary.expected))
    if summary.nil:
        lines.append(say("Without activity this week: {count}", count=summary.nil))
    if summary.missing:
        lines.append(say("Not yet: {units}", units=missing_text(summary.missing, summary.unit_level, say)))
    return "\n".join(lines)


def _own_report(summary: Summary, say: Say) -> str:
    if summary.nil:
        return say("The neighbourhood reported that there was no activity.")
    return say("The neighbourhood has not reported this week yet.") if summary.missing else ""


def missing_text(missing: Iterable[Missing], level: str, say: Say) -> str:
    """Who has not reported: in a ward the neighbourhoods' names, in the district the wards with their counts."""
    if level != Level.DISTRICT:
        return _listed([unit.name for unit in missing], lambda n: say("…and {n} other neighbourhoods", n=n))
    by_ward = [(ward, len(list(units))) for ward, units in groupby(missing, key=lambda unit: unit.ward)]
    return _listed([f"{_short(ward)} ({count})" for ward, count in by_ward], lambda n: say("…and {n} other wards", n=n))


def _listed(names: list[str], others: Callable[[int], str]) -> str:
    """As many names as fit, and how many do not."""
    shown: list[str] = []
    for name in names[:MAX_MISSING]:
        if len(", ".join([*shown, _short(name)])) > MAX_MISSING_LENGTH:
            break
        shown.append(_short(name))
    left = len(names) - len(shown)
    return " ".join([", ".join(shown), others(left)]) if left else ", ".join(shown)


def _foot(summary: Summary, say: Say) -> str:
    lines = [say("As of {when}.", when=moment(summary.as_of, summary.language))]
    if summary.sample_units:
        lines.insert(0, say("The list of neighbourhoods is a sample."))
    return "\n".join(lines)


def _short(name: str) -> str:
    return name if len(name) <= MAX_NAME else name[: MAX_NAME - 1].rstrip() + "…"
