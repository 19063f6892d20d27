"""Ten stories of events come out as they were worked out by hand."""

import pytest

from rules.bounds import Bounds, Ends, Visits, bounds, gathered, owner
from tests.by_hand import STORIES, Held, Story
from tests.unit.gathered_events import Group, event

ABOVE = {"P10": "GV", "P14": "GV", "CQ-VHTT": "GV", "P10-KP1": "P10", "P10-KP2": "P10", "P10-KP10": "P10"}
ABOVE |= {"P14-KP1": "P14"}
NUMBER = {code: number for number, code in enumerate(("GV", *ABOVE))}
CHILDREN = {
    NUMBER[unit]: [NUMBER[code] for code, above in ABOVE.items() if above == unit] for unit in ("GV", "P10", "P14")
}


def path(code: str) -> list[int]:
    return [NUMBER[code], *(path(ABOVE[code]) if code in ABOVE else ())]


def owner_of(held: Held) -> int:
    return owner(path(held.unit), path(held.place), agency=held.unit.startswith("CQ"))


def found(story: Story, unit: str) -> Bounds:
    events = [
        (owner_of(held), event([Group(Visits(held.women, held.men, held.unsorted))], approved=held.approved))
        for held in story.held
    ]
    return bounds(NUMBER[unit], CHILDREN, gathered(events))


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_each_story_comes_out_as_by_hand(story: Story) -> None:
    for unit, ends in story.ends.items():
        shown = found(story, unit)
        assert (shown.assumed, shown.most) == (Ends(*ends[:3]), Ends(*ends[3:])), unit
