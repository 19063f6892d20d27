"""What deserves a second look in a report: the rules, and what each of them says of a report.

A warning never keeps a report from being sent. Its author is asked about one at most, and may give a reason; those who
approve the report see all of them with that reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class WarningRule(StrEnum):
    """The rules, the most pressing first: a contradiction comes before what is only unusual."""

    PART = "part"
    """A part that contradicts the whole. Arguments: `part`, `whole` (numbers), `of` ("first_women" …)."""
    RESIDENTS = "residents"
    """More people than live there. Arguments: `count`, `residents`, `group`, `as_of` (ISO day)."""
    SAME_FIGURES = "same_figures"
    """The very figures of an earlier report. Arguments: `report`, `day` (ISO)."""
    SAME_PHOTO = "same_photo"
    """A photo that stands in another report. Arguments: `report`, `unit` (code), `day` (ISO)."""
    ACTION_MONTH = "action_month"
    """An activity of the Action Month outside it. Arguments: `first`, `last` (ISO days of the Action Month)."""
    HISTORY = "history"
    """Far from the unit's own history. Arguments: `count`, `low`, `high` (what is usual), `of` (earlier reports)."""


@dataclass(frozen=True, slots=True)
class ReportWarning:
    """One thing that deserves a look: its rule, the question of the form that it is about, and what the rule says."""

    rule: WarningRule
    question: str
    arguments: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The warning as it is stored."""
        return {"rule": self.rule.value, "question": self.question, "arguments": dict(self.arguments)}


def warning_of(stored: Mapping[str, Any]) -> ReportWarning:
    """Read a stored warning."""
    return ReportWarning(WarningRule(stored["rule"]), stored["question"], stored["arguments"])


@dataclass(frozen=True, slots=True)
class Remarks:
    """What deserves a look in a version of a report, and what whoever made that version said about it."""

    warnings: tuple[ReportWarning, ...] = ()
    reason: str = ""

    def as_json(self) -> dict[str, Any]:
        """The remarks as they are stored until their report is."""
        return {"warnings": [warning.as_json() for warning in self.warnings], "reason": self.reason}

    @classmethod
    def of_json(cls, stored: Mapping[str, Any]) -> "Remarks":
        """Read stored remarks."""
        return cls(tuple(map(warning_of, stored["warnings"])), stored["reason"])


NO_REMARKS = Remarks()
