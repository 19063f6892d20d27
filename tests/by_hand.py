"""Ten small stories of events, with the people behind them worked out by hand.

An event: who organised it, where, women, men, unsorted; "?" after its organiser: it is not approved. The district GV
has the wards P10 (neighbourhoods 1, 2, 10) and P14 (neighbourhood 1) and the agency CQ-VHTT. All are residents.
Ends: at least women, men, total; at most women, men, total.
"""

from typing import NamedTuple


class Held(NamedTuple):
    organiser: str
    place: str
    women: int
    men: int
    unsorted: int = 0

    @property
    def approved(self) -> bool:
        return not self.organiser.endswith("?")

    @property
    def unit(self) -> str:
        return self.organiser.removesuffix("?")


class Story(NamedTuple):
    name: str
    held: tuple[Held, ...]
    ends: dict[str, tuple[int, int, int, int, int, int]]


K1, K2, K10, K14 = "P10-KP1", "P10-KP2", "P10-KP10", "P14-KP1"
STORIES = (
    Story(
        "a ward's event is larger than what its neighbourhoods held, but not in men",
        (Held(K1, K1, 20, 12), Held(K2, K2, 15, 10), Held("P10", "P10", 50, 8)),
        # P10: W max(20 + 15, 50), M max(12 + 10, 8), T max(32 + 25, 58, 50 + 22).
        {"P10": (50, 22, 72, 85, 30, 115), "GV": (50, 22, 72, 85, 30, 115)},
    ),
    Story(
        "a ward's event is smaller: the neighbourhoods' sum stands",
        (Held(K1, K1, 20, 12), Held(K2, K2, 15, 10), Held("P10", "P10", 18, 9)),
        {"P10": (35, 22, 57, 53, 31, 84)},
    ),
    Story(
        "two events of one neighbourhood may have had the same people",
        (Held(K1, K1, 20, 12), Held(K1, K1, 18, 14)),
        # W 20, M 14, and since both are people T 34.
        {K1: (20, 14, 34, 38, 26, 64), "P10": (20, 14, 34, 38, 26, 64)},
    ),
    Story(
        "an agency's event in a ward is the district's, and none of the ward's",
        (Held("CQ-VHTT", "P10", 60, 30), Held(K1, K1, 10, 5), Held(K14, K14, 15, 20)),
        # GV: W max(10 + 15, 60), M max(5 + 20, 30), T max(50, 90).
        {"P10": (10, 5, 15, 10, 5, 15), "P14": (15, 20, 35, 15, 20, 35), "GV": (60, 30, 90, 85, 55, 140)},
    ),
    Story(
        "an agency's smaller event changes only the upper end of the district",
        (Held("CQ-VHTT", "GV", 10, 5), Held(K1, K1, 30, 20), Held("P14", "P14", 25, 25)),
        {"GV": (55, 45, 100, 65, 50, 115)},
    ),
    Story(
        "a ward's event in another ward is the district's",
        (Held("P10", "P14", 40, 10), Held("P10", "P10", 30, 20), Held("P14", "P14", 5, 25)),
        # GV: W max(30 + 5, 40), M 20 + 25, T max(50 + 30, 50, 40 + 45).
        {"P10": (30, 20, 50, 30, 20, 50), "P14": (5, 25, 30, 5, 25, 30), "GV": (40, 45, 85, 75, 55, 130)},
    ),
    Story(
        "a neighbourhood's event in the next one is the ward's",
        (Held(K1, K2, 40, 0), Held(K1, K1, 10, 10), Held(K2, K2, 10, 10)),
        # P10: W max(10 + 10, 40), M 20, T max(20 + 20, 40, 60).
        {K1: (10, 10, 20, 10, 10, 20), "P10": (40, 20, 60, 60, 20, 80)},
    ),
    Story(
        "unsorted people count in the total alone, and at most in either sex",
        (Held(K1, K1, 10, 5, 20), Held(K2, K2, 0, 0, 30), Held("P10", "P10", 20, 10, 0)),
        # P10: W max(10, 20), M max(5, 10), T max(35 + 30, 30, 30); at most W 30 + 50, M 15 + 50.
        {"P10": (20, 10, 65, 80, 65, 95)},
    ),
    Story(
        "what is not approved raises the upper end alone",
        (Held(K1, K1, 10, 5), Held("P10?", "P10", 100, 50), Held("CQ-VHTT?", "GV", 200, 100)),
        {"P10": (10, 5, 15, 110, 55, 165), "GV": (10, 5, 15, 310, 155, 465)},
    ),
    Story(
        "a district's event is larger than one ward and smaller than two",
        (Held("P10", "P10", 45, 15), Held(K14, K14, 35, 25), Held("GV", "GV", 60, 20), Held(K10, "GV", 5, 50)),
        # GV: W max(45 + 35, 60), M max(15 + 25, 50), T max(60 + 60, 80, 80 + 50).
        {"P10": (45, 15, 60, 45, 15, 60), "GV": (80, 50, 130, 145, 110, 255)},
    ),
)
