"""The plan as values: who reports, what they report on, whom it reaches, and which share is the target.

Everything is immutable, so threads can share it. The words are the plan's own; another district edits the files
that `plan.loader` reads, never this module.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from interview import Form
from periods.cuts import NO_CUTS, Cuts
from plan.duties import Duties
from plan.letters.model import NO_LETTERS, Letters
from plan.levels import Levels
from rules.kinds import ActivityKind, Reach
from rules.levels import Level


@dataclass(frozen=True, slots=True)
class ListedUnit:
    """A unit as a list names it, valid from its first to its last day (both included; `None`: no end known).

    A `sample` was made up to show the size of the job; the secretariat's own list replaces it.
    """

    code: str
    name: str
    level: Level
    parent: str | None
    valid_from: date
    valid_to: date | None = None
    sample: bool = False


@dataclass(frozen=True, slots=True)
class Labelled:
    """Something with a code and names in both languages: full ones for documents, short ones for a phone's buttons."""

    code: str
    name_vi: str
    name_en: str
    short_vi: str
    short_en: str
    aliases: tuple[str, ...]

    def name(self, language: str) -> str:
        return self.name_en if language == "en" else self.name_vi

    def short(self, language: str) -> str:
        return self.short_en if language == "en" else self.short_vi


@dataclass(frozen=True, slots=True)
class PlannedActivity(Labelled):
    """One of the plan's activities; `section` says where it stands in the plan, `lead` who answers for it.

    The units of `levels` report it; if `only_units` is not empty, only those units and the units in them. Who comes to
    a `training` is trained, for the targets that ask for it.
    """

    section: str
    kind: ActivityKind
    lead: tuple[str, ...]
    levels: tuple[Level, ...]
    only_units: tuple[str, ...]
    training: bool = False

    def reported_by(self, level: str, unit: str, ward: str) -> bool:
        return level in self.levels and (not self.only_units or unit in self.only_units or ward in self.only_units)


@dataclass(frozen=True, slots=True)
class TargetGroup(Labelled):
    """A target group, offered to the units of `levels`.

    Those of a `local` group go to what their own neighbourhood and ward hold. All of them count for the `targets`;
    for those that `partly` names only some do, and nobody knows which.
    """

    levels: tuple[Level, ...]
    local: bool = False
    targets: tuple[str, ...] = ()
    partly: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """The share (percent) of the people in `groups` that is to be reached, from its first to its last day.

    `groups` are those whose numbers make its denominator; who counts for it, the groups say themselves.
    """

    code: str
    name_vi: str
    name_en: str
    percent: int
    groups: tuple[str, ...]
    section: str
    reach: Reach
    first_day: date
    last_day: date

    def name(self, language: str) -> str:
        return self.name_en if language == "en" else self.name_vi


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What can be reported. The mappings are by code, in the order in which people see them."""

    kinds: Mapping[str, Labelled]
    activities: Mapping[str, PlannedActivity]
    groups: Mapping[str, TargetGroup]
    targets: Mapping[str, Target]


@dataclass(frozen=True, slots=True)
class Plan(Catalogue):
    """The whole plan: the catalogue, the levels, the forms by id, and the list of units that it ships with.

    The list fills an empty database, which from then on is the one truth about units (`storage.directory.units`).
    """

    levels: Levels
    shipped_units: Mapping[str, ListedUnit]
    forms: Mapping[str, Form]
    periods: Cuts = NO_CUTS
    """The rules of its official periods."""
    letters: Letters = NO_LETTERS
    duties: Duties = field(default_factory=dict)

    def name(self, code: str, language: str) -> str:
        """The full name of an activity, target group, kind or target. Codes are unique among all of these.

        Something that has left the plan is called by its code: reports of it stay.
        """
        for table in (self.activities, self.groups, self.kinds, self.targets):
            if code in table:
                return table[code].name(language)
        return code

    def item(self, code: str, language: str) -> str:
        """The name of a product or a kind of help, as a form's choices say it; the code itself if none has it."""
        offered = (question.choices for form in self.forms.values() for question in form.questions)
        return next((found.label(code, language) for found in offered if found and code in found.by_name), code)

    def short(self, code: str, language: str) -> str:
        """The name of an activity or target group for a phone's button; its code once it has left the plan."""
        named = self.activities.get(code) or self.groups.get(code)
        return named.short(language) if named else code
