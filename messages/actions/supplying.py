"""Actions on the plan's targets, and on the numbers of people that units supply for them."""

from dataclasses import dataclass

from messages.actions.base import Action, OfUnit
from periods.period import Period


@dataclass(frozen=True, slots=True)
class ShowTargets(OfUnit):
    """Shows how far a unit is with all targets; without a period, in the targets' own."""

    NAME = "targets"
    unit: str | None = None
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class ShowTarget(OfUnit):
    """Shows one target with all that it rests on, and asks the units for what is missing, a page of them at a time."""

    NAME = "target"
    unit: str | None = None
    code: str = ""
    period: Period | None = None
    page: int = 0


@dataclass(frozen=True, slots=True)
class AskToSupply(OfUnit):
    """Begins to ask the units for what a target misses, as something that they owe; `page` is that of their message."""

    NAME = "ask_supply"
    unit: str | None = None
    code: str = ""
    period: Period | None = None
    page: int = 0


@dataclass(frozen=True, slots=True)
class Supplies(Action):
    """Lists the numbers that wait to be confirmed, a page at a time; tells others how to send some."""

    NAME = "supplies"
    page: int = 0


@dataclass(frozen=True, slots=True)
class ViewSupply(Action):
    """Shows numbers that a unit has sent."""

    NAME = "supply"
    supply: int = 0


@dataclass(frozen=True, slots=True)
class ConfirmSupply(Action):
    """Lets them stand."""

    NAME = "supply_yes"
    supply: int = 0


@dataclass(frozen=True, slots=True)
class DeclineSupply(Action):
    """Leaves the numbers as they were."""

    NAME = "supply_no"
    supply: int = 0
