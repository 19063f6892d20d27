"""What needs leave once a report is approved: everything but completing it."""

import pytest

from rules.amending import Said, needs_leave

ANSWERS = {"kind": "event", "date": "2020-11-05", "group": "residents", "unsorted": 75, "topic": "gia đình"}
FACTS = {"activity": "A2", "last_day": "2020-11-05"}
LINE = {"target_group": "residents", "women": 0, "men": 0, "unsorted": 75}
BEFORE = Said(ANSWERS, FACTS, [LINE])
SORTED = {**{name: value for name, value in ANSWERS.items() if name != "unsorted"}, "women": 50, "men": 25}


def sorted_line(women: int, men: int, unsorted: int = 0) -> dict[str, object]:
    return {**LINE, "women": women, "men": men, "unsorted": unsorted}


@pytest.mark.parametrize(
    ("after", "is_needed"),
    [
        (BEFORE, False),
        (Said(SORTED, FACTS, [sorted_line(50, 25)]), False),
        (Said({**SORTED, "men": 30}, FACTS, [sorted_line(50, 30)]), True),
        (Said({**SORTED, "men": 10}, FACTS, [sorted_line(50, 10, 15)]), False),
        (Said({**ANSWERS, "photos": ["7"]}, FACTS, [LINE]), False),
        (Said({**ANSWERS, "topic": "khác"}, FACTS, [LINE]), True),
        (Said(SORTED, {**FACTS, "last_day": "2020-11-06"}, [sorted_line(50, 25)]), True),
        (Said(ANSWERS, FACTS, [LINE, LINE]), True),
    ],
)
def test_completing_needs_no_leave(after: Said, is_needed: bool) -> None:
    assert needs_leave(BEFORE, after) is is_needed


def test_what_is_taken_away_needs_leave() -> None:
    with_photo, whole = {**ANSWERS, "photos": ["7", "8"]}, Said(SORTED, FACTS, [sorted_line(50, 25)])
    assert needs_leave(Said(with_photo, FACTS, [LINE]), Said({**ANSWERS, "photos": ["7"]}, FACTS, [LINE]))
    assert needs_leave(whole, Said({**SORTED, "women": 25, "men": 50}, FACTS, [sorted_line(25, 50)]))


def test_people_of_further_lines_are_compared_line_by_line() -> None:
    entry = {"more_group": "workers", "more_unsorted": 9}
    said = {**entry, "more_women": 4, "more_men": 5}
    lines = [LINE, {**LINE, "target_group": "workers", "unsorted": 9}]
    done = [LINE, {**sorted_line(4, 5), "target_group": "workers"}]
    completed = {**ANSWERS, "more_lines": [{name: value for name, value in said.items() if name != "more_unsorted"}]}
    assert not needs_leave(Said({**ANSWERS, "more_lines": [entry]}, FACTS, lines), Said(completed, FACTS, done))
