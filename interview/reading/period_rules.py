"""The ways in which people name a period, as a table: "tháng 10", "quý III/2020", "6 tháng đầu năm", "1/10".

A rule makes a `Named` of its words: which stretch of which year, if the year was said, or days that are certain.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from interview.limits import EARLIEST_YEAR, LATEST_YEAR
from interview.reading.numerals import read_numerals
from interview.reading.text import fold
from interview.reading.writing import rule
from periods.cuts import Cuts
from periods.neighbours import year_earlier
from periods.period import Length, Period, after, around, before, period_of, span_period


@dataclass(frozen=True, slots=True)
class Named:
    """What some words name: the `number`-th stretch of a length, in a year or in none that was said, or a period."""

    length: Length = Length.SPAN
    number: int = 1
    last: int = 0
    """The number of the last stretch, of several in a row; a smaller one than `number` lies in the year after."""
    year: int | None = None
    cut_off: bool = False
    period: Period | None = None
    """What needs no year."""
    options: tuple[Period, ...] = ()
    """What may be meant, where one cannot tell."""
    day: tuple[int, int] | None = None
    """Day and month, of a day in no year that was said."""


NOTHING = Named()
"""No such period: the 13th month."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The day on which it is said, and where the plan's official reports cut the year."""

    today: date
    cuts: Cuts


Making = Callable[[re.Match[str], Calendar], Named]

_BACK = {
    "nay": 0, "hien tai": 0, "this": 0, "truoc nua": -2, "kia": -2, "sau": 1, "toi": 1, "ke tiep": 1, "next": 1,
}  # fmt: skip
"""Steps from the period of today; every other word for it looks one back."""
_AGO = "này|nay|hiện tại|trước nữa|kia|trước|trc|rồi|qua|vừa rồi|vừa qua|ngoái|sau|tới|kế tiếp"
_YEAR = (
    r"(?:[ ,]*(?:[/.–-] ?(?P<y>[12][0-9]{3})|/(?P<yy>[0-9]{2})(?![0-9/])|(?:của )?(?:năm )?(?P<yyyy>[12][0-9]{3})"
    rf"|(?:của )?năm (?P<w>{_AGO})|(?P<ly>last year|this year)))?"
)
_OFFICIAL = "(?P<cut>kỳ (?:báo cáo|số liệu|hành chính)? ?(?:của )?)?"
_NO_UNIT = "(?<!phường )(?<!khu phố )(?<!quận )(?<!kp )"
"""What a number is not the number of: in "phường 10 tháng 3" no ten months, and no tenth of March."""
_NUMERAL = "mười một|mười hai|mười|một|hai|ba|bốn|tư|năm(?! [12n])|sáu|bảy|tám|chín"
_ORDINALS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "gieng": 1, "chap": 12, "nhat": 1, "nhi": 2}
_LENGTHS = {
    "tuan": Length.WEEK,
    "week": Length.WEEK,
    "thang": Length.MONTH,
    "month": Length.MONTH,
    "quy": Length.QUARTER,
    "qui": Length.QUARTER,
    "quarter": Length.QUARTER,
    "nam": Length.YEAR,
    "year": Length.YEAR,
}
_MOST = {Length.WEEK: 53, Length.MONTH: 12, Length.QUARTER: 4}
_TO = "(?:đến hết|đến|tới|-|–)"
_FROM_JANUARY: Mapping[int, Length] = {
    6: Length.HALF,
    9: Length.NINE_MONTHS,
    10: Length.TEN_MONTHS,
    12: Length.YEAR,
}


def _year(match: re.Match[str], calendar: Calendar) -> int | None:
    """The year that a match says in figures or words."""
    groups = match.groupdict()
    if said := groups.get("y") or groups.get("yyyy"):
        return int(said)
    if said := groups.get("yy"):
        return 2000 + int(said)
    if said := groups.get("ly"):
        return calendar.today.year - ("last" in said)
    if said := groups.get("w"):
        return calendar.today.year + _BACK.get(fold(said), -1)
    return None


def _number(said: str) -> int:
    """The number that is said in figures, in words, or in Roman figures; 0 if none is."""
    plain = fold(said)
    if plain in _ORDINALS:
        return _ORDINALS[plain]
    return int(plain) if plain.isascii() and plain.isdigit() else read_numerals(said.split()) or 0


def _code(match: re.Match[str], calendar: Calendar) -> Named:
    try:
        return Named(period=period_of(match[0].upper().replace("@CHOT", "@chot"), calendar.cuts))
    except ValueError:
        return NOTHING


def _numbered(match: re.Match[str], calendar: Calendar) -> Named:
    groups, length = match.groupdict(), _unit(match)
    number, last = _number(match["n"]), _number(groups.get("last") or "")
    if not 1 <= number <= _MOST[length] or last > _MOST[length] or last == number:
        return NOTHING
    return Named(length, number, last, _year(match, calendar), bool(groups.get("cut")))


def _unit(match: re.Match[str]) -> Length:
    return _LENGTHS[fold(match["unit"])]


def _quarter_code(match: re.Match[str], calendar: Calendar) -> Named:
    return Named(Length.QUARTER, int(match["n"]), year=_year(match, calendar))


def _month_code(match: re.Match[str], calendar: Calendar) -> Named:
    return _month(int(match["n"]), _year(match, calendar))


def _month(number: int, year: int | None) -> Named:
    return Named(Length.MONTH, number, year=year) if 1 <= number <= 12 else NOTHING


def _relative(match: re.Match[str], calendar: Calendar) -> Named:
    length, steps = _unit(match), _BACK.get(fold(match["ago"]), -1)
    if length is Length.MONTH and match["ago"] == "sau" and match.string.isascii():  # "tháng sáu" without its tone?
        june = _month(6, calendar.today.year)
        return Named(june.length, june.number, year=june.year, options=(after(around(length, calendar.today)),))
    period = around(length, calendar.today)
    for _ in range(abs(steps)):
        period = before(period) if steps < 0 else after(period)
    if match.groupdict().get("cut") and length is not Length.WEEK:
        return Named(length, period.number, year=period.first.year, cut_off=True)
    return Named(period=period)


def _same_last_year(match: re.Match[str], calendar: Calendar) -> Named:
    """ "tuần này năm ngoái"."""
    return Named(period=year_earlier(around(_unit(match), calendar.today)))


def _so_far(match: re.Match[str], calendar: Calendar) -> Named:
    """ "từ đầu tháng đến nay": the month itself, of which nothing has taken place after today."""
    return Named(period=around(_unit(match), calendar.today))


def _half(match: re.Match[str], calendar: Calendar) -> Named:
    number = 2 if fold(match["half"]) in {"cuoi", "second"} else 1
    return Named(Length.HALF, number, year=_year(match, calendar), cut_off=bool(match.groupdict().get("cut")))


def _first_months(match: re.Match[str], calendar: Calendar) -> Named:
    """ "9 tháng đầu năm": the months from January on; "3 tháng" alone may be the last three, too."""
    number, year, said_first = _number(match["n"]), _year(match, calendar), bool(match["first"])
    if length := _FROM_JANUARY.get(number):
        return Named(length, 1, year=year, cut_off=bool(match["cut"]))
    if not 1 <= number <= 12:
        return NOTHING
    if said_first or year:
        return Named(Length.MONTH, 1, number, year)
    month = around(Length.MONTH, calendar.today)
    last = before(month)
    first = last
    for _ in range(number - 1):
        first = before(first)
    return Named(Length.MONTH, 1, number, options=(span_period(first.first, last.last),))


def _action_month(match: re.Match[str], calendar: Calendar) -> Named:
    return Named(Length.ACTION_MONTH, year=_year(match, calendar))


def _results(match: re.Match[str], calendar: Calendar) -> Named:
    return Named(Length.RESULTS, year=_year(match, calendar))


def _whole_year(match: re.Match[str], calendar: Calendar) -> Named:
    return Named(Length.YEAR, year=_year(match, calendar) or calendar.today.year, cut_off=bool(match["cut"]))


def _some_year(match: re.Match[str], _: Calendar) -> Named:
    year = int(match[0])
    return Named(Length.YEAR, year=year) if EARLIEST_YEAR <= year <= LATEST_YEAR else NOTHING


def _years(match: re.Match[str], _: Calendar) -> Named:
    first, last = int(match["n"]), int(match["last"])
    if not EARLIEST_YEAR <= first < last <= LATEST_YEAR:
        return NOTHING
    return Named(period=span_period(date(first, 1, 1), date(last, 12, 31)))


def _day(match: re.Match[str], calendar: Calendar) -> Named:
    day, month, year = int(match["d"]), int(match["m"]), _year(match, calendar)
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return NOTHING
    return Named(day=(day, month), year=year)


def _days(match: re.Match[str], calendar: Calendar) -> Named:
    first, month, year = int(match["n"]), int(match["m"]), _year(match, calendar)
    if not 1 <= month <= 12 or not 1 <= first < int(match["last"]) <= 31:
        return NOTHING
    return Named(day=(first, month), last=int(match["last"]), year=year)


def _last_few(match: re.Match[str], calendar: Calendar) -> Named:
    """ "30 ngày qua" end today; of longer stretches the whole ones that are over are meant, or the last ends today."""
    number = _number(match["n"] or match["k"])
    unit = fold(match["unit"] or match["units"]).removesuffix("s")
    today, length = calendar.today, _LENGTHS.get(unit, Length.SPAN)
    if not 0 < number <= _MOST_BACK[length]:
        return NOTHING
    if length is Length.SPAN:
        return Named(period=span_period(today - timedelta(days=number - 1), today))
    this = around(length, today)
    over = [this := before(this) for _ in range(number)]
    return Named(period=span_period(over[-1].first, over[0].last) if number > 1 else over[0])


_MOST_BACK: Mapping[Length, int] = {
    Length.SPAN: 400,
    Length.WEEK: 104,
    Length.MONTH: 60,
    Length.QUARTER: 20,
    Length.YEAR: 10,
}
"""Stretches of each length (days under `SPAN`) that anybody looks back."""


def _near_day(match: re.Match[str], calendar: Calendar) -> Named:
    day = calendar.today - timedelta(days=fold(match[0]) in {"hom qua", "hqua", "yesterday"})
    return Named(period=span_period(day, day))


def _part_of_year(match: re.Match[str], calendar: Calendar) -> Named:
    """ "đầu năm", "cuối năm": nobody can tell which of these."""
    year = _year(match, calendar) or calendar.today.year
    late = fold(match["half"]) == "cuoi"
    codes = (f"{year}-Q4", f"{year}-H2") if late else (f"{year}-Q1", f"{year}-H1")
    return Named(options=tuple(map(period_of, codes)))


RULES: tuple[tuple[str, re.Pattern[str], Making], ...] = (
    (
        "code",
        rule(
            r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}\.\.[12][0-9]{3}-[0-9]{2}-[0-9]{2}"
            r"|[12][0-9]{3}(?:-?w[0-9]{2}|-(?:q[1-4]|h[12]|9m|10m|am|kq|0[1-9]|1[0-2])(?:@chot)?|@chot)(?![-/])"
        ),
        _code,
    ),
    (
        "action month",
        rule(
            "(?:tháng hành động(?: quốc gia)?(?: vì bình đẳng giới(?: và phòng,? (?:chống|ngừa)[^0-9]*?giới)?)?"
            f"|action month){_YEAR}"
        ),
        _action_month,
    ),
    ("results report", rule(f"(?:kỳ )?báo cáo kết quả(?: thực hiện)?(?: kế hoạch)?(?: năm(?= *$))?{_YEAR}"), _results),
    (
        "numbers in a row",
        rule(
            rf"(?:từ )?(?P<unit>tuần|tháng|quý|quí) ?(?P<n>[0-9]{{1,2}}|i{{1,3}}) ?{_TO} ?(?:(?:tuần|tháng|quý|quí) ?)?"
            rf"(?P<last>[0-9]{{1,2}}|i{{1,3}}|iv)(?![0-9/]){_YEAR}"
        ),
        _numbered,
    ),
    (
        "last few",
        rule(
            rf"{_NO_UNIT}(?P<n>[0-9]{{1,3}}|{_NUMERAL}) (?P<unit>ngày|hôm|bữa|tuần|tháng|quý|năm) "
            "(?:vừa qua|vừa rồi|gần đây|gần nhất|trở lại đây|đổ lại|qua|nay)|"
            "(?:in )?(?:the )?(?:last|past) (?P<k>[0-9]{1,3}) (?P<units>days?|weeks?|months?|quarters?|years?)"
        ),
        _last_few,
    ),
    (
        "half a year",
        rule(rf"{_OFFICIAL}(?:(?:6|sáu) ?(?:tháng|t)|nửa)(?: năm)? (?P<half>đầu|cuối)(?: năm)?{_YEAR}"),
        _half,
    ),
    ("half a year", rule(f"(?:the )?(?P<half>first|second) half(?: of(?: the year)?)?{_YEAR}"), _half),
    (
        "months from January on",
        rule(
            rf"{_NO_UNIT}{_OFFICIAL}(?P<n>[0-9]{{1,2}}|{_NUMERAL}) ?(?:tháng|t(?= đầu))"
            rf"(?! ?[0-9]{{1,2}}(?![0-9]))(?! năm(?! [12nt]))(?! (?:{_AGO})(?! ngoái))"
            rf"(?P<first> đầu(?: năm)?)?{_YEAR}"
        ),
        _first_months,
    ),
    (
        "from one day to another",
        rule(
            rf"(?:tuần )?(?:từ|kể từ)(?: ngày)? (?P<n>[0-9]{{1,2}}) ?{_TO} ?(?:ngày )?"
            rf"(?P<last>[0-9]{{1,2}})(?:/| tháng )(?P<m>[0-9]{{1,2}})(?![0-9]){_YEAR}"
        ),
        _days,
    ),
    (
        "days in a row",
        rule(
            rf"{_NO_UNIT}(?<!/)(?:từ )?(?:ngày )?(?P<n>[0-9]{{1,2}}) ?{_TO} ?(?:ngày )?"
            rf"(?P<last>[0-9]{{1,2}})(?:/| tháng )(?P<m>[0-9]{{1,2}})(?![0-9]){_YEAR}"
        ),
        _days,
    ),
    (
        "day",
        rule(
            rf"{_NO_UNIT}(?<!tháng )(?<!tuần )(?<!quý )(?:ngày )?(?P<d>[0-9]{{1,2}})(?:[/.]| tháng )"
            rf"(?P<m>[0-9]{{1,2}})(?![0-9]){_YEAR}"
        ),
        _day,
    ),
    ("near day", rule("hôm nay|hôm qua|hnay|hqua|today|yesterday"), _near_day),
    ("same last year", rule("(?P<unit>tuần|tháng|quý) (?:này|nay) (?:của )?năm (?:ngoái|trước)"), _same_last_year),
    ("so far", rule("(?:tính )?(?:từ )?đầu (?P<unit>tuần|tháng|quý)(?: này)? (?:đến|tới) (?:nay|giờ)"), _so_far),
    ("near", rule(f"{_OFFICIAL}(?P<unit>tuần|tháng|quý|quí) (?P<ago>{_AGO})"), _relative),
    ("near", rule("(?P<ago>this|last|next) (?P<unit>week|month|quarter|year)"), _relative),
    (
        "numbered",
        rule(
            rf"{_OFFICIAL}(?P<unit>tuần|tháng|quý|quí|week|month|quarter)(?: thứ| số)? ?"
            rf"(?P<n>[0-9]{{1,2}}(?![0-9])|i{{1,3}}|iv|giêng|chạp|nhất|nhì|{_NUMERAL}){_YEAR}"
        ),
        _numbered,
    ),
    ("near", rule(f"{_OFFICIAL}(?P<unit>năm) (?P<ago>{_AGO})"), _relative),
    ("quarter's code", rule(rf"q ?(?P<n>[1-4]){_YEAR}"), _quarter_code),
    ("month's code", rule(f"t ?(?P<n>1[0-2]|0?[189])(?![0-9]){_YEAR}"), _month_code),
    ("month's code", rule("t ?(?P<n>0?[1-9])/(?P<y>[12][0-9]{3})"), _month_code),
    ("month's code", rule(rf"thg?[. ]?(?P<n>1[0-2]|0?[1-9])(?![0-9]){_YEAR}"), _month_code),
    ("month and year", rule(r"(?P<n>0?[1-9]|1[0-2]) ?[/-] ?(?P<y>[12][0-9]{3})"), _month_code),
    (
        "years",
        rule(
            "(?:giai đoạn |từ năm |từ |năm )?(?P<n>[12][0-9]{3}) ?(?:-|–|đến|tới) ?"
            "(?:năm )?(?P<last>[12][0-9]{3})(?![-/])"
        ),
        _years,
    ),
    ("year", rule(rf"{_OFFICIAL}(?:cả |toàn |hết )?năm (?P<y>[12][0-9]{{3}})|(?:cả|toàn|trọn) năm"), _whole_year),
    ("year alone", rule("[12][0-9]{3}(?![0-9/-])"), _some_year),
    ("part of a year", rule(rf"(?<!từ )(?P<half>đầu|cuối) năm{_YEAR}"), _part_of_year),
)
"""Earlier rules win where two read the same words."""

BARE = frozenset({"day", "days in a row", "near day", "month and year", "year alone", "part of a year"})
"""Rules whose words mean much else as well: they name a period only where figures are asked for."""
