"""Builds the file of a document that is being issued, and the figures that are frozen with it, from one snapshot.

A recipe of another kind of document is built as ever, but its data say with what it is issued:

- `issue`: `[number, "2020-11-05", signer, replaces]`; `replaces` is the sentence that names what it replaces, else ""
- `changed`: what it changes of the document that it replaces, `[[label, old, new], …]`, all of them texts
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from locales import LANGUAGES, Say, texts
from periods.days import local_day
from periods.period import period_of
from reports.changed_texts import changed_lines
from reports.differences import changed_cells
from reports.figures import Figures
from reports.files.building import Builder, Data, Material
from reports.filtering import Filter
from reports.frozen import from_json, to_json
from reports.reckoning import figures_of
from rules.documents import DocumentKind
from storage.directory.units import unit_tree
from storage.records import issued
from storage.records.issued import Issued

ISSUED = "issued"
"""The kind of recipe: its data are the document's number, and the message's text is JSON until it is frozen."""


def issuing(builder_of: Callable[[str], Builder]) -> Builder:
    """The builder of issued documents, whatever builders there are."""

    def build(material: Material, data: Data, place: Path) -> str:
        document = issued.find(material.db, int(data["document"]))
        assert document is not None  # noqa: S101 (an order names one that was committed before it)
        figures = _figures(material, document)
        inner = {**document.recipe["data"], "issue": _issue(material, document), "changed": []}
        if document.replaces and (old := issued.find(material.db, document.replaces)):
            inner["changed"] = _changed(old, figures)
        text = builder_of(str(document.recipe["kind"]))(material, inner, place)
        frozen = {language: to_json(of_language) for language, of_language in figures.items()}
        as_of = material.now.isoformat()
        entered = _issue(material, document)[:3]
        return json.dumps(
            {"document": document.id, "entered": entered, "text": text, "figures": frozen, "as_of": as_of}
        )

    return build


def _figures(material: Material, document: Issued) -> Mapping[str, Figures]:
    """The figures to freeze, by language; a plan has none of what took place."""
    if document.kind is DocumentKind.PLAN:
        return {}
    only = counted_in(document)
    unit = unit_tree(material.db).on(local_day(material.now)).unit(document.unit_id).code
    period = period_of(document.period, material.plan.periods)
    return {
        language: figures_of(
            material.db, material.plan, unit, period, material.now, language, units_of=document.units_of, only=only
        )
        for language in LANGUAGES
    }


def counted_in(document: Issued) -> Filter:
    """Which reports a document counts: all, or the approved ones alone."""
    data: Mapping[str, Any] = document.recipe.get("data", {})
    return Filter(approved_only=bool(data.get("approved_only")))


def _issue(material: Material, document: Issued) -> list[str]:
    old = issued.find(material.db, document.replaces) if document.replaces else None
    day = document.dated.isoformat() if document.dated else ""
    return [document.number, day, document.signer, _replaces(old) if old else ""]


def _replaces(old: Issued) -> str:
    """The first line of a document that replaces another, in the language of official documents."""
    day = f"{old.dated:%d/%m/%Y}" if old.dated else ""
    return _REPLACES[old.kind](texts("vi"), {"number": old.number, "day": day})


_REPLACES: Mapping[DocumentKind, Callable[[Say, Mapping[str, str]], str]] = {
    DocumentKind.LETTER: lambda say, old: say("This report replaces report number {number} of {day}.", **old),
    DocumentKind.PLAN: lambda say, old: say("This plan replaces plan number {number} of {day}.", **old),
    DocumentKind.WORKBOOK: lambda say, old: say("This workbook replaces workbook number {number} of {day}.", **old),
}


def _changed(old: Issued, figures: Mapping[str, Figures]) -> list[list[str]]:
    if "vi" not in old.figures or "vi" not in figures:
        return []
    cells = changed_cells(from_json(old.figures["vi"]), figures["vi"])
    return [list(line) for line in changed_lines(texts("vi"), cells)]
