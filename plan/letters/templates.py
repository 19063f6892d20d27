"""Checks the Word files of letters: what one names in vain is said with its paragraph and what there is instead."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from jinja2 import TemplateSyntaxError

from plan.letters.model import Letters
from plan.letters.placeholders import Shape, known_to, names_of, unknown_names
from plan.letters.problems import LetterProblem

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

_LONGEST = 120
"""Characters of a paragraph that are shown."""
_OF_WORD = re.compile(r"(\{%|\{\{)(?:p|tr|tc|r) ")
"""Braces that take a whole paragraph, row, cell or run of Word's with them."""
_BRACES = re.compile(r"\{[{%#].*?[}%#]\}", re.DOTALL)


def template_faults(letters: Letters) -> Iterator[LetterProblem]:
    """What is wrong with the templates of all letters in all forms."""
    for kind in letters.kinds:
        for form in letters.forms:
            yield from faults_of(letters.template(kind, form.id), known_to(letters.parts, kind))


def faults_of(path: Path, known: Mapping[str, Shape]) -> Iterator[LetterProblem]:
    """What is wrong with one template, which can name what is `known`."""
    from docx.opc.exceptions import PackageNotFoundError
    from docxtpl import DocxTemplate

    file = "/".join(path.parts[-3:])
    if not path.is_file():
        yield LetterProblem(file, 0, "no_file")
        return
    try:
        template = DocxTemplate(path)
        template.init_docx()
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError):
        yield LetterProblem(file, 0, "not_word")
        return
    written = list(_paragraphs(template))
    exist = ", ".join(sorted(names_of(dict(known))))
    for source in _sources(template):
        yield from _faults(file, source, known, written, exist)


def _faults(
    file: str, source: str, known: Mapping[str, Shape], written: list[str], exist: str
) -> Iterator[LetterProblem]:
    try:
        for unknown in unknown_names(source, known):
            number, text = _where(written, source.splitlines()[unknown.line - 1], unknown.name)
            yield LetterProblem(file, number, unknown.code, {"text": text, "name": unknown.name, "known": exist})
    except TemplateSyntaxError as error:
        line = source.splitlines()[max(error.lineno - 1, 0)]
        text = re.sub(r"<[^>]+>", "", line).strip()
        number = next((place for place, each in enumerate(written, 1) if each and each in text), 0)
        yield LetterProblem(file, number, "broken", {"text": text[:_LONGEST], "message": error.message or "?"})


def _where(written: list[str], line: str, name: str) -> tuple[int, str]:
    """The number of the paragraph that holds braces of this line of the source, and its text.

    They name what is wrong with them, where it has a name there.
    """
    braces = _BRACES.findall(line)
    named = [each for each in braces if name.split(".", maxsplit=1)[0] in each] or braces
    for number, text in enumerate(written, 1):
        if any(each in _OF_WORD.sub(r"\1 ", text) for each in named):
            return number, text[:_LONGEST]
    return 0, ""


def _paragraphs(template: "DocxTemplate") -> Iterator[str]:
    """The texts of the file's paragraphs, those of tables in their place, then those of headers and footers."""
    from docx.oxml.ns import qn

    document = template.get_docx()
    parts = [document.element.body]
    for section in document.sections:
        parts += [part._element for part in (section.header, section.footer) if not part.is_linked_to_previous]
    for part in parts:
        for paragraph in part.iter(qn("w:p")):
            yield "".join(text.text or "" for text in paragraph.iter(qn("w:t")))


def _sources(template: "DocxTemplate") -> Iterator[str]:
    """The parts of the file as Jinja reads them, a paragraph a line."""
    yield _by_line(template.patch_xml(template.get_xml()))
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        for _, part in template.get_headers_footers(uri):
            yield _by_line(template.patch_xml(template.get_part_xml(part)))


def _by_line(xml: str) -> str:
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", xml)
