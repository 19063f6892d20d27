"""Makes a letter's file of its recipe's data: what renders is heavy, and only the child that makes files needs it."""

from datetime import date
from pathlib import Path

from locales import Say, texts
from periods.period import period_of
from reports.files.building import Data, Material
from reports.letters.composing import Wanted, compose
from reports.letters.drafting import compose_draft
from reports.letters.model import ChangedFigure, Issue, Letter
from reports.letters.rendering import write_letter
from reports.wording import moment, period_title


def build_draft_letter(material: Material, data: Data, place: Path) -> str:
    """Write the letter of a draft plan, or of all of a year (`draft` 0), and return the text that brings it.

    Raises `NoLetterError` where nothing is planned, `PlanError` where its template cannot be used.
    """
    issue = _issue(data)
    letter = compose_draft(material.db, material.plan, int(data["year"]), int(data["draft"]), material.now, issue)
    write_letter(material.plan.letters, letter, place)
    material.tell(1, 1)
    say = texts(str(data["language"]))
    name = f"{letter.kind.name(say.language)} {data['year']} – {letter.context['issuer']['short']}"
    return name if issue else f"{name}\n{say('In the official form; number, day and signature are blank.')}"


def build_letter(material: Material, data: Data, place: Path) -> str:
    """Write the letter of a recipe's data, and return the text that brings it.

    Raises `NoLetterError` where the unit has no such letter, `PlanError` where its template cannot be used.
    """
    letter = compose(material.db, material.plan, material.plan.letters, _wanted(material, data))
    write_letter(material.plan.letters, letter, place)
    material.tell(1, 1)
    return _caption(texts(str(data["language"])), letter, _wanted(material, data))


def _wanted(material: Material, data: Data) -> Wanted:
    said = data["period"]  # of a workbook's recipe with its days; the period beside it is found by the plan's rules
    period = period_of(said if isinstance(said, str) else str(said["code"]), material.plan.periods)
    changed = tuple(ChangedFigure(*each) for each in data.get("changed", ()))
    return Wanted(str(data["kind"]), str(data["unit"]), period, material.now, _issue(data), changed)


def _issue(data: Data) -> Issue | None:
    """Number, day and signer, if it is being issued; and the line that says which letter it replaces."""
    said = data.get("issue")
    if not said:
        return None
    number, day, signer, replaces = said
    return Issue(number, date.fromisoformat(day), signer, replaces)


def _caption(say: Say, letter: Letter, wanted: Wanted) -> str:
    name, title = letter.kind.name(say.language), str(letter.context["issuer"]["short"])
    lines = [f"{name} – {title}, {period_title(say, wanted.period)}"]
    if wanted.issue is None:
        when = moment(say, wanted.now)
        lines.append(say("A draft with the figures of {when}; number, day and signature are blank.", when=when))
    if empty := letter.missing:
        names = "; ".join(part.name(say.language) for part in empty)
        lines.append(say("Nobody has written yet: {parts}.", parts=names))
    return "\n".join(lines)
