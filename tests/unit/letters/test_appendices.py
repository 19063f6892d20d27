"""The appendices: what nobody attends has no visits, and how many were helped is nobody's target to print."""

from dataclasses import replace

from plan.letters.loader import SHIPPED as SHIPPED_LETTERS
from plan.letters.loader import load_letters
from plan.loader import load_plan
from reports.letters.sentences import Phrases
from reports.letters.tables import by_activity
from reports.letters.targets import targets_table
from rules.kinds import Reach
from rules.targets import Basis
from tests.process import ROOT
from tests.unit.reports.pictured import progress
from tests.unit.reports.samples import row, summary

PHRASE = Phrases(load_letters(SHIPPED_LETTERS).phrases)
VISITS = ("women", "men", "unsorted", "visits")


def test_an_activity_that_nobody_attends_has_no_visits_rather_than_0_of_them() -> None:
    rows = (row("A1.2", "Tờ rơi", 3, 0, 0), row("A2", "Nói chuyện", 2, 0, 0), row("A2.1", "Khác", 1, 9, 0))
    figures = replace(summary(), by_activity=rows)
    media, talk, _ = by_activity(PHRASE, figures, load_plan(ROOT / "plan"))["rows"]
    assert [media[name] for name in VISITS] == ["–"] * 4
    assert [talk[name] for name in VISITS] == ["0"] * 4


def test_a_target_of_helped_people_stands_among_the_others_without_their_number() -> None:
    helped = progress("T5", 100, 12, 40, None)
    helped = replace(helped, target=replace(helped.target, reach=Reach.SERVICE))
    first, last = targets_table(PHRASE, [progress("T2", 50, 12, 40, 100), helped], [])["rows"]
    assert first["done"].startswith("từ 12 đến 40 người")
    assert (last["planned"], last["done"]) == ("100 %", "(không công bố)")
    assert not {"12", "40"} & set(last["basis"].split())


def test_a_list_gives_one_share_and_no_interval() -> None:
    (said,) = targets_table(PHRASE, [progress("T3", 100, 422, 422, 445, Basis.ROSTER)], [])["rows"]
    assert said["done"] == "422 người; 94,8 %"
