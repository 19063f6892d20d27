"""The catalogue as choice lists of a form: who is offered what stands in `open_to`."""

import csv
import io
from dataclasses import replace
from typing import Any

import pytest

from plan.choices import choice_lists
from plan.model import Catalogue, Plan
from rules.kinds import ActivityKind
from rules.levels import Level


def rows(catalogue: Catalogue, file: str) -> dict[str, dict[str, Any]]:
    return {row["name"]: row for row in csv.DictReader(io.StringIO(choice_lists(catalogue)[file]))}


def test_an_activity_carries_its_words_kind_and_audience(plan: Plan) -> None:
    assert rows(plan, "activities.csv")["A2"] == {
        "name": "A2",
        "label": "Nói chuyện: gia đình, chống bạo lực",
        "label::Tiếng Việt (vi)": "Nói chuyện: gia đình, chống bạo lực",
        "label::English (en)": "Talk: equal families, no violence",
        "aliases": "|".join(plan.activities["A2"].aliases),
        "kind": "event",
        "open_to": "neighbourhood ward agency",
    }


def test_an_activity_of_some_units_is_open_to_their_levels_only_there(plan: Plan) -> None:
    audience = rows(plan, "activities.csv")["D1"]["open_to"].split()
    assert audience == ["neighbourhood@P10", "neighbourhood@P14", "ward@P10", "ward@P14"]


@pytest.mark.parametrize(("kind", "audience"), [("document", "ward agency"), ("survey", "ward agency district")])
def test_a_kind_is_open_to_whoever_is_offered_one_of_its_activities(plan: Plan, kind: str, audience: str) -> None:
    assert rows(plan, "kinds.csv")[kind]["open_to"] == audience


def test_a_kind_whose_only_activity_is_restricted_is_restricted_too(plan: Plan) -> None:
    only = {"D1": replace(plan.activities["D1"], kind=ActivityKind.SURVEY, levels=(Level.WARD,))}
    catalogue = Catalogue(plan.kinds, only, plan.groups, plan.targets)
    assert rows(catalogue, "kinds.csv")["survey"]["open_to"] == "ward@P10 ward@P14"
    assert rows(catalogue, "kinds.csv")["event"]["open_to"] == ""


def test_a_neighbourhood_sees_residents_first_and_no_policy_makers(plan: Plan) -> None:
    open_to = {name: row["open_to"].split() for name, row in rows(plan, "groups.csv").items()}
    seen = [name for name, audience in open_to.items() if "neighbourhood" in audience]
    assert seen == ["residents", "youth_union", "students", "children", "workers", "tenant_workers", "in_need"]
