"""What a reorganisation does to units."""

from enum import StrEnum


class ChangeKind(StrEnum):
    """What became of a unit on a day.

    A merged, renamed or moved unit has one successor, a split one has several. A unit that is renamed or moved and
    keeps its code is its own successor.
    """

    MERGE = "merge"
    SPLIT = "split"
    RENAME = "rename"
    MOVE = "move"
