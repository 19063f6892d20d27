"""The ways in which people write a day, as a table: `15/11`, `15 tháng 11`, `hôm qua`, `thứ sáu tuần trước`.

A day without a year is the latest such day that is not in the future: reports look back.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

from interview.limits import EARLIEST_YEAR, LATEST_YEAR
from interview.reading.day_values import NO_SUCH_DAY, Day, day_of, of_latest_month
from interview.reading.numerals import read_numerals
from interview.reading.text import fold
from interview.reading.writing import rule, spelled

Making = Callable[[re.Match[str], date], Day]

_WEEKDAYS = {
    name: day
    for day, names in enumerate(
        (
            "thu hai|thu 2|t2|monday|mon", "thu ba|thu 3|t3|tuesday|tue", "thu tu|thu 4|t4|wednesday|wed",
            "thu nam|thu 5|t5|thursday|thu", "thu sau|thu 6|t6|friday|fri", "thu bay|thu 7|t7|saturday|sat",
            "chu nhat|chua nhat|cn|sunday|sun",
        )
    )
    for name in names.split("|")
}  # fmt: skip
_MONTHS = {
    name: month
    for month, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sep sept", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_NEAR = {
    "nay": 0, "today": 0, "qua": -1, "qa": -1, "wa": -1, "night": -1, "tonight": 0,
    "morning": 0, "afternoon": 0, "evening": 0, "yesterday": -1, "kia": -2, "day before yesterday": -2,
    "kìa": -3, "mai": 1, "tomorrow": 1, "mốt": 2,
}  # fmt: skip
_BACK = {
    "truoc nua": -2,
    "trc": -1,
    "kia": -2,
    "truoc": -1,
    "roi": -1,
    "qua": -1,
    "vua roi": -1,
    "vua qua": -1,
    "nay": 0,
    "": 0,
    "this": 0,
    "last": -1,
}
PART_OF_TODAY = "part of today"
"""A rule of which any other day has more to say: "hồi sáng" is today's morning unless a day is said."""
_PART = "sáng|trưa|chiều|tối|đêm|khuya"
_WEEKDAY = spelled(
    "thứ ?(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|t[.]?[2-7](?!/)|chủ nhật|chúa nhật"
    "|(?<!nữ )(?<!nu )(?<!nam )cn(?! nhà| nha| lao)|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
)
_D, _M = "(?P<d>[0-9]{1,2})", "(?P<m>[0-9]{1,2})"
_Y = "(?P<y>[0-9]{4}|[0-9]{2})"
_AGO_YEAR = spelled(r"(?: ?,? ?(?P<w>năm ngoái|năm trước|năm rồi|năm kia|năm nay|last year))?")
_LEADS = spelled("ngày mùng|ngày mồng|ngày|hôm|bữa|mùng|mồng")
_LEAD = f"(?:(?P<lead>{_LEADS}) ?)?"
_COUNT = spelled(
    "(?P<n>[0-9]{1,3}|one|two|three|four|five|six"
    "|một|hai|ba|bốn|tư|năm|sáu|bảy|tám|chín|mười(?: (?:một|hai|ba|bốn|lăm))?|vài|mấy)"
)
_DIGIT = "một|hai|ba|bốn|tư|năm|sáu|bảy|tám|chín"
_SPOKEN = spelled(f"(?:(?:{_DIGIT}|mười)(?: (?:mươi|mười))?(?: (?:{_DIGIT}|mốt|lăm))?)")
_SPOKEN_LONG = spelled(
    f"(?:(?:hai|ba) (?:mươi|mười)(?: (?:{_DIGIT}|mốt|lăm))?|mười (?:{_DIGIT}|lăm)"
    f"|hăm (?:{_DIGIT}|mốt|lăm)|hai (?:mốt|lăm))"
)
"""A day in at least two words."""
_NAME = "|".join(sorted(_MONTHS, key=len, reverse=True))


def _dated(match: re.Match[str], today: date) -> Day:
    groups = match.groupdict()
    month = groups["m"] or ""
    number = _MONTHS.get(month) or int(month)
    word = fold(groups.get("w") or "")
    year = groups.get("y") or groups.get("yyyy")
    if word:
        back = {"nam nay": 0, "nam kia": 2}.get(word, 1)
        return day_of(today.year - back, number, int(groups["d"]))
    if year:
        full = int(year) + (2000 if len(year) == 2 else 0)
        return day_of(full, number, int(groups["d"])) if EARLIEST_YEAR <= full <= LATEST_YEAR else NO_SUCH_DAY
    for ago in range(9):  # nine years hold a 29 February
        candidate = day_of(today.year - ago, number, int(groups["d"]))
        if candidate.days and candidate.days[0] <= today:
            return candidate
    return NO_SUCH_DAY


def _in_words(match: re.Match[str], today: date) -> Day:
    """ "ngày hai mươi lăm tháng mười một": of each number the longest stretch that is one."""
    day, month = _spoken(match), read_numerals(match["m"].split())
    if day is None or month is None:
        return NO_SUCH_DAY
    this = day_of(today.year, month, day)
    return this if not this.days or this.days[0] <= today else day_of(today.year - 1, month, day)


def _in_words_of_month(match: re.Match[str], today: date) -> Day:
    """ "mùng ba", "ngày hai mươi lăm", "hôm hăm ba": the latest such day."""
    return of_latest_month(_spoken(match) or 0, today)


def _spoken(match: re.Match[str]) -> int | None:
    """The day that is said in words; "hăm" are the twenties."""
    words = (match["d"] or match["dd"]).split()
    return read_numerals(["hai", "mươi", *words[1:]] if words[0] in {"hăm", "ham"} else words)


def _several(match: re.Match[str], today: date) -> Day:
    last = _dated(match, today)
    if not last.days:
        return last
    first = day_of(last.days[0].year, last.days[0].month, int(match["first"]))
    return Day(first.days, last.days[0]) if first.days and first.days < last.days else NO_SUCH_DAY


def _several_of_month(match: re.Match[str], today: date) -> Day:
    """ "ngày 20 và 21": both of the latest month that has had them."""
    last = of_latest_month(int(match["d"]), today)
    if not last.days:
        return last
    first = day_of(last.days[0].year, last.days[0].month, int(match["first"]))
    return Day(first.days, last.days[0]) if first.days and first.days < last.days else NO_SUCH_DAY


def _of_month(match: re.Match[str], today: date) -> Day:
    """A day without its month, or with "tháng này", "tháng trước"."""
    groups = match.groupdict()
    day, which = (
        int(groups["d"] or groups["this"]),
        fold(groups["which"] or ("tháng này" if groups.get("this") else "")),
    )
    if not which:
        return of_latest_month(day, today)
    year, month = today.year, today.month
    if which != "thang nay":
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return day_of(year, month, day)


def _near(match: re.Match[str], today: date) -> Day:
    word = match[0].split()[-1].removeprefix("h").lstrip(".")
    if word == "kia" and match.string.isascii():  # "hôm kìa" without its tone?
        return Day((today - timedelta(days=2), today - timedelta(days=3)), why="two_days")
    return Day((today + timedelta(days=_NEAR[word]),))


def _today(_: re.Match[str], today: date) -> Day:
    return Day((today,))


def _last_night(_: re.Match[str], today: date) -> Day:
    return Day((today - timedelta(days=1),))


def _just_now(_: re.Match[str], today: date) -> Day:
    """Somebody may write of it after midnight: today is offered."""
    return Day((today,), why="which_day")


def _ago(match: re.Match[str], today: date) -> Day:
    number = _number(match["n"])
    if number is None:
        return Day(why="vague")
    unit = fold(match["unit"])
    if unit in {"ngay", "hom", "bua", "days", "day"}:
        return Day((today - timedelta(days=number),)) if number <= 400 else NO_SUCH_DAY
    return Day((today - timedelta(weeks=number),), why="vague") if unit == "tuan" and number < 60 else Day(why="vague")


def _number(word: str) -> int | None:
    return int(word) if word.isdigit() else read_numerals(word.split())


def _weekday(match: re.Match[str], today: date) -> Day:
    name = fold(match["day"]).replace(".", "")
    day = _WEEKDAYS[name if name in _WEEKDAYS else f"thu {name[3:].strip()}"]
    week = fold(match["week"] or match["before"] or "")
    if week in _PAST and day == today.weekday():  # today's own name: a week ago, or is it today?
        return Day((today - timedelta(days=7), today), why="two_days")
    if week == "nay" or week.startswith("tuan") or match["before"]:
        return Day((today + timedelta(days=day - today.weekday() + 7 * _weeks(week)),))
    return Day((today - timedelta(days=(today.weekday() - day) % 7),))


_PAST = frozenset({"vua roi", "vua qua", "roi", "qua", "truoc", "trc"})


def _weeks(said: str) -> int:
    """The weeks from this one: "tuần trước" is -1."""
    return _BACK[fold(said).removeprefix("tuan ").removesuffix(" week")]


def _english_weekday(match: re.Match[str], today: date) -> Day:
    day = _WEEKDAYS[match["day"]]
    back = (today.weekday() - day) % 7
    return Day((today - timedelta(days=back or (7 if match["which"] == "last" else 0)),))


def _weekend(match: re.Match[str], today: date) -> Day:
    saturday = today + timedelta(days=5 - today.weekday() + 7 * _weeks(match["week"] or "này"))
    if saturday > today:
        saturday -= timedelta(days=7)
    return Day((saturday, saturday + timedelta(days=1)), why="which_day")


def _start_of_week(match: re.Match[str], today: date) -> Day:
    return Day((today + timedelta(days=7 * _weeks(match["week"] or "này") - today.weekday()),), why="which_day")


def _week(match: re.Match[str], today: date) -> Day:
    monday = today + timedelta(days=7 * _weeks(match["week"]) - today.weekday())
    return Day(within=(monday, monday + timedelta(days=6)), why="which_day")


def _vague(_: re.Match[str], __: date) -> Day:
    return Day(why="which_day")


_WHICH = spelled("trước nữa|trước|trc|rồi|qua|vừa rồi|vừa qua|này")
RULES: tuple[tuple[str, re.Pattern[str], Making], ...] = (
    ("iso day", re.compile(
        r"(?<![\w/.-])(?P<y>[0-9]{4})[-/.](?P<m>[0-9]{1,2})[-/.](?P<d>[0-9]{1,2})(?![\w/-])"
    ), _dated),
    (
        "day in words",
        re.compile(
            rf"(?<!\w)(?:(?P<lead>{_LEADS}) (?P<d>{_SPOKEN})|(?P<dd>{_SPOKEN_LONG})) {spelled('tháng')} "
            rf"(?P<m>{_SPOKEN})(?!\w)"
        ),
        _in_words,
    ),
    (
        "day in words of the latest month",
        re.compile(
            rf"(?<!\w)(?:{spelled('(?:mùng|mồng)')} (?P<d>{spelled(_DIGIT)}|{spelled('mười')})"
            rf"|{spelled('(?:ngày|hôm)')} (?P<dd>{_SPOKEN_LONG}))"
            rf"(?! {spelled('(?:tháng|mươi|người|nữ|nam|trăm|chục)')})(?!\w)"
        ),
        _in_words_of_month,
    ),
    (
        "days ago",
        rule(rf"(?:cách đây|cách nay|trước đây) (?:khoảng )?{_COUNT} (?P<unit>ngày|hôm|bữa|tuần|tháng|năm!)(?: rồi)?"),
        _ago,
    ),
    (
        "days ago",
        rule(
            rf"(?<!thứ )(?<!ngày )(?<!ngay )(?<!mùng )(?<!mồng )"
            rf"{_COUNT} (?P<unit>ngày|hôm|bữa|tuần|tháng|năm!|days?) (?:trước|về trước|ago)"
        ),
        _ago),
    (
        "several days of a month",
        re.compile(
            rf"(?<![\w/.,-])(?:{spelled('(?:(?:từ )?ngày |từ )')}(?P<first>[0-9]{{1,2}}) ?(?:-|–|,|&"
            rf"|{spelled('đến ngày|đến|tới|và ngày|và')}) ?"
            rf"{_D}(?: ?[/.-] ?|{spelled(' tháng ')}){_M}(?:(?: ?[/.-] ?|{spelled(' năm ')}){_Y})?)(?![\w/])"
        ),
        _several,
    ),
    (
        "several days of a month",
        re.compile(rf"(?<![\w/.,-])(?P<first>[0-9]{{1,2}})[-–]{_D}/{_M}(?:/{_Y})?(?![\w/])"),
        _several,
    ),
    (
        "several days of the latest month",
        re.compile(
            rf"(?<![\w/.,-])(?:{spelled('(?:(?:từ|hai|2) )?ngày')}) (?P<first>[0-9]{{1,2}}) ?(?:-|–|,|&"
            rf"|{spelled('(?:đến|tới|và)(?: ngày)?')}) ?{_D}"
            rf"(?! ?[0-9]*(?:[/.:h%-]|{spelled('tháng|giờ|người|nữ|nam')}))(?![\w])"
        ),
        _several_of_month,
    ),
    (
        "day and month",
        re.compile(
            rf"(?<![\w/.,-]){_LEAD}{_D} ?{spelled('tháng')} ?{_M}"
            rf"(?:,? ?{spelled('năm')} ?(?P<y>[0-9]{{4}}))?{_AGO_YEAR}(?![\w/])"
        ),
        _dated,
    ),
    (
        "day of a month",
        re.compile(
            rf"(?<![\w/.,-])(?:(?:{_LEADS}) ?{_D} "
            rf"(?P<which>{spelled('tháng này|tháng trước|tháng rồi|tháng vừa rồi|tháng vừa qua')})"
            rf"|(?P<this>[0-9]{{1,2}}) {spelled('tháng này')})(?!\w)"
        ),
        _of_month,
    ),
    (
        "numeric day",
        re.compile(
            rf"(?<![\w/.,-]){_LEAD}{_D} ?(?P<mark>[/.-]) ?{_M}"
            rf"(?: ?[/.-] ?{_Y}(?![\w/])(?!-[0-9])|,? {spelled('năm!')} (?P<yyyy>[12][0-9]{{3}}))?{_AGO_YEAR}"
            rf"(?![\w/%])(?![.,][0-9])"
        ),
        _dated,
    ),
    (
        "day of the latest month",
        re.compile(
            rf"(?<![\w/.,-])(?P<lead>{_LEADS}) ?{_D}(?P<which>(?!x)x)?(?![\w/.%])"
        ),
        _of_month,
    ),
    (
        "near day",
        rule(
            rf"(?:hôm|bữa|bửa|hum) (?:nay|qua|qa|wa|kia|kìa!)|h[ .]?(?:nay|qua|wa)|(?:{_PART}) (?:hôm )?(?:nay|qua|wa"
            rf"|kia|kìa!|mai)"
            r"|ngày (?:mai|mốt!)|today|yesterday|tomorrow|(?:the )?day before yesterday|last night|tonight"
            r"|this (?:morning|afternoon|evening)"
        ),
        _near,
    ),
    (PART_OF_TODAY, rule(
        r"(?:hồi|ban|khi|lúc) (?:sáng|trưa)"
        r"(?! (?:[0-9]|ngày|hôm|bữa|thứ|chủ|qua|mai|nay|kia|sớm))"
    ), _today),
    ("last night", rule("hồi hôm"), _last_night),
    ("just now", rule(
        "(?:mới|hồi|vừa|lúc|khi) nãy|(?:vừa|mới) (?:xong|làm xong|họp xong|tổ chức xong)|just now"
    ), _just_now),
    ("weekday", re.compile(
        r"(?<!\w)(?P<which>last|this) (?P<day>(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?!\w)"
    ), _english_weekday),
    (
        "weekday",
        re.compile(
            rf"(?<!\w)(?:{spelled('tuần')} (?P<before>{_WHICH}) ?,? ?(?:{spelled('vào')} )?)?"
            rf"(?:{spelled('ngày')} )?(?P<day>{_WEEKDAY})"
            rf"(?: ?,? (?P<week>(?:{spelled('tuần')} )?(?:{_WHICH})))?(?!\w)"
        ),
        _weekday,
    ),
    ("english day", re.compile(
        rf"(?<!\w){_D}(?:st|nd|rd|th)? (?:of )?(?P<m>{_NAME})(?:,? (?P<y>[0-9]{{4}}))?(?!\w)"
    ), _dated),
    ("english day", re.compile(rf"(?<!\w)(?P<m>{_NAME}) {_D}(?:st|nd|rd|th)?(?:,? (?P<y>[0-9]{{4}}))?(?!\w)"), _dated),
    ("end of the week", rule(rf"(?:hai ngày |2 ngày )?cuối tuần(?: (?P<week>{_WHICH}))?"), _weekend),
    ("beginning of the week", rule(rf"đầu tuần(?: (?P<week>{_WHICH}))?"), _start_of_week),
    ("a week", rule(rf"(?:trong |hồi )?(?:giữa )?(?P<week>tuần (?:{_WHICH})|last week|this week)"), _week),
    (
        "no certain day",
        rule(
            rf"(?:đầu|giữa|cuối|trong|hồi) tháng(?: [0-9]{{1,2}})?(?: (?:{_WHICH}|vừa rồi))?"
            rf"|tháng (?:{_WHICH})|năm ngoái|năm trước|năm rồi"
            r"|(?:mấy |vài |mấy bữa |vài bữa )?(?:hôm|bữa|ngày) (?:trước|nọ|rồi|hổm|kỉa|kể)|(?:mấy|vài"
            r"|ít) (?:hôm|bữa|ngày) (?:nay|qua|trước)"
            r"|hôm bữa|bữa hổm|hổm rày|bữa giờ|dạo này|dạo trước|gần đây|mới đây"
            r"|rằm(?: tháng [0-9]{1,2})?|hôm rằm"
        ),
        _vague,
    ),
)  # fmt: skip
