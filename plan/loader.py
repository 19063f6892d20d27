"""Reads the folder `plan/` into a `Plan`, or raises one error that lists everything that is wrong with its files.

Nothing is loaded in part: a plan in use has been checked to the last row, its forms included.
"""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from interview import PROBLEMS as FORM_PROBLEMS
from interview import Form, FormError, load_form
from plan import catalogue, levels, places, units
from plan.choices import choice_lists
from plan.duties import load_duties
from plan.kept_forms import kept_sheet
from plan.letters.loader import load_letters
from plan.model import Plan
from plan.periods_file import load_periods
from plan.problems import Problems
from plan.tables import read_rows

TABLES: Mapping[str, tuple[str, ...]] = {
    "levels.csv": levels.COLUMNS,
    "units.csv": units.COLUMNS,
    **catalogue.COLUMNS,
}
SHIPPED_FORMS = Path(__file__).parent / "forms"
"""The forms of a plan without any of its own: they ask the same of a ward as of a district."""


def load_plan(folder: Path) -> Plan:
    """The plan in `folder`: levels.csv, units.csv, the catalogue's tables, forms and periods. Raises `PlanError`."""
    problems = Problems()
    tables = {
        file: read_rows(folder / file, f"{folder.name}/{file}", columns, problems) for file, columns in TABLES.items()
    }
    problems.raise_any()  # each stage rests on the one before, and would only repeat its problems
    hierarchy = levels.read_levels(units.distinct(tables["levels.csv"], "code"))
    problems.raise_any()
    shipped = units.read_units(tables["units.csv"], hierarchy)
    known = catalogue.read_catalogue(tables, [row.cells["code"] for row in tables["units.csv"]], hierarchy)
    problems.raise_any()
    lists = {**choice_lists(known), **places.NOT_LISTED}
    forms = _load_forms(folder, lists, problems)
    problems.raise_any()
    catalogued = (known.kinds, known.activities, known.groups, known.targets)
    return Plan(*catalogued, hierarchy, shipped, forms, load_periods(folder), load_letters(folder), load_duties(folder))


def _form_files(folder: Path) -> list[Path]:
    """The files of a plan's forms, each named by its form's id."""
    own = folder / "forms"
    return sorted((own if own.is_dir() else SHIPPED_FORMS).glob("*.md"))


def _load_forms(folder: Path, lists: Mapping[str, str], problems: Problems) -> dict[str, Form]:
    """The forms by id, which is the file's name."""
    forms: dict[str, Form] = {}
    for path in _form_files(folder):
        file = f"{path.parents[1].name}/forms/{path.name}"
        try:
            source = path.read_text("utf-8-sig")
            forms[path.stem] = load_form(source, form_id=path.stem, csvs=lists, convert=partial(kept_sheet, path))
        except UnicodeDecodeError:
            problems.add(file, 0, "not_utf8")
        except FormError as error:
            for problem in error.problems:
                message = FORM_PROBLEMS[problem.code].format_map(problem.params)
                problems.add(file, problem.row or 0, "form", sheet=problem.sheet, message=message)
    return forms
