"""What the draft plans of a year plan and cost, as people compare and add it up (IV, V.1 and V.2 of the plan)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from interview import fold
from plan.form_names import PLAN_DRAFT
from plan.model import Plan
from rules.drafts import Planned, counts_once
from storage.directory.units import UnitsOfDay
from storage.records import drafts
from storage.records.drafts import StoredCost, StoredRow


@dataclass(frozen=True, slots=True)
class Budgets:
    """What the drafts of a year cost: of one event that several drafts hold, the leader's lines count."""

    year: int
    rows: tuple[StoredRow, ...]
    costs: tuple[StoredCost, ...]
    counted: frozenset[tuple[int, int]]
    units: UnitsOfDay
    sample: bool = False

    def by(self, key: Callable[[StoredRow, StoredCost], str]) -> Mapping[str, int]:
        """The sums in đồng by something of a row and its line, the largest first."""
        known = {(row.submission_id, row.position): row for row in self.rows}
        sums: dict[str, int] = {}
        for cost in self.costs:
            place = (cost.submission_id, cost.row)
            if place in self.counted:
                name = key(known[place], cost)
                sums[name] = sums.get(name, 0) + cost.amount
        return dict(sorted(sums.items(), key=lambda entry: (-entry[1], entry[0])))

    @property
    def whole(self) -> int:
        return sum(cost.amount for cost in self.costs if (cost.submission_id, cost.row) in self.counted)


def budgets_of(db: Connection, plan: Plan, year: int, units: UnitsOfDay, *, only: int = 0) -> Budgets:
    """The budgets of a year's drafts that stand, or of one draft (`only`)."""
    rows = drafts.rows_of(db, only) if only else drafts.standing(db, year)
    counted = counts_once([of_row(row, plan, units) for row in rows])
    ids = sorted({row.submission_id for row in rows})
    sample = drafts.have_samples(db, ids)
    return Budgets(year, tuple(rows), tuple(drafts.costs_of(db, ids)), frozenset(counted), units, sample)


def of_row(row: StoredRow, plan: Plan, units: UnitsOfDay) -> Planned:
    """A stored planned activity as the rule compares it."""
    unit = units.unit(row.unit_id)
    place = units.unit(row.place_unit_id) if row.place_unit_id is not None else None
    around = (place.code, *units.codes_above(place.code)) if place and place.code in units else ()
    lead = units.unit(row.lead_unit_id).code if row.lead_unit_id is not None else ""
    activity = plan.activities.get(row.activity)
    return Planned(
        draft=row.submission_id,
        row=row.position,
        unit=unit.code,
        level=unit.level,
        activity=row.activity,
        group=row.target_group,
        first_day=row.first_day,
        last_day=row.last_day,
        by_month=row.by_month,
        place=around,
        site=site_of(row.site),
        lead=lead,
        partners=frozenset(row.partners.split()),
        leads_by_plan=frozenset(activity.lead) if activity else frozenset(),
    )


def form_name(plan: Plan, code: str, language: str) -> str:
    """In which form something is planned, as the draft's own question calls it: reports have other words for a code."""
    form = plan.forms.get(PLAN_DRAFT)
    choices = next((each.choices for each in form.questions if each.name == "form"), None) if form else None
    return choices.label(code, language) if choices and code in choices.by_name else code


def site_of(name: str) -> str:
    """A school or enterprise by its name, as people write it differently: "Trường THPT Gò Vấp" is "thpt go vap"."""
    words = fold(name).split()
    return " ".join(words[1:] if words[:1] in (["truong"], ["cong"]) and len(words) > 2 else words)
