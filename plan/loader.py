"""The folder `plan/` into a `Plan`, or one error that lists everything that is wrong with its files.

Nothing is loaded in part: a plan that starts is a plan that was checked to the last row, forms included.
"""

from collections.abc import Mapping
from pathlib import Path

from interview import PROBLEMS as FORM_PROBLEMS
from interview import Form, FormError, load_form
from plan import catalogue, units
from plan.choices import choice_lists
from plan.model import Plan
from plan.tables import Problems, read_rows

TABLES: Mapping[str, tuple[str, ...]] = {"units.csv": units.COLUMNS, **catalogue.COLUMNS}


def load_plan(folder: Path) -> Plan:
    """The plan in `folder`: units.csv, the catalogue's tables and forms/*.md. Raises `PlanError`."""
    problems = Problems()
    tables = {
        file: read_rows(folder / file, f"{folder.name}/{file}", columns, problems) for file, columns in TABLES.items()
    }
    problems.raise_any()  # each stage rests on the one before: its complaints would only repeat what is wrong there
    shipped = units.read_units(tables["units.csv"])
    known = catalogue.read_catalogue(tables, [row.cells["code"] for row in tables["units.csv"]])
    problems.raise_any()
    forms = _load_forms(folder, choice_lists(known), problems)
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
            for each in error.problems:
                message = FORM_PROBLEMS[each.code].format_map(each.params)
                problems.add(file, each.row or 0, "form", sheet=each.sheet, message=message)
    return forms
