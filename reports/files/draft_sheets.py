"""Reads the workbook of a draft plan that somebody sent, beside the turns; what is made is what it says, as JSON."""

import json
from pathlib import Path

from locales import Say, texts
from messages import Document
from periods.days import local_day
from plan.draft_sheets import look_through
from plan.form_names import PLAN_DRAFT
from plan.problems import Problem
from reports.files.building import Data, Material
from reports.files.invitees import told
from storage.directory.units import unit_tree
from storage.records import attachments

DRAFT_SHEET = "draft_sheet"
"""The kind of the document that is a draft plan's workbook, read."""


def document_of(attachment: int, name: str, obligation: int, language: str) -> Document:
    """The recipe: which workbook that somebody sent is read, and the obligation that it hands in."""
    return Document(DRAFT_SHEET, {"attachment": attachment, "obligation": obligation, "language": language}, name)


def read_draft_sheet(material: Material, data: Data, place: Path) -> str:
    """Read the workbook, and write what it says."""
    name, sha256 = attachments.stored(material.db, int(data["attachment"]))
    units = unit_tree(material.db).on(local_day(material.now))
    assert material.file_of is not None  # noqa: S101 (who makes files has what people sent)
    sheet = look_through(material.file_of(sha256), name, material.plan.forms[PLAN_DRAFT], units)
    say = texts(str(data["language"]))
    read = {
        "obligation": int(data["obligation"]),
        "planned": list(sheet.planned),
        "more_costs": list(sheet.more_costs),
        "sheets": [list(each) for each in sheet.sheets],
        "others": list(sheet.others),
        "ignored": list(sheet.ignored),
        "problems": [_told(say, problem, several=len(sheet.sheets) > 1) for problem in sheet.problems],
    }
    place.write_text(json.dumps(read, ensure_ascii=False), "utf-8")
    return ""


def _told(say: Say, problem: Problem, *, several: bool) -> str:
    """A problem with its row, and its sheet where there are several."""
    return f"{problem.file} {told(say, problem)}" if several else told(say, problem)
