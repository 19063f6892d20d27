"""Finds the reports that somebody lists in one message: the first is begun, the others are said back to be copied.

An interview holds one report. Kept in silence, the others would be mixed into it; so nothing is kept of them, and the
reply says so.
"""

import re
from collections.abc import Sequence

from handlers.context import Turn
from handlers.reports.reporting import SURE_FACTS, facts_in, read_line
from interview import OneLine
from interview.limits import MAX_LINE
from rules.private_text import looked_through

_MARK = re.compile(r"\A(?:[0-9]{1,2}[.)](?![0-9])|[-–•*+])\s*")
"""What stands before an entry of a list; "24.11 tọa đàm" begins with a day."""
_MOST_LINES = 20
"""Each is read by itself, together no more than a report in one line may be; a longer text is a story."""


def listed(turn: Turn, text: str) -> tuple[str, ...]:
    """The reports of a message, without the marks of a list; none if it does not surely hold several.

    Each says a day of its own and what took place or how many; a line that does not goes on with the one before.
    """
    if len(text) > MAX_LINE:
        return ()
    lines = [bare for line in text.splitlines() if (bare := _MARK.sub("", line.strip()))]
    if not 1 < len(lines) <= _MOST_LINES:
        return ()
    reports: list[str] = []
    for line in lines:
        read = read_line(turn, line)
        if _is_report(read):
            reports.append(line)
        elif reports:
            reports[-1] = f"{reports[-1]}\n{line}"
        elif read.answers:
            return ()
    return tuple(reports) if len(reports) > 1 else ()


def _is_report(line: OneLine) -> bool:
    says_day = "date" in line.answers or any(asked.question == "date" for asked in line.asked)
    return not line.intent and says_day and facts_in(line) >= SURE_FACTS


def others_not_kept(turn: Turn, others: Sequence[str]) -> str:
    """Say which reports of a message were not kept, to be copied; what is private in them is not said again."""
    lines = [
        turn.say.plural(
            "I begin your first report. {n} more is not kept: please send it once this one is sent.",
            "I begin your first report. {n} more are not kept: please send them one by one once this one is sent.",
            len(others),
        )
    ]
    return "\n".join((*lines, *(f"“{text}”" for other in others if (text := looked_through(other).text))))
