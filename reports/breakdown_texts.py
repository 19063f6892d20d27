"""Breakdowns of a period's figures as messages, whole, a page at a time; what women and men are; what was received."""

from collections.abc import Sequence

from locales import Say, number
from reports.figures import Completeness, FigureRow, Figures, ProductRow
from reports.kinds_texts import activities_text
from reports.shares import is_sorted, share_of_women, share_text
from reports.wording import free_weeks, sexes, shortened
from rules.kinds import Mode

PAGE = 12
"""Lines on a page: with a line's two rows on a phone one screen, and under 1,900 characters with the longest names."""


def row_text(say: Say, row: FigureRow) -> str:
    """ "• Khu phố 5: 30 nữ, 15 nam (1)", which fits a phone: the heading says what stands in brackets."""
    people = row.people if row.attendance else row.helped
    if people.total:
        return f"• {shortened(row.short)}: {sexes(say, people)} ({number(row.reports, say.language)})"
    return f"• {shortened(row.short)}: {activities_text(say, row.reports) if row.reports else say('none')}"


def product_text(say: Say, rows: Sequence[ProductRow]) -> str:
    """ "• Tờ rơi: phát 200, in 2.000": what was given out and what was made of one product, never added."""
    words = {Mode.GIVEN: say("given out {count}", count=_sum(say, rows, Mode.GIVEN))}
    words[Mode.MADE] = say("made {count}", count=_sum(say, rows, Mode.MADE))
    parts = [words[mode] for mode in Mode if any(row.mode == mode for row in rows)]
    return f"• {shortened(rows[0].name)}: {', '.join(parts)}"


def _sum(say: Say, rows: Sequence[ProductRow], mode: Mode) -> str:
    return number(sum(row.quantity for row in rows if row.mode == mode), say.language)


def by_sex_lines(say: Say, figures: Figures) -> list[str]:
    """Women, men and unsorted with the share, and the units ranked by it, without those of which too much is open."""
    lines = [sexes(say, figures.people) or say("No visits to events."), share_text(say, figures.people)]
    if figures.first.total:
        lines.append(say("For the first time this year: {people}", people=sexes(say, figures.first)))
    rows = [row for row in figures.by_unit if row.attendance and row.code != figures.unit]
    ranked = sorted((row for row in rows if is_sorted(row.people)), key=lambda row: -_share(row))
    if left_out := [shortened(row.short) for row in rows if not is_sorted(row.people)]:
        lines.append(say("Not ranked, with over 5 % unsorted: {units}", units=", ".join(left_out)))
    if ranked:
        lines += [say("Share of women, by unit:"), *(f"• {shortened(row.short)}: {_share(row)} %" for row in ranked)]
    return [line for line in lines if line]


def _share(row: FigureRow) -> int:
    share = share_of_women(row.people)
    return share.least if share else 0


def received_text(say: Say, kept: Completeness) -> str:
    """How many weekly reports were received and in time, and what became of the others."""
    if not kept.expected:
        return say("Nobody was expected to report.")
    lines = [
        say("Received: {count} of {expected} weekly reports ({share} %)", **_of(say, kept.received, kept)),
        say("On time: {count} of {expected} ({share} %)", **_of(say, kept.on_time, kept)),
    ]
    others = (
        say("Missing: {count}", count=number(kept.missing.count, say.language)) if kept.missing.count else "",
        say("Returned and being mended: {count}", count=kept.mending.count) if kept.mending.count else "",
        say("Said to be without activity: {count}", count=kept.nil.count) if kept.nil.count else "",
        say("Added after the deadline: {count}", count=kept.late) if kept.late else "",
    )
    return "\n".join(filter(None, (*lines, *others, free_weeks(say, kept.free))))


def _of(say: Say, count: int, kept: Completeness) -> dict[str, str | int]:
    expected = kept.expected
    share = (200 * count + expected) // (2 * expected)
    return {"count": number(count, say.language), "expected": number(expected, say.language), "share": share}
