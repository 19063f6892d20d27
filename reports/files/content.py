"""All tables of a unit's period, from one snapshot: what a workbook and CSV files are made of."""

from collections.abc import Iterator
from dataclasses import dataclass

from locales import Say, texts
from reports.comparing import Compared, compared
from reports.figures import Figures
from reports.files.building import Material
from reports.files.comparison_table import comparison_table
from reports.files.definitions import definition_tables
from reports.files.figure_tables import figure_tables
from reports.files.report_tables import Listed, Listing
from reports.files.scope import Wanted
from reports.files.service_tables import service_tables
from reports.files.standing import changed_table
from reports.files.summary_table import summary_table
from reports.files.tables import Table
from reports.files.target_tables import target_tables
from reports.files.week_table import week_table
from reports.help import Services
from reports.published import Published, published
from reports.restating import restated_scope
from reports.stretches import stretches_of
from reports.targets import targets_of
from storage.directory.units import unit_tree


@dataclass(frozen=True, slots=True)
class Content:
    """The figures of what is wanted, and the tables in the order of their sheets."""

    wanted: Wanted
    figures: Figures
    services: Services | None
    tables: tuple[Table, ...]

    @property
    def say(self) -> Say:
        return texts(self.wanted.language)


def content_of(material: Material, wanted: Wanted) -> Content:
    """Read what is wanted. Raises `UnknownUnitError` for what is no unit. Reports are read while tables are written."""
    found = compared(
        material.db,
        material.plan,
        wanted.unit,
        wanted.period,
        material.now,
        wanted.language,
        only=wanted.only,
        units_of=wanted.units_of,
    )
    shown = published(material.db, material.plan, found.figures, opens=not wanted.shared)
    return Content(wanted, shown.figures, shown.services, tuple(_tables(material, wanted, shown, found)))


def _tables(material: Material, wanted: Wanted, shown: Published, found: Compared) -> Iterator[Table]:
    db, plan, now, say = material.db, material.plan, material.now, texts(wanted.language)
    tree = unit_tree(db)
    listed = Listed(db, plan, tree, say, _listing(material, wanted))
    tables = [
        summary_table(shown, wanted, say),
        *changed_table(say, wanted.entered),
        comparison_table(found, say, shared=wanted.shared),
        *figure_tables(shown.figures, say),
        *service_tables(shown.services, say),
        week_table(db, plan, wanted, now, say),
        *_targets(material, wanted, say),
        listed.reports(),
        listed.lines(),
    ]
    yield from tables
    yield from definition_tables(tables, plan, tree, wanted.period.last, say)


def _targets(material: Material, wanted: Wanted, say: Say) -> Iterator[Table]:
    """The targets, in their own period, if the plan has any."""
    if material.plan.targets:
        found = targets_of(material.db, material.plan, wanted.unit, material.now, language=wanted.language)
        yield from target_tables(found, material.plan, say, shared=wanted.shared)


def _listing(material: Material, wanted: Wanted) -> Listing:
    tree = unit_tree(material.db)
    if wanted.units_of is not None:
        scope = restated_scope(tree, wanted.unit, wanted.units_of)
        return Listing(((wanted.period, frozenset(scope.members)),), wanted.shared, wanted.approved_only)
    stretches = stretches_of(tree, wanted.unit, wanted.period)
    parts = tuple((each.days, frozenset(each.scope.members)) for each in stretches)
    return Listing(parts, wanted.shared, wanted.approved_only)
