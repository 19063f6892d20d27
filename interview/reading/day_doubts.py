"""What speaks against a day: an occasion before it, a share, a range of numbers, a name, a day still to come."""

import re
from datetime import date

from interview.reading.day_values import Day
from interview.reading.writing import Writing, rule, spelled

_BEFORE = 70
"""Characters before a day in which an occasion is looked for."""

_OCCASION = rule(
    "chào mừng|kỷ niệm|kỉ niệm|hưởng ứng|hướng tới|hướng đến|hướng về|nhân ngày"
    "|(?<!công )(?<!cong )(?<!cá )(?<!tư )(?<!nạn )nhân|nhân dịp|nhân kỷ niệm|nhân lễ"
    "|mừng!|dịp!|lễ!"
    "|tri ân|chúc mừng|ngày hội|ngày quốc tế|ngày thế giới|ngày việt nam|ngày phụ nữ|ngày nhà giáo|ngày gia đình"
    "|ngày pháp luật|ngày toàn dân|ngày truyền thống|ngày thành lập|ngày thầy thuốc|ngày thương binh|ngày doanh nhân"
    "|ngày người cao tuổi|ngày thiếu nhi|quốc tế thiếu nhi|quốc tế phụ nữ|phụ nữ việt nam|nhà giáo việt nam"
    "|gia đình việt nam|quốc tế lao động|quốc khánh|giải phóng miền nam|thống nhất đất nước|tháng hành động"
    "|tết|phát động tháng"
    "|thành lập hội|thành lập đoàn|chiến dịch|đợt cao điểm|chủ đề|với tên gọi|chào đón|mít tinh ngày|mung"
)
_DIRECT = re.compile(rf"(?:{spelled('ngày lễ|ngày|lễ|năm')}|[\s,:“\"']|lhpn|vn|[0-9]+ {spelled('năm')})*")
_OF_SEVERAL = rule("tháng hành động|chiến dịch|cao điểm|chủ đề")
"""What lasts longer than a day: the day after it is another."""
_HELD = rule(
    "(?:tổ chức|diễn ra|thực hiện|làm|phát|họp|tiến hành|lúc|vào|trong|khai mạc|sáng|chiều|tối|trưa|hôm|bữa)"
    "(?: vào| trong| lúc| hôm| ngày| sáng| chiều| tối)*"
)
_OCCASION_AFTER = re.compile(
    spelled(r"[ ,(]*(?:(?:là|nhân) )?ngày (?:quốc tế|thế giới|phụ nữ|nhà giáo|gia đình|thành lập|pháp luật|toàn dân)")
)
_GREETED = rule("chào|chúc|ăn")
_HOLIDAYS = frozenset(
    {
        (8, 3), (20, 10), (20, 11), (25, 11), (28, 6), (1, 6), (26, 3), (27, 7), (30, 4), (1, 5), (2, 9), (22, 12),
        (3, 2), (19, 5), (27, 2), (1, 12), (10, 12), (13, 10), (18, 11), (15, 10), (1, 10), (9, 11), (20, 3), (15, 11),
    }
)  # fmt: skip
"""Days that events are named after: "tọa đàm 20/10" may have been on another day."""
_EVENT = rule(
    "tọa đàm|mít tinh|mitting|meeting|họp mặt|hội thi|hội thảo|văn nghệ|kỷ niệm|sinh hoạt|lễ|tháng hành động"
    "|giao lưu|nói chuyện"
    "|gặp mặt|ra quân|chương trình|chủ đề|ngày"
)
_COUNTED = re.compile(
    spelled(
        " ?(?:là|số|tổng|trong số|trong tổng|thành viên|đại biểu|hội viên|chị em|phụ nữ|nữ|nam|người|hộ|dân|học sinh"
        "|khu phố|phường|tổ|chi hội|gia đình|hội|cán bộ|công nhân|sinh viên|lượt|thanh niên|bà con|chị|anh|em|cháu|trẻ"
        "|phiếu|ý kiến|giáo viên|đoàn viên|quân số|lớp|câu lạc bộ|clb)"
    )
    + r"(?!\w)(?! ?:? ?[0-9])"
)
_OF_THEM = re.compile(
    rf"(?<!\w){spelled('(?:nữ|nam|chị em|phụ nữ|nam giới|nữ giới)(?: là| chiếm| khoảng| gần| hơn| được)?')} ?:? ?$"
)
""" "nữ 2/3": of those who came."""
_SHARE = rule("tỷ lệ|tỉ lệ|chiếm|khoảng|hơn|gần|trên|đạt|quá!|chừng|có|được|còn|là|hết")
_NOUN = re.compile(r" ?[^\W\d_]+(?![^\W\d_])(?! ?:? ?[0-9])")
_PART_BEFORE = re.compile(rf"(?<!\w){spelled('(?:sáng|trưa|chiều|tối|đêm|hôm|từ|vào|thứ [^ ]+,?|nhật,?|cn,?)')} $")
_PLACE_BEFORE = re.compile(rf"(?<!\w){spelled('(?:phố|kp|tổ|phường|ấp|quận|nhà số|lô|dãy|phòng)')} $")
_NAMED = re.compile(r" (?:[A-ZĐÀ-ỸĂÂÊÔƠƯ][^\W\d_]*) (?:[A-ZĐÀ-ỸĂÂÊÔƠƯ][^\W\d_]*)")
_SLASH = re.compile("[0-9]/[0-9]")
_LUNAR = re.compile(rf"[ ,(]*(?:{spelled('âm lịch|âl|al|tết|tháng giêng|tháng chạp')})(?!\w)")


def doubt_about(written: Writing, match: re.Match[str], made: Day, name: str, today: date) -> str:
    """Why a day that a rule found may be none, or another; empty if nothing speaks against it."""
    groups = match.groupdict()
    numeric = "d" in groups
    before = written.said[max(0, match.start() - _BEFORE) : match.start()]
    after = written.said[match.end() : match.end() + _BEFORE]
    if numeric and (why := _occasion(before, after, groups, made)):
        return why
    if name == "numeric day" and (why := _numbers(written, match, before, after)):
        return why
    if _LUNAR.match(after):
        return "lunar"
    day = made.last or (made.days[0] if made.days else None)
    return "future" if day is not None and day > today else ""


def _occasion(before: str, after: str, groups: dict[str, str | None], made: Day) -> str:
    clause = _clause(before)
    if groups.get("lead") == "mung":  # "mùng 8/3", or "mừng 8/3"?
        return "occasion" if _ends_with(_GREETED, clause) else "holiday"
    found = [match.end() for match in _OCCASION.finditer(clause)]
    if found and (why := _after_occasion(clause, found[-1], groups, made)) is not None:
        return why
    if _OCCASION_AFTER.match(after):
        return "occasion"
    named = not groups.get("lead") and not groups.get("y") and _is_holiday(made)
    return "holiday" if named and _ends_with(_EVENT, clause) else ""


def _after_occasion(clause: str, end: int, groups: dict[str, str | None], made: Day) -> str | None:
    """What a day after an occasion is: the occasion's own, another, or a question; `None` if it was said to be held."""
    gap, lead = clause[end:], groups.get("lead")
    if lead in {"hôm", "hom", "bữa", "bua"} or _SLASH.search(gap):
        return ""
    if _DIRECT.fullmatch(gap) and not groups.get("y"):
        return "" if _ends_with(_OF_SEVERAL, clause[:end]) and (lead or not _is_holiday(made)) else "occasion"
    if lead and not _is_holiday(made):
        return ""
    return None if _ends_with(_HELD, gap) else "holiday"


def _is_holiday(made: Day) -> bool:
    return bool(made.days) and (made.days[0].day, made.days[0].month) in _HOLIDAYS


def _ends_with(words: re.Pattern[str], text: str) -> bool:
    ends = [match.end() for match in words.finditer(text)]
    return bool(ends) and not text[ends[-1] :].strip(" ,:")


def _clause(before: str) -> str:
    """What stands before a day in its own clause."""
    return before[max(before.rfind(mark) for mark in "\n.;") + 1 :]


def _numbers(written: Writing, match: re.Match[str], before: str, after: str) -> str:
    groups = match.groupdict()
    if groups["lead"] or groups["y"] or groups["w"] or _PART_BEFORE.search(before):
        return ""
    if _PLACE_BEFORE.search(before):
        return "name"
    if int(match["d"]) < int(match["m"]) and _OF_THEM.search(before):
        return "fraction"
    proper, is_share = int(match["d"]) < int(match["m"]), _ends_with(_SHARE, before)
    if proper and (is_share or _COUNTED.match(after)):
        return "fraction"
    if is_share or (groups["mark"] != "/" and _NOUN.match(after)):
        return "count"
    _, last = written.place(match.span())
    return "name" if _NAMED.match(written.text[last : last + 40]) else ""
