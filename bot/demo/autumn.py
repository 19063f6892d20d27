"""The sample's autumn of 2020: who hands in what, when and how. Pure: it is always the same.

Drafts come in one after the other; two pairs may overlap, one event is led by one and joined by another, and one ward
is late with everything. The ward whose chair holds a phone has handed in nothing: that is left to whoever plays.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from periods.days import ZONE

Row = Mapping[str, Any]
SEED = 2020
DRAFT, RESULTS, REVIEW = "plan_draft", "periodic_report", "final_review_ward"
"""The plan's obligations, by their ids of `plan/calendar.toml`."""
DUE = {DRAFT: date(2020, 11, 4), RESULTS: date(2020, 11, 4), REVIEW: date(2020, 10, 31)}
THEME = "Chung tay xây dựng gia đình, cộng đồng không bạo lực"


@dataclass(frozen=True, slots=True)
class Asked:
    """Something that the secretariat asked for besides."""

    title: str
    due_on: date
    units: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Handed:
    """A unit hands something in: a draft plan through the bot, all else on paper, with a note. `kind` is empty for
    what was asked for besides."""

    unit: str
    kind: str
    at: datetime
    note: str = ""
    rows: tuple[Row, ...] = ()


def _at(month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(2020, month, day, hour, minute, tzinfo=ZONE)


ASKED = Asked("Danh sách mô hình phòng, chống bạo lực gia đình", date(2020, 10, 23), ("P11", "P14", "P16"), _at(10, 12))
_LATE = "P16"
_WARDS = {
    "P01": (10, 20),
    "P03": (10, 21),
    "P12": (10, 22),
    "P05": (10, 26),
    "P04": (10, 28),
    "P06": (10, 29),
    "P07": (10, 30),
    "P08": (11, 2),
    "P09": (11, 2),
    "P11": (11, 3),
    "P13": (11, 3),
    "P14": (11, 4),
    "P15": (11, 4),
    "P17": (11, 4),
    _LATE: (11, 10),
}
"""On which day each ward hands in its draft; its report on results follows within the hour, on paper."""
_AGENCIES = {"CQ-GDDT": (10, 23), "CQ-VHTT": (10, 26), "CQ-LDTBXH": (11, 2), "CQ-LDLD": (11, 3)}

_OTHERS = ("CQ-BTG", "CQ-TK", "CQ-TP", "CQ-NV", "CQ-YT", "CQ-TCKH", "CQ-PN", "CQ-QD", "CQ-MTTQ", "CQ-BTC", "CQ-BDV")
"""Agencies that hand in on paper, as they always have."""


def stories() -> list[Handed]:
    """All of it, in the order in which it comes in."""
    return sorted([*_drafts(), *_on_paper()], key=lambda each: (each.at, each.unit, each.kind))


def _drafts() -> Iterator[Handed]:
    for minute, (unit, (month, day)) in enumerate({**_WARDS, **_AGENCIES}.items()):
        rows = _OF_AGENCIES[unit] if unit in _OF_AGENCIES else tuple(_of_ward(unit))
        yield Handed(unit, DRAFT, _at(month, day, 15 if unit == _LATE else 9, minute), rows=rows)


def _on_paper() -> Iterator[Handed]:
    for number, (unit, (month, day)) in enumerate(_WARDS.items(), 31):
        note = f"số {number}/BC-UBND"
        yield Handed(unit, RESULTS, _at(month, day, 16, number), note)
        reviewed = _at(11, 12, 9, number) if unit == _LATE else _at(10, 28 + number % 3, 14, number)
        yield Handed(unit, REVIEW, reviewed, f"số {number + 20}/BC-UBND")
    for number, unit in enumerate((*_AGENCIES, *_OTHERS), 7):
        yield Handed(unit, RESULTS, _at(11, 2 + number % 3, 14, number), f"công văn số {number + 80}")
    for number, unit in enumerate(_OTHERS, 7):
        yield Handed(unit, DRAFT, _at(11, 2 + number % 3, 14, number), f"kèm công văn số {number + 84}")
    for number, unit in enumerate(ASKED.units[:2], 1):
        yield Handed(unit, "", _at(10, 21 + number, 15), f"{2 * number} mô hình, công văn số {number + 8}")


def _planned(content: str, activity: str, group: str, form: str, month: int, **said: Any) -> Row:
    """A planned activity as the form keeps it, with one line of its budget where it has a `rate`."""
    row = {"content": content, "activity": activity, "group": group, "form": form, "month": month}
    cost = {"measure": "buổi", "quantity": said.get("sessions", 1), "source": "ward"}
    spent = {"has_cost": "yes", "item": "Bồi dưỡng báo cáo viên, nước uống", **cost} if "rate" in said else {}
    return {**row, "sessions": 1, "has_cost": "no", **spent, **said}


def _of_ward(unit: str) -> Iterator[Row]:
    chance = random.Random(f"{SEED} {unit}")  # noqa: S311 (the same sample every time)
    women, men = chance.randrange(60, 160, 10), chance.randrange(40, 110, 10)
    yield _planned(
        *("Nói chuyện chuyên đề phòng, chống bạo lực gia đình tại khu phố", "A2", "residents", "talk", 3),
        sessions=chance.randrange(4, 11),
        women=women,
        men=men,
        rate=600_000,
        basis="Thông tư 191/2009/TT-BTC",
    )
    yield _planned(
        *("In tờ rơi về bình đẳng giới và đường dây nóng", "A1.2", "residents", "media", 10),
        sessions=chance.randrange(1_000, 3_000, 500),
        women=0,
        men=0,
        rate=900,
        item="In tờ rơi A5",
        measure="tờ",
    )
    yield _planned(
        *("Mít tinh hưởng ứng Tháng hành động", "A1.4", "residents", "event", 11),
        women=women,
        men=men,
        rate=5_000_000,
        source="district",
        day=20,
    )
    yield from _OF_WARDS.get(unit, ())


_GO_VAP = "Trường THPT Gò Vấp"
_JOINED: dict[str, Any] = {"women": 180, "men": 60, "lead": "CQ-LDLD", "site": "Khu lưu trú công nhân"}
_OF_WARDS: Mapping[str, tuple[Row, ...]] = {
    "P12": (
        _planned(
            *("Tọa đàm phòng, chống bạo lực học đường", "A4", "students", "talk", 3),
            women=220,
            men=210,
            site=_GO_VAP,
            place_unit="P12",
            rate=1_200_000,
        ),
    ),
    "P11": (
        _planned(
            *("Ngày hội gia đình", "A2", "workers", "event", 6),
            women=150,
            men=120,
            place_unit="P11",
            rate=4_000_000,
        ),
    ),
    "P15": (
        _planned(
            *("Hội thi nữ công nhân nhà trọ", "A1.4", "tenant_workers", "event", 11),
            **{**_JOINED, "place_unit": "P15", "rate": 3_000_000},
        ),
    ),
}
_OF_AGENCIES: Mapping[str, tuple[Row, ...]] = {
    "CQ-GDDT": (
        _planned(
            *("Diễn đàn học sinh với bình đẳng giới", "A4", "students", "event", 3),
            women=300,
            men=280,
            site="THPT Gò Vấp",
            place_unit="P12",
            rate=8_000_000,
            source="district",
        ),
    ),
    "CQ-VHTT": (
        _planned(
            *("Tập huấn tuyên truyền viên các khu phố", "A3.2", "propagandists", "training", 4),
            sessions=2,
            women=190,
            men=90,
            rate=6_500_000,
            source="district",
        ),
        _planned(
            *("Tuyên truyền lưu động dịp Ngày Gia đình Việt Nam", "A2", "workers", "event", 6),
            women=200,
            men=150,
            place_unit="P11",
            rate=7_000_000,
            source="district",
        ),
    ),
    "CQ-LDTBXH": (
        _planned(
            *("Bồi dưỡng cán bộ làm công tác bình đẳng giới", "A1.1", "gender_officers", "training", 4),
            sessions=2,
            women=160,
            men=80,
            rate=12_000_000,
            source="district",
        ),
    ),
    "CQ-LDLD": (
        _planned(
            *("Hội thi nữ công nhân nhà trọ", "A1.4", "tenant_workers", "event", 11),
            **{**_JOINED, "place_unit": "P15", "partners": ["P15"], "rate": 15_000_000, "source": "other"},
        ),
    ),
}
"""Of P12 and CQ-GDDT the school is the same, of P11 and CQ-VHTT group, place and month: both pairs may overlap. What
CQ-LDLD leads, P15 takes part in: that is one event."""
