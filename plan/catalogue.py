"""The tables of what can be reported: kinds, activities, target groups, targets; each checked against the others."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from plan import cells
from plan.levels import Levels
from plan.model import Catalogue, Labelled, PlannedActivity, Target, TargetGroup
from plan.tables import Row
from plan.units import distinct, readable
from rules.kinds import ActivityKind, Reach

LABEL_COLUMNS = ("code", "name_vi", "name_en", "short_vi", "short_en", "aliases")
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "kinds.csv": LABEL_COLUMNS,
    "activities.csv": (*LABEL_COLUMNS, "section", "kind", "lead", "levels", "only_units", "training"),
    "groups.csv": (*LABEL_COLUMNS, "levels", "local", "targets"),
    "targets.csv": ("code", "name_vi", "name_en", "percent", "groups", "section", "reach", "first_day", "last_day"),
}
PARTLY = "?"
"""After a target's code: of the group some count for it, and nobody knows which."""


class _Words(NamedTuple):
    code: str
    name_vi: str
    name_en: str
    short_vi: str
    short_en: str
    aliases: tuple[str, ...]


def read_catalogue(tables: Mapping[str, list[Row]], units: Collection[str], levels: Levels) -> Catalogue:
    """The catalogue made of the rows of each file in `COLUMNS`; the rows may name these units and levels."""
    rows = {file: distinct(tables[file], "code") for file in COLUMNS}
    _check_codes(rows, units)
    kinds = readable(rows["kinds.csv"], _kind)
    activities = readable(rows["activities.csv"], lambda row: _activity(row, units, levels))
    groups = readable(rows["groups.csv"], lambda row: _group(row, rows["targets.csv"], levels))
    targets = readable(rows["targets.csv"], lambda row: _target(row, rows["groups.csv"]))
    for table in (rows["kinds.csv"], rows["activities.csv"], rows["groups.csv"]):
        _check_labels(table.values())
    for code, activity in activities.items():
        if activity.kind not in rows["kinds.csv"]:
            rows["activities.csv"][code].wrong("no_kind", value=activity.kind)
    return Catalogue(kinds, activities, groups, targets)


def _check_codes(rows: Mapping[str, Mapping[str, Row]], units: Collection[str]) -> None:
    taken = dict.fromkeys(units, "units.csv")
    for file, table in rows.items():
        for code, row in table.items():
            if taken.setdefault(code, file) != file:
                row.wrong("code_taken", value=code, file=taken[code])


def _check_labels(rows: Iterable[Row]) -> None:
    """People choose by label, so no two choices of a list may share one."""
    known = list(rows)
    for column in ("short_vi", "short_en"):
        distinct((row for row in known if row.cells[column]), column, str.casefold)


def _words(row: Row) -> _Words | None:
    code = cells.code(row)
    names = cells.text(row, "name_vi"), cells.text(row, "name_en")
    shorts = cells.text(row, "short_vi", cells.SHORT_LIMIT), cells.text(row, "short_en", cells.SHORT_LIMIT)
    if code is None or names[0] is None or names[1] is None or shorts[0] is None or shorts[1] is None:
        return None
    return _Words(code, names[0], names[1], shorts[0], shorts[1], cells.aliases(row))


def _kind(row: Row) -> Labelled | None:
    words = _words(row)
    if cells.word(row, "code", ActivityKind) is None or words is None:
        return None
    return Labelled(*words)


def _activity(row: Row, units: Collection[str], levels: Levels) -> PlannedActivity | None:
    words = _words(row)
    section = cells.text(row, "section")
    kind = cells.word(row, "kind", ActivityKind)
    open_to = cells.words(row, "levels", levels.by_code)
    cells.text(row, "lead")
    lead = cells.codes(row, "lead", units, "unknown_unit")
    only_units = cells.codes(row, "only_units", units, "unknown_unit")
    training = cells.flag(row, "training")
    if words is None or section is None or kind is None or open_to is None or lead is None or only_units is None:
        return None
    return PlannedActivity(
        *words,
        section=section,
        kind=kind,
        lead=lead,
        levels=open_to,
        only_units=only_units,
        training=training is True,
    )


def _group(row: Row, targets: Collection[str], levels: Levels) -> TargetGroup | None:
    words = _words(row)
    open_to = cells.words(row, "levels", levels.by_code)
    local = cells.flag(row, "local")
    counted = cells.codes(row, "targets", [*targets, *(f"{target}{PARTLY}" for target in targets)], "unknown_target")
    if words is None or open_to is None or counted is None:
        return None
    return TargetGroup(
        *words,
        levels=open_to,
        local=local is True,
        targets=tuple(code for code in counted if not code.endswith(PARTLY)),
        partly=tuple(code.removesuffix(PARTLY) for code in counted if code.endswith(PARTLY)),
    )


def _target(row: Row, groups: Collection[str]) -> Target | None:
    code = cells.code(row)
    name_vi, name_en = cells.text(row, "name_vi"), cells.text(row, "name_en")
    percent = cells.number(row, "percent", 1, 100)
    cells.text(row, "groups")
    members = cells.codes(row, "groups", groups, "unknown_group")
    section = cells.text(row, "section")
    reach = cells.word(row, "reach", Reach)
    first, last = cells.day(row, "first_day"), cells.day(row, "last_day")
    if reach is None or first is None or last is None:
        return None
    if code is None or name_vi is None or name_en is None or percent is None or members is None or section is None:
        return None
    return Target(code, name_vi, name_en, percent, members, section, reach, first, last)
