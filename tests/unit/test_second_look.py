"""What deserves a second look: tables of reports with what is said of them, and of those of which nothing is."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from rules.kinds import ActivityKind, Mode
from rules.second_look import Around, Residents, SeenPhoto, Told, are_alike, is_telling, second_look
from rules.usual import LEAST_EARLIER, Usual, far_from_usual
from rules.warnings import Remarks, ReportWarning, WarningRule
from storage.records.activities import Line

DAY = date(2020, 11, 4)
TYPICAL = [30, 25, 40, 20, 45, 60, 35, 30, 28, 50]


def line(women: int = 0, men: int = 0, unsorted: int = 0, **said: object) -> Line:
    values: dict[str, object] = {"target_group": "residents", "item": "", "mode": "", "first_women": None}
    values |= {"first_men": None, "quantity": 0, "violations": 0, "handled": 0, **said}
    return Line(women=women, men=men, unsorted=unsorted, **values)  # type: ignore[arg-type] # a table of columns


def event(*lines: Line, day: date = DAY, last: date | None = None, number: int = 0, activity: str = "A2") -> Told:
    return Told(number, activity, ActivityKind.EVENT, day, last or day, lines)


def before(counts: Sequence[int], activity: str = "A2") -> list[Told]:
    """Weekly events, the latest one a week ago."""
    days = (DAY - timedelta(weeks=week) for week in range(1, len(counts) + 1))
    rows = zip(counts, days, strict=True)
    return [event(line(count), day=day, number=n, activity=activity) for n, (count, day) in enumerate(rows, 1)]


@pytest.mark.parametrize(
    ("count", "earlier", "usual"),
    [
        (450, TYPICAL, Usual(24, 51, 10)),
        (4, [300, 280, 350, 400, 310, 290, 305, 330], Usual(287, 365, 8)),
        (45, TYPICAL, None),
        (120, TYPICAL, None),  # four times what is usual happens: once a year there is a festival
        (61, [30] * 20, None),
        (90, [30] * 20, Usual(30, 30, 20)),
        (450, TYPICAL[: LEAST_EARLIER - 1], None),
        (12, [2] * 12, None),  # ten more or less say nothing
        (13, [2] * 12, Usual(2, 2, 12)),
        (4, [9, 9, *[15] * 8, 30, 30], None),  # far from most evenings, but not from the smallest
        (44, [9, 9, *[15] * 8, 37, 37], None),  # nor from the largest
        (46, [9, 9, *[15] * 8, 37, 37], Usual(10, 35, 12)),
        (0, [3] * 12, None),
        (450, [*TYPICAL, 5000, 4000], Usual(24, 51, 12)),
        (10**6, [0] * 12, Usual(0, 0, 12)),
    ],
)
def test_what_is_far_from_usual(count: int, earlier: list[int], usual: Usual | None) -> None:
    assert far_from_usual(count, earlier) == usual


def test_one_wild_evening_does_not_hide_the_next_one() -> None:
    assert far_from_usual(5000, [*TYPICAL, 5000]) is not None


def test_a_part_is_asked_about_at_its_own_question() -> None:
    (warning,) = second_look(event(line(10, 5, first_women=20, first_men=0)), Around())
    assert warning.question == "first_time"
    inspected = Told(0, "A3.3", ActivityKind.INSPECTION, DAY, DAY, (line(quantity=2, violations=3),))
    (warning,) = second_look(inspected, Around())
    assert warning.question == inspected.asks


def rules(said: Told, **around: object) -> list[WarningRule]:
    return [warning.rule for warning in second_look(said, Around(**around))]  # type: ignore[arg-type] # a table


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (event(line(10, 5, first_women=10, first_men=5)), []),
        (event(line(10, 5, 10, first_women=20, first_men=15)), [WarningRule.PART]),
        (event(line(10, 5), line(3, target_group="children", first_women=4, first_men=0)), [WarningRule.PART]),
        (Told(0, "A3.3", ActivityKind.INSPECTION, DAY, DAY, (line(quantity=12, violations=2, handled=2),)), []),
        (Told(0, "A3.3", ActivityKind.INSPECTION, DAY, DAY, (line(quantity=2, violations=3),)), [WarningRule.PART]),
        (
            Told(0, "A3.3", ActivityKind.INSPECTION, DAY, DAY, (line(quantity=9, violations=3, handled=4),)),
            [WarningRule.PART],
        ),
    ],
)
def test_a_part_that_contradicts_the_whole(said: Told, found: list[WarningRule]) -> None:
    assert rules(said) == found


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (event(line(200, 100)), []),
        (event(line(200, 101)), [WarningRule.RESIDENTS]),
        (event(line(200, 101), last=DAY + timedelta(days=1)), []),
        (event(line(500, target_group="children")), []),
        (event(line(100), line(150, 151, target_group="residents")), [WarningRule.RESIDENTS]),
        (Told(0, "D3", ActivityKind.SERVICE, DAY, DAY, (line(200, 101),)), []),
    ],
)
def test_more_people_than_live_there(said: Told, found: list[WarningRule]) -> None:
    assert rules(said, residents=[Residents("residents", 300, date(2020, 1, 1))]) == found


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (event(line(30, 15), day=DAY + timedelta(days=1)), [WarningRule.SAME_FIGURES]),
        (event(line(30, 15), day=DAY + timedelta(days=3)), [WarningRule.SAME_FIGURES]),
        (event(line(30, 15), day=DAY + timedelta(days=4)), []),
        (event(line(30, 15)), []),  # of the same day: that is asked as the same event
        (event(line(30, 15), day=DAY - timedelta(days=1)), []),
        (event(line(31, 15), day=DAY + timedelta(days=1)), []),
        (event(line(30, 15), day=DAY + timedelta(days=1), activity="A1"), []),
        (event(line(30, 15), line(1, target_group="children"), day=DAY + timedelta(days=1)), []),
    ],
)
def test_yesterdays_very_figures(said: Told, found: list[WarningRule]) -> None:
    assert rules(said, earlier=[event(line(30, 15), number=7)]) == found


def test_small_figures_are_the_same_by_chance() -> None:
    for men, found in ((4, []), (5, [WarningRule.SAME_FIGURES])):
        again = event(line(5, men), day=DAY + timedelta(days=1))
        assert rules(again, earlier=[event(line(5, men))]) == found


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        (date(2020, 11, 15), date(2020, 11, 15), []),
        (date(2020, 12, 15), date(2020, 12, 15), []),
        (date(2020, 12, 16), date(2020, 12, 16), [WarningRule.ACTION_MONTH]),
        (date(2020, 11, 14), date(2020, 11, 14), [WarningRule.ACTION_MONTH]),
        (date(2020, 11, 13), date(2020, 11, 16), []),
    ],
)
def test_an_activity_of_the_action_month_outside_it(first: date, last: date, found: list[WarningRule]) -> None:
    months = [(date(year, 11, 15), date(year, 12, 15)) for year in (2019, 2020, 2021)]
    said = event(line(30), day=first, last=last)
    assert rules(said, action_months=months) == found
    assert rules(said) == []
    for warning in second_look(said, Around(action_months=months)):
        assert warning.arguments == {"first": "2020-11-15", "last": "2020-12-15"}


def test_the_action_month_that_lies_nearest_is_named() -> None:
    months = [(date(year, 11, 15), date(year, 12, 15)) for year in (2019, 2020, 2021)]
    warnings = second_look(event(line(30), day=date(2020, 2, 1)), Around(action_months=months))
    assert warnings[0].arguments["first"] == "2019-11-15"


def test_history_is_of_the_same_activity_where_there_is_enough_of_it() -> None:
    talks, festivals = before(TYPICAL), before([400] * LEAST_EARLIER, "A1.4")
    assert rules(event(line(420)), earlier=[*talks, *festivals]) == [WarningRule.HISTORY]
    assert rules(event(line(420), activity="A1.4"), earlier=[*talks, *festivals]) == []
    assert rules(event(line(3000), activity="A5"), earlier=talks) == [WarningRule.HISTORY]


def test_products_are_compared_with_themselves() -> None:
    def gave(quantity: int, item: str, mode: Mode = Mode.GIVEN) -> Told:
        return Told(0, "A6", ActivityKind.MEDIA, DAY, DAY, (line(quantity=quantity, item=item, mode=mode),))

    earlier = [*(gave(200, "leaflet") for _ in range(9)), *(gave(2, "news") for _ in range(9))]
    assert rules(gave(210, "leaflet"), earlier=earlier) == []
    assert rules(gave(210, "news"), earlier=earlier) == [WarningRule.HISTORY]
    assert rules(gave(2000, "leaflet", Mode.MADE), earlier=earlier) == []
    (warning,) = second_look(gave(210, "news"), Around(earlier=earlier))
    assert warning.question == "quantity"
    assert warning.arguments == {"count": 210, "low": 2, "high": 2, "of": 9, "kind": "media"}


def test_contradictions_come_before_history_and_each_rule_warns_once() -> None:
    said = event(line(400, first_women=500), line(900, first_women=901, target_group="children"))
    photos = [SeenPhoto(3, "P10-KP05", DAY), SeenPhoto(4, "P10-KP05", DAY)]
    around = {"earlier": before(TYPICAL), "residents": [Residents("residents", 300, DAY)], "photos": photos}
    order = [WarningRule.PART, WarningRule.RESIDENTS, WarningRule.SAME_PHOTO, WarningRule.HISTORY]
    assert rules(said, **around) == order
    assert order == sorted(order, key=list(WarningRule).index)


@pytest.mark.parametrize(("differ", "alike"), [(0, True), (3, True), (4, False)])
def test_pictures_of_one_photo_differ_in_few_bits(differ: int, alike: bool) -> None:
    look = 0xF0F0F0F0F0F0F0F0
    assert are_alike(look, look ^ ((1 << differ) - 1)) is alike


@pytest.mark.parametrize(
    ("look", "telling"), [(0, False), (0x7F, False), (0xFF, True), (2**56 - 1, True), (2**57 - 1, False)]
)
def test_a_wall_looks_like_many_walls(look: int, telling: bool) -> None:
    assert is_telling(look) is telling


def test_what_is_kept_reads_as_it_was() -> None:
    remarks = Remarks((ReportWarning(WarningRule.HISTORY, "attendance", {"count": 450}),), "cả phường cùng dự")
    assert Remarks.of_json(remarks.as_json()) == remarks
