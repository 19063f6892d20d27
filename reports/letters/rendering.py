"""Fills a letter's template: in a sandbox, escaping what people wrote, and failing rather than leaving a gap."""

from functools import cache
from pathlib import Path

from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from plan.letters.model import Letters
from plan.letters.placeholders import known_to
from plan.letters.problems import LetterProblem
from plan.letters.templates import faults_of
from plan.problems import PlanError
from reports.letters.model import Letter


def write_letter(letters: Letters, letter: Letter, path: Path) -> None:
    """Write the letter as a Word file. Raises `PlanError` if its template cannot be used."""
    from docxtpl import DocxTemplate

    source = letters.template(letter.kind.id, letter.form.id)
    changed = source.stat().st_mtime_ns if source.is_file() else 0
    if faults := _faults(source, changed, tuple(letters.parts), letter.kind.id):
        raise PlanError(faults)
    template = DocxTemplate(source)
    template.render(dict(letter.context), SandboxedEnvironment(autoescape=True, undefined=StrictUndefined))
    template.save(path)


@cache
def _faults(source: Path, _changed: int, parts: tuple[str, ...], kind: str) -> tuple[LetterProblem, ...]:
    """Check a template once for each state of its file."""
    return tuple(faults_of(source, known_to(parts, kind)))
