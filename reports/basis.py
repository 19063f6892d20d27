"""Says by which units reports are counted."""

from collections.abc import Sequence
from datetime import date

from plan.levels import Levels
from reports.figures import Basis
from reports.stretches import Stretch
from storage.directory.units import Unit, UnitTree


def basis_of(tree: UnitTree, levels: Levels, root: Unit, units_of: date, language: str) -> Basis:
    """The basis of figures of the unit `root` that are restated to the units of a day."""
    below = levels.below(root.level)[:1]
    standing = tree.on(units_of).of_level(*(level.code for level in below))
    count = sum(unit.parent_id == root.id for unit in standing)
    named = (level.name(language) if count == 1 else level.plural(language) for level in below)
    return Basis(units_of, "".join(f"{count} {name}" for name in named))


def as_it_was(tree: UnitTree, stretches: Sequence[Stretch], today: date) -> Basis:
    """The basis of figures as they were: whether units have moved in these days, or changed since."""
    ids, last = set(tree.inside(stretches[-1].scope.root.code)), stretches[-1].days.last
    later = (change for change in tree.lineage.changes if last < change.on_date <= today)
    return Basis(
        moved=tuple(stretch.days.first for stretch in stretches[1:]),
        is_former=any({change.before, change.after} & ids for change in later),
    )
