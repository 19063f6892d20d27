"""Reads the folder `plan/` into a `Plan`, or raises one error that lists everything that is wrong with its files.

Nothing is loaded in part: a plan in use has been checked to the last row, its forms included.
"""

from collections.abc import Mapping
from pathlib import Path

from interview import PROBLEMS as FORM_PROBLEMS
from interview import Form, FormError, load_form
from plan import catalogue, places, units
from plan.choices import choice_lists
from plan.model import Plan
from plan.problems import Problems
from plan.tables import read_rows

TABLES: Mapping[str, tuple[str, ...]] = {"units.csv": units.COLUMNS, **catalogue.COLUMNS}


def load_plan(folder: Path) -> Plan:
    """The plan in `folder`: units.csv, the catalogue's tables and forms/*.md. Raises `PlanError`."""
    problems = Problems()
    tables = {
        file: read_rows(folder / file, f"{folder.name}/{file}", columns, problems) for file, columns in TABLES.items()
    }
    problems.raise_any()  # each stage rests on the one before, and would only repeat its problems
    shipped = units.read_units(tables["units.csv"])
    known = catalogue.read_catalogue(tables, [row.cells["code"] for row in tables["units.csv"]])
    problems.raise_any()
    lists = {**choice_lists(known), places.FILE: places.NOT_LISTED}
    forms = _load_forms(folder, lists, problems)
    problems.raise_any()
    return Plan(known.kinds, known.activities, known.groups, known.targets, shipped, forms)


def _load_forms(folder: Path, lists: Mapping[str, str], problems: Problems) -> dict[str, Form]:
    """The forms by id, which is the file's name."""
    forms: dict[str, Form] = {}
    for path in sorted(folder.glob("forms/*.md")):
        file = f"{folder.name}/forms/{path.name}"
        try:
            forms[path.stem] = load_form(path.read_text("utf-8-sig"), form_id=path.stem, csvs=lists)
        except UnicodeDecodeError:
            problems.add(file, 0, "not_utf8")
        except FormError as error:
            for problem in error.problems:
                message = FORM_PROBLEMS[problem.code].format_map(problem.params)
                problems.add(file, problem.row or 0, "form", sheet=problem.sheet, message=message)
    return forms
