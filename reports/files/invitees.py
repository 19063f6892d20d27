"""Reads a list of people to invite that somebody sent, beside the turns: a workbook may take a while to open.

What is made is no file for people but what the list says, as JSON: people, columns of which nothing is kept, and what
could not be understood, in the reader's language.
"""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from locales import Say, texts
from messages import Document
from periods.days import local_day
from plan.inviting import NAME, NEIGHBOURHOOD, UNIT, WARD, Invitee, look_through
from plan.problems import PROBLEMS, Problem
from reports.files.building import Data, Material
from storage.directory.units import unit_tree
from storage.records import attachments

MOST_QUOTED = 80
"""Characters of a cell that is quoted: one can hold 32,767."""
INVITEES = "invitees"
"""The kind of the document that is a list, read."""


def document_of(attachment: int, name: str, inside: str, language: str) -> Document:
    """The recipe: which list that somebody sent is read. All people have to be `inside` (a code), if one is given."""
    return Document(INVITEES, {"attachment": attachment, "inside": inside, "language": language}, name)


def read_invitees(material: Material, data: Data, place: Path) -> str:
    """Read the list, and write what it says."""
    name, sha256 = attachments.stored(material.db, int(data["attachment"]))
    units = unit_tree(material.db).on(local_day(material.now))
    assert material.file_of is not None  # noqa: S101 (who makes files has what people sent)
    listed = look_through(material.file_of(sha256), name, units, material.plan.levels, str(data["inside"]))
    say = texts(str(data["language"]))
    read: dict[str, Any] = {
        "people": [written(person) for person in listed.people],
        "ignored": list(listed.ignored),
        "problems": [told(say, _in_words(say, problem)) for problem in listed.problems],
    }
    place.write_text(json.dumps(read, ensure_ascii=False), "utf-8")
    return ""


def written(person: Invitee) -> list[Any]:
    """Somebody on a list, as JSON."""
    return [person.row, person.name, str(person.role), person.unit.code]


def told(say: Say, problem: Problem) -> str:
    """A problem with its row, in the reader's language; of a long cell that it quotes, the beginning."""
    params = {**problem.params}
    if len(said := str(params.get("value", ""))) > MOST_QUOTED:
        params["value"] = f"{said[:MOST_QUOTED]}…"
    text = say(PROBLEMS[problem.code]).format_map(params)
    return say("[row {row}] {problem}", row=problem.row, problem=text) if problem.row else text


def _in_words(say: Say, problem: Problem) -> Problem:
    """The same with columns called as people call them; a list may call them so."""
    named = {NAME: say("Full name"), UNIT: say("Unit"), WARD: say("Ward"), NEIGHBOURHOOD: say("Neighbourhood")}
    columns = {
        key: ", ".join(named.get(each, each) for each in str(problem.params[key]).split(", "))
        for key in ("column", "columns")
        if problem.code in ("empty", "no_column", "column_twice") and key in problem.params
    }
    return replace(problem, params={**problem.params, **columns})
