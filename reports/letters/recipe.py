"""What a letter's file is asked to be, as a recipe's data says it, and how it is made of them."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from locales import Say, texts
from periods.period import Period, period_of
from reports.files.building import Data, Material
from reports.letters.composing import Wanted, compose
from reports.letters.model import ChangedFigure, Issue, Letter, missing_parts
from reports.letters.rendering import write_letter
from reports.wording import moment, period_title


@dataclass(frozen=True, slots=True)
class LetterRecipe:
    """A letter of a kind about a unit's period; `language` is that of the message that brings it."""

    kind: str
    unit: str
    period: Period
    language: str
    issue: Issue | None = None
    changed: tuple[ChangedFigure, ...] = ()

    def written(self) -> dict[str, Any]:
        """The recipe's data."""
        data: dict[str, Any] = {"kind": self.kind, "unit": self.unit, "period": self.period.code}
        if self.issue:
            issue = self.issue
            data["issue"] = [issue.number, issue.day.isoformat(), issue.signer, issue.replaces]
        if self.changed:
            data["changed"] = [[each.name, each.before, each.now] for each in self.changed]
        return {**data, "language": self.language}


def build_letter(material: Material, data: Data, place: Path) -> str:
    """Write the letter of a recipe's data, and return the text that brings it.

    Raises `NoLetterError` where the unit has no such letter, `PlanError` where its template cannot be used.
    """
    letter = compose(material.db, material.plan, material.plan.letters, _wanted(material, data))
    write_letter(material.plan.letters, letter, place)
    material.tell(1, 1)
    return _caption(texts(str(data["language"])), letter, _wanted(material, data))


def _wanted(material: Material, data: Data) -> Wanted:
    period = period_of(str(data["period"]), material.plan.periods)
    changed = tuple(ChangedFigure(*each) for each in data.get("changed", ()))
    issue = None
    if said := data.get("issue"):
        number, day, signer, replaces = said
        issue = Issue(number, date.fromisoformat(day), signer, replaces)
    return Wanted(str(data["kind"]), str(data["unit"]), period, material.now, issue, changed)


def _caption(say: Say, letter: Letter, wanted: Wanted) -> str:
    name, title = letter.kind.name(say.language), str(letter.context["issuer"]["short"])
    lines = [f"{name} – {title}, {period_title(say, wanted.period)}"]
    if wanted.issue is None:
        when = moment(say, wanted.now)
        lines.append(say("A draft with the figures of {when}; number, day and signature are blank.", when=when))
    if empty := missing_parts(letter):
        names = ", ".join(part.name(say.language) for part in empty)
        lines.append(say("Nobody has written yet: {parts}.", parts=names))
    return "\n".join(lines)
