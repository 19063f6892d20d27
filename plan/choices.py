"""The catalogue as choice lists for forms (`select_one_from_file activities.csv`, `groups.csv`, `kinds.csv`).

The columns are XLSForm's own: `name`, `label` in the default language and per language, `aliases`. `open_to` says who
is offered a choice: a level ("ward"), or a level within one unit ("neighbourhood@P10"). A form filters by it with the
level, unit and ward of the person who reports.
"""

import csv
import io
from collections.abc import Iterable, Mapping

from plan.model import Catalogue, Labelled, PlannedActivity

HEADER = ("name", "label", "label::Tiếng Việt (vi)", "label::English (en)", "aliases", "kind", "open_to")


def choice_lists(catalogue: Catalogue) -> Mapping[str, str]:
    """CSV texts by file name."""
    activities = tuple(catalogue.activities.values())
    kinds = catalogue.kinds.values()
    return {
        "kinds.csv": _csv(
            _line(kind, _open_to(activity for activity in activities if activity.kind == kind.code)) for kind in kinds
        ),
        "activities.csv": _csv(_line(activity, _open_to([activity]), activity.kind) for activity in activities),
        "groups.csv": _csv(_line(group, group.levels) for group in catalogue.groups.values()),
    }


def _open_to(activities: Iterable[PlannedActivity]) -> tuple[str, ...]:
    """The levels and units that are offered at least one of these activities: no kind is offered without one."""
    audience: dict[str, None] = {}
    for activity in activities:
        for level in activity.levels:
            audience.update(dict.fromkeys([f"{level}@{unit}" for unit in activity.only_units] or [str(level)]))
    return tuple(audience)


def _line(choice: Labelled, open_to: tuple[str, ...], kind: str = "") -> tuple[str, ...]:
    aliases = "|".join(choice.aliases)
    return (choice.code, choice.short_vi, choice.short_vi, choice.short_en, aliases, kind, " ".join(open_to))


def _csv(lines: Iterable[tuple[str, ...]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows((HEADER, *lines))
    return text.getvalue()
