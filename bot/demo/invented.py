"""What the sample's units report: kinds of work by level, unit and season, with numbers from a generator. Pure."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from rules.kinds import ActivityKind, Mode
from rules.levels import Level
from storage.directory.units import Unit, UnitsOfDay

Answers = dict[str, object]
Span = tuple[int, int]
NOBODY: Span = (0, 0)


class Season(Enum):
    """A stretch of the year, with the share of neighbourhoods that report, and that say nil if they do not."""

    USUAL = (0.66, 0.4)
    WOMENS_DAYS = (0.9, 0.3)
    """Weeks of 8 March, 28 June and 20 October."""
    ACTION_MONTH = (0.97, 0.2)
    DISTANCING = (0.3, 0.75)
    """Spring of 2020: nobody may meet."""
    HOLIDAYS = (0.05, 0.1)

    @property
    def share(self) -> float:
        return self.value[0]

    @property
    def nil(self) -> float:
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Work:
    """A kind of work: how often it is done beside others, and how many women and men come, or how much is made."""

    weight: int
    kind: ActivityKind
    activity: str
    groups: Sequence[str] = ()
    women: Span = NOBODY
    men: Span = NOBODY
    products: Sequence[str] = ()
    quantity: Span = NOBODY
    mode: Mode = Mode.GIVEN


_EVENT, _MEDIA, _SERVICE = ActivityKind.EVENT, ActivityKind.MEDIA, ActivityKind.SERVICE
_AT_HOME = ("residents", "residents", "residents", "youth_union", "workers", "children")
_TALK = Work(9, _EVENT, "A2", _AT_HOME, (9, 46), (4, 28))
_LEAFLETS = Work(4, _MEDIA, "A1.2", products=("leaflet", "leaflet", "poster", "post"), quantity=(3, 22))
_LOUDSPEAKERS = Work(9, _MEDIA, "A1.2", products=("broadcast", "post"), quantity=(1, 3))
_HELP = Work(1, _SERVICE, "D3", ("counselling", "mediation", "legal", "referral"), (1, 5), (0, 2))
_MONTHS_EVENT = Work(11, _EVENT, "A1.4", _AT_HOME, (18, 72), (8, 44))

_NEIGHBOURHOOD = (_TALK, Work(4, _EVENT, "A3.1", ("residents", "youth_union"), (10, 40), (6, 30)), _LEAFLETS, _HELP)
_WARD = (
    Work(4, _EVENT, "A1.1", ("officials", "officials", "gender_officers"), (18, 45), (14, 40)),
    Work(3, _EVENT, "A4", ("students", "students", "teachers"), (60, 190), (55, 180)),
    Work(3, _EVENT, "A3.2", ("propagandists",), (10, 24), (4, 14)),
    Work(3, _MEDIA, "A1.2", products=("leaflet", "poster", "other_product"), quantity=(50, 200), mode=Mode.MADE),
    Work(3, _MEDIA, "A6", products=("broadcast", "article"), quantity=(1, 6)),
    Work(2, ActivityKind.INSPECTION, "A3.3", quantity=(4, 18)),
    Work(1, ActivityKind.DOCUMENT, "B1.1", quantity=(1, 3)),
    Work(1, ActivityKind.SURVEY, "A1.3", quantity=(60, 150)),
    Work(1, _SERVICE, "D3", ("counselling", "legal", "livelihood", "health"), (3, 12), (0, 5)),
)
_AGENCIES: Mapping[str, Sequence[Work]] = {
    "CQ-LDTBXH": (
        Work(3, _EVENT, "A1.1", ("gender_officers", "policy_makers", "officials"), (30, 80), (25, 70)),
        Work(1, ActivityKind.SURVEY, "A1.3", quantity=(300, 600)),
        Work(1, _SERVICE, "D3", ("counselling", "legal", "shelter"), (4, 15), (0, 4)),
    ),
    "CQ-VHTT": (
        Work(2, _EVENT, "A3.2", ("propagandists",), (60, 130), (30, 70)),
        Work(1, ActivityKind.INSPECTION, "A3.3", quantity=(12, 40)),
    ),
    "CQ-GDDT": (Work(1, _EVENT, "A4", ("students", "teachers"), (150, 420), (140, 400)),),
    "CQ-LDLD": (Work(1, _EVENT, "A5", ("workers", "workers", "employers"), (80, 240), (30, 120)),),
    "CQ-BTG": (Work(1, _MEDIA, "A6", products=("article",), quantity=(2, 9)),),
    "CQ-TK": (
        Work(2, ActivityKind.DOCUMENT, "B1.1", quantity=(1, 4)),
        Work(1, _EVENT, "B1.2", ("gender_officers",), (16, 34), (4, 12)),
    ),
    "CQ-TP": (
        Work(2, ActivityKind.DOCUMENT, "B2.1", quantity=(1, 5)),
        Work(1, _EVENT, "B2.2", ("officials",), (20, 44), (16, 40)),
    ),
    "CQ-NV": (Work(1, _EVENT, "C1", ("women_leaders",), (28, 70)),),
}
_TOPICS = (
    "Phòng, chống bạo lực gia đình",
    "Chia sẻ việc nhà",
    "Xóa bỏ định kiến giới",
    "Quyền của phụ nữ và trẻ em gái",
    "Kỹ năng ứng phó với bạo lực",
    "",
)
_SCHOOL_IS_OUT = (6, 7, 8)


def works_of(unit: Unit, ward: str, season: Season, month: int) -> list[Work]:
    """What a unit may do in a season: from `plan/activities.csv`, what is open to it."""
    if season is Season.DISTANCING:
        return [_LOUDSPEAKERS, _HELP] if unit.level is not Level.AGENCY else []
    if unit.level is Level.NEIGHBOURHOOD:
        works = [*_NEIGHBOURHOOD]
        if ward in ("P10", "P14"):
            works.append(Work(1, _EVENT, "D1", ("tenant_workers",), (14, 36)))
    else:
        works = [*(_WARD if unit.level is Level.WARD else _AGENCIES.get(unit.code, ()))]
    if season is Season.ACTION_MONTH and works:
        larger = 1 if unit.level is Level.NEIGHBOURHOOD else 3
        women, men = ((low * larger, high * larger) for low, high in (_MONTHS_EVENT.women, _MONTHS_EVENT.men))
        works.append(Work(_MONTHS_EVENT.weight, _EVENT, "A1.4", ("residents", "workers"), women, men))
    return [work for work in works if work.activity != "A4" or month not in _SCHOOL_IS_OUT]


def answers_of(units: UnitsOfDay, unit: Unit, work: Work, day: date, chance: random.Random) -> Answers:
    """The answers of a report, as the form keeps them."""
    ward = units.ward_around(unit)
    hidden: Answers = {
        "level": str(unit.level),
        "unit": unit.code,
        "ward": ward.code if ward else "",
        "kind": work.kind.value,
        "activity": work.activity,
        "date": day.isoformat(),
    }
    if unit.level is Level.AGENCY:
        hidden["place_unit"] = chance.choice([units.root, *units.of_level(Level.WARD)]).code
    if work.kind is _EVENT and unit.level is not Level.NEIGHBOURHOOD and chance.random() < 0.12:
        hidden["last_date"] = (day + timedelta(days=1)).isoformat()
    return hidden | _measured(unit, work, chance)


def _measured(unit: Unit, work: Work, chance: random.Random) -> Answers:
    match work.kind:
        case ActivityKind.EVENT:
            return _attended(work, chance)
        case ActivityKind.SERVICE:
            helped: Answers = {"helped_women": chance.randint(*work.women), "helped_men": chance.randint(*work.men)}
            return {"service_kind": chance.choice(work.groups), **helped}
        case ActivityKind.MEDIA:
            product = chance.choice(work.products)
            tens = 10 if product in ("leaflet", "poster") else 1
            made: Answers = {"product": product, "quantity": chance.randint(*work.quantity) * tens}
            shown = "Bảng tin khu phố" if unit.level is Level.NEIGHBOURHOOD else "Trụ sở phường và các khu phố"
            return {**made, "mode": work.mode.value, "shown_where": shown}
        case ActivityKind.INSPECTION:
            inspected = chance.randint(*work.quantity)
            violations = chance.choice((0, 0, 0, 1, 2))
            return {"inspected": inspected, "violations": violations, "handled": chance.randint(0, violations)}
        case _:
            return {"number": chance.randint(*work.quantity), "subject": "Số liệu về nam và nữ"}


def _attended(work: Work, chance: random.Random) -> Answers:
    """Mostly women and men; some reports know only the total, some a second group, some who came first this year."""
    women, men = chance.randint(*work.women), chance.randint(*work.men)
    said: Answers = {"group": chance.choice(work.groups)}
    if topic := chance.choice(_TOPICS):
        said["topic"] = topic
    if chance.random() < 0.03:
        return said | {"unsorted": women + men}
    said |= {"women": women, "men": men}
    if chance.random() < 0.3:
        said |= {
            "first_women": round(women * chance.uniform(0.2, 0.8)),
            "first_men": round(men * chance.uniform(0.2, 0.8)),
        }
    if len(set(work.groups)) > 1 and chance.random() < 0.12:
        other = chance.choice([group for group in work.groups if group != said["group"]])
        more = {"more_group": other, "more_women": chance.randint(2, 12), "more_men": chance.randint(1, 9)}
        said["more_lines"] = [more]
    return said
