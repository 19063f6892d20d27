"""The units that a form may name, as its choice lists: places (`places.csv`) and bodies (`bodies.csv`).

Places are where something is, the units of a day and outside of them; bodies are whose it is, wards and agencies.

A form's version keeps its lists, so a form that offers places is published anew, under a version of its own, whenever
they have changed.
"""

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from plan.levels import Levels
from rules.levels import Level
from rules.roles import Role
from storage.directory.units import Unit, UnitsOfDay

FILE, BODIES = "places.csv", "bodies.csv"
OUTSIDE = "outside"
"""The choice for a place that lies in no unit."""
_HEADER = ("name", "label", "label::Tiếng Việt (vi)", "label::English (en)", "aliases")
_LINES = "root,Toàn bộ,Toàn bộ,Everywhere,\n", f"{OUTSIDE},Bên ngoài,Bên ngoài,Outside,\n"
NOT_LISTED: Mapping[str, str] = MappingProxyType(
    {FILE: f"{','.join(_HEADER)}\n{''.join(_LINES)}", BODIES: f"{','.join(_HEADER)}\n{_LINES[0]}"}
)
"""The lists of a form that is loaded without a database, which alone knows the units."""


def place_list(units: UnitsOfDay, levels: Levels) -> str:
    """The list as a CSV text: the whole, outside, then the units with chairs, and the neighbourhoods ward by ward."""
    root = units.root
    vietnamese, english = levels.name(root.level, "vi"), levels.name(root.level, "en")
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(_HEADER)
    lines.writerow(_line(root.code, f"Toàn {vietnamese}", f"The whole {english}", [root.code, root.name]))
    lines.writerow(_line(OUTSIDE, f"Ngoài {vietnamese}", f"Outside the {english}", []))
    lines.writerows(_unit_line(units, place) for place in units.with_role(Role.WARD_CHAIR))
    lines.writerows(_unit_line(units, place) for place in units.of_level(Level.NEIGHBOURHOOD))
    return text.getvalue()


def body_list(units: UnitsOfDay) -> str:
    """The wards and agencies of a day as a CSV text, the wards first."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(_HEADER)
    lines.writerows(_unit_line(units, body) for body in units.with_role(Role.WARD_CHAIR))
    lines.writerows(_unit_line(units, body) for body in units.with_role(Role.AGENCY))
    return text.getvalue()


def lists_for(wanted: Iterable[str], units: UnitsOfDay, levels: Levels) -> Mapping[str, str]:
    """Those of the lists that a form has, as they are on a day, by file."""
    made: Mapping[str, Callable[[], str]] = {
        FILE: lambda: place_list(units, levels),
        BODIES: lambda: body_list(units),
    }
    return {file: make() for file, make in made.items() if file in wanted}


def version_of(version: str, lists: Iterable[str]) -> str:
    """The version under which a form is published with these lists."""
    return f"{version}.{hashlib.sha256(''.join(lists).encode()).hexdigest()[:8]}"


def _unit_line(units: UnitsOfDay, unit: Unit) -> tuple[str, ...]:
    title = units.title(unit.code)
    parts = [_short(part) for part in title.split(", ")]
    return _line(unit.code, title, title, [unit.code, " ".join(parts), title.replace(",", "")])


def _short(name: str) -> str:
    """ "Khu phố 5" as people type it: "kp5"."""
    *words, number = name.split()
    return f"{''.join(word[0] for word in words)}{number}".lower() if number.isdecimal() else name


def _line(name: str, vietnamese: str, english: str, aliases: Iterable[str]) -> tuple[str, ...]:
    return (name, vietnamese, vietnamese, english, "|".join(aliases))
