"""A grammar of reports in one line that knows what it meant: days, counts, and what only looks like them.

Each text is made of parts in any order; a part says what it means, or that it means nothing.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from interview.reading.text import fold

TODAY = date(2026, 11, 27)
_WEEKDAYS = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật")
_SPOKEN = {
    12: "mười hai",
    15: "mười lăm",
    20: "hai mươi",
    21: "hai mươi mốt",
    25: "hai lăm",
    30: "ba mươi",
    45: "bốn lăm",
}
_NOISE = (
    "chào mừng 20/11", "kỷ niệm 20/10", "hưởng ứng ngày 25/11", "mừng ngày 8/3", "nhân ngày 20/11",
    "theo kế hoạch số 10/11", "theo công văn 15/11", "theo nghị quyết 28/NQ-CP", "lần thứ ba", "đợt 2", "khóa 12",
    "ở hẻm 12/5 Phạm Văn Chiêu", "tại số 15/11 đường Lê Đức Thọ", "ở tổ 12", "ở khu phố 5", "lúc 8h30", "lúc 19 giờ",
    "diện tích 50m2", "đạt 90%", "trong 90 phút", "giai đoạn 2021-2030", "phát 20 phần quà", "tổng đài 111", "kỳ 2",
)  # fmt: skip
_ACTIVITIES = ("tọa đàm", "nói chuyện", "sinh hoạt khu phố", "mít tinh")


@dataclass(frozen=True, slots=True)
class Meant:
    """A text, the day and the numbers that it means (`None`: it says none)."""

    parts: tuple[str, ...]
    day: date | None
    women: int | None
    men: int | None
    bare: bool

    @property
    def text(self) -> str:
        """The parts in one line, without any diacritics if it is written so."""
        said = ", ".join(self.parts) if len(self.parts) % 2 else " ".join(self.parts)
        return fold(said) if self.bare else said

    def without(self, at: int) -> "Meant":
        """The same without one part, to find the shortest text that fails."""
        return Meant((*self.parts[:at], *self.parts[at + 1 :]), self.day, self.women, self.men, self.bare)


def text_of(chance: random.Random) -> Meant:
    """A text by chance."""
    said_day, day = _day(chance)
    said_counts, women, men = _counts(chance)
    noise = chance.sample(_NOISE, chance.choice((0, 1, 1, 2)))
    parts = [chance.choice(_ACTIVITIES), said_counts, *noise, *((said_day,) if said_day else ())]
    chance.shuffle(parts)
    return Meant(tuple(parts), day, women, men, chance.random() < 0.25)


def _day(chance: random.Random) -> tuple[str, date | None]:
    back = chance.randrange(20)
    day = TODAY - timedelta(days=back)
    ways: Sequence[tuple[str, date | None]] = (
        ("", None),
        (("hôm nay", "hôm qua", "hôm kia")[back % 3], TODAY - timedelta(days=back % 3)),
        (f"ngày {day.day}/{day.month}", day),
        (f"{day.day:02}/{day.month:02}/{day.year}", day),
        (f"ngày {day.day} tháng {day.month}", day),
        (f"{_WEEKDAYS[day.weekday()]} {day.day}/{day.month}", day),
        (f"cách đây {back + 1} ngày", TODAY - timedelta(days=back + 1)),
        (_WEEKDAYS[back % 7], TODAY - timedelta(days=(TODAY.weekday() - back % 7) % 7)),
        (f"{_WEEKDAYS[back % 7]} tuần trước", TODAY + timedelta(days=back % 7 - TODAY.weekday() - 7)),
    )
    return chance.choice(ways)


def _counts(chance: random.Random) -> tuple[str, int, int]:
    women, men = chance.choice((12, 15, 20, 21, 25, 30, 45, 80)), chance.choice((0, 7, 12, 15, 20, 25, 30))
    said_women, said_men = _number(chance, women), _number(chance, men)
    ways = (
        f"nữ {said_women} nam {said_men}",
        f"{women} nữ {men} nam",
        f"nam {said_men}, nữ {said_women}",
        f"{women} chị và {men} anh",
        f"{women + men} người, trong đó {women} nữ",
        f"{women + men} người, nữ {women}, còn lại nam",
        f"nữ: {women}; nam: {men}",
        f"nam, nữ: {men}, {women}",
        f"{women} nữ + {men} nam = {women + men}",
    )
    return chance.choice(ways), women, men


def _number(chance: random.Random, number: int) -> str:
    return _SPOKEN.get(number, str(number)) if chance.random() < 0.4 else str(number)
