"""What looks like a day or a count and is none: "hẻm 12/5", "lần thứ ba", "kế hoạch số 10/11", "khu phố 5", "8h30".

A table of rules, tried in order; of what they find no number is counted and no day is read.
"""

from collections.abc import Iterator
from functools import lru_cache

from interview.reading.evidence import Reading, best_cover
from interview.reading.writing import Writing, rule

_N = r"[0-9]{1,4}[a-z]?(?:[-/.][0-9]{1,4}[a-z]?)*"
_ORDINAL = "(?:[0-9]{1,4}(?:[-/.][0-9]{1,4})*|[ivx]{1,5}|nhất|nhì|hai|ba|bốn|tư|năm!|sáu|bảy|tám|chín|mười)"
_FAMILY = (
    "nguyễn|trần|lê|phạm|phan|huỳnh|hoàng|dương|bùi!|đỗ!|đặng|ngô|trương|lương|võ!|vũ!|lý!|hồ!|cao!|quang trung"
    "|thống nhất|cây trâm|tân sơn|an hội|thích|đường"
)
_DOCUMENT = (
    "kế hoạch|công văn|nghị quyết|nghị định|thông tư|quyết định|chỉ thị|luật|văn bản|tờ trình|thông báo|hướng dẫn"
    "|chương trình|đề án|dự án|giấy mời|thư mời|biên bản|phụ lục|kết luận|báo cáo số|điều|khoản|khẩu hiệu|cv"
    "|nq|kh|qđ!|nđ!"
)
_LETTER = "kế hoạch|công văn|nghị quyết|nghị định|thông tư|quyết định|chỉ thị|tờ trình|giấy mời|thư mời|biên bản"
_DATED = "(?: ngày [0-9]{1,2}[-/.][0-9]{1,2}(?:[-/.][0-9]{4})?)?"
_PEOPLE = "(?:nữ|nử|nam|chị|anh|người|bà con|bà|ông|em|lượt|hộ|phụ nữ)"
_NOT_PEOPLE = f"(?! ?{_PEOPLE}(?! ?:? ?[0-9]))"
_NOR_BY_NAME = f"(?! ?{_PEOPLE}(?!:))"
""" "khu phố 45 nữ 30 nam": a name of people right after the number may be what it counts."""

EITHER = "number of a place, or of people"
""" "tổ 12 nam, nữ …": either may be meant; the numbers and names after it may decide."""

RULES = (
    ("phone", rule(r"(?:điện thoại|sđt|đt!|hotline|đường dây nóng|tổng đài)(?: số)? ?:? ?[0-9][0-9 .\-]{1,13}[0-9]")),
    ("phone", rule(r"(?:0[0-9]{2,3}|1[89]00)[ .\-]?[0-9]{3}[ .\-]?[0-9]{3,4}|1[89]00[ .\-]?[0-9]{2,4}")),
    ("age", rule(
        r"[0-9]{1,3}(?: ?(?:-|–|đến|tới) ?[0-9]{1,3})? ?tuổi|tuổi (?:từ )?[0-9]{1,3}(?: ?(?:-|–"
        r"|đến) ?[0-9]{1,3})?"
    )),
    (
        "document number",
        rule(
            rf"(?:{_DOCUMENT})(?: số)? ?:? ?[0-9]\w*(?:[-/.]\w+)*{_NOT_PEOPLE}{_DATED}"
            rf"|(?:{_LETTER})(?: số \S+)? ngày [0-9][0-9/.-]*"
            r"|[0-9]{1,5}(?:/[0-9]{4})?[-/](?:kh|nq|cv|qđ|tb|hd|ct|tt|nđ|ttr|bc|ubnd|tw|hđnd|qh[0-9]*"
            r"|pl)(?:[-/]\w+)*" + _DATED
        ),
    ),
    (
        "address",
        rule(
            rf"(?:số nhà|nhà số|nhà trọ số|đường số|phòng số|căn hộ(?: số)?|hẻm(?: số)?|ngõ|ngách|kiệt|lô!"
            rf"|quốc lộ|tỉnh lộ"
            rf"|chung cư|chợ!|công viên|bệnh viện|bv) {_N}"
            rf"|(?:số|nhà|đường|phòng|địa chỉ|ở|tại|trọ) ?:? ?[0-9]{{1,4}}[a-z]?(?:/[0-9]{{1,4}}[a-z]?)+"
            rf"|[0-9]{{1,4}}[a-z]?(?:/[0-9]{{1,4}}[a-z]?)+(?= (?:đường )?(?:{_FAMILY}) )"
            rf"|đường [0-9]{{1,3}}(?![/0-9])|[0-9]{{1,4}}[a-z]? (?=đường (?:{_FAMILY}))"
        ),
    ),
    (
        "ordinal",
        rule(
            rf"(?:(?:lần|kỳ|kì|kỳ họp|khóa|đợt|vòng|hạng|cấp|phiên|quý|tập!|số|năm!|ngày|buổi|tuần|tháng"
            rf"|người|con|cuộc|hội nghị|nhóm|lớp|tổ|khu|đội|hàng|bàn"
            rf"|đại hội) thứ|lần|kỳ|kì|khóa|đợt|vòng|hạng|cấp|phiên|nhiệm kỳ|niên khóa|năm học|giai đoạn"
            rf"|thế kỷ|quý|chuyên đề)"
            rf" {_ORDINAL}"
        ),
    ),
    (
        "number of a place",
        rule(
            r"(?:khu phố|kp|phường|p\.|tổ dân phố|tdp|tổ|ấp|quận|q\.|khối|tầng|lầu|hội trường|chi hội|chi bộ|điểm nhóm"
            r"|nhà văn hóa|văn phòng) ?(?:số )?[0-9]{1,3}[a-z]?(?!/[0-9])"
            + _NOR_BY_NAME
            + r"(?:(?: ?[,+&\-–] ?| và )[0-9]{1,3}(?= ?(?:[,.;\n)&]|và\b|$)))*"
            r"|lớp [0-9]{1,2}(?:[a-z][0-9]{0,2}|/[0-9]{1,2})|lớp [1-9](?: ?[,\-] ?[0-9]{1,2})*"
            r"|(?:p|q|f|kp|tdp)\.?[0-9]{1,3}(?:-kp[0-9]{1,3})?"
        ),
    ),
    (
        EITHER,
        rule(
            r"(?:khu phố|kp|phường|ấp|khối|tầng|lầu|chi hội|chi bộ|tổ dân phố|tdp|tổ) [0-9]{1,3}(?!/[0-9])"
            rf"(?= {_PEOPLE})(?! lượt)"
        ),
    ),
    ("percent", rule(r"[0-9]+(?:[.,][0-9]+)? ?phần trăm")),
    ("measure", rule(r"[0-9]+(?:[.,][0-9]+)? ?(?:m2|m²|m ²|m|mét|km|km2|km²|cm|ha|kg|kí!|ký!|gram|lít|trang)")),
    ("money", rule(
        r"(?<![.,])[0-9][0-9.,]*(?: ?(?:triệu|tỷ|tỉ|nghìn|ngàn))? ?(?:đồng|đ!|vnđ|vnd)"
        r"|(?<![.,])[0-9][0-9.,]* ?(?:triệu|tỷ)"
    )),
    ("slogan", rule(
        r"[0-9] (?:không|có|sạch|tốt|giỏi|đúng|biết|chủ động)(?:,? (?:và )?[0-9] (?:không|có|sạch|tốt|giỏi|đúng"
        r"|biết))*"
    )),
    ("fixed phrase", rule(r"24/7|24/24|24/24h|50/50|[1-9]\.0|1-1|1:1")),
    (
        "fixed name",
        rule(
            "câu lạc bộ phụ nữ|clb phụ nữ|hội phụ nữ|chi hội phụ nữ|tổ phụ nữ|hội liên hiệp phụ nữ|hội lhpn|ngày phụ nữ"
            "|quốc tế phụ nữ|phụ nữ việt nam|việt nam|miền nam|nam bộ|bình đẳng nam nữ|nam nữ bình đẳng"
            "|trọng nam khinh nữ"
            "|nữ quyền|nữ công đoàn|ban nữ công|tổ chức|chúc mừng|chức năng|(?:cán bộ|doanh nhân) nữ(?! ?:? ?[0-9])"
            "|nữ doanh nhân|hai bà trưng|bà trưng|bà triệu|quảng nam|phía nam|nam định|nam phi|phương nam"
            "|nam kỳ(?! niem)|tổ dân phố"
        ),
    ),
    ("month or year", rule(
        r"năm! (?:19|20)[0-9]{2}|tháng ?[0-9]{1,2}(?: ?/ ?[0-9]{4}| năm! [0-9]{4})?|tuần (?:lễ )?(?:thứ "
        r"|số )?[0-9]{1,2}"
    )),
    ("year", rule(r"(?:19|20)[0-9]{2} ?[-–] ?(?:19|20)[0-9]{2}|20[12][0-9]")),
    ("duration", rule(r"[0-9]{1,4} ?(?:phút|tiếng|giờ đồng hồ|buổi|ngày|tuần|tháng|năm!|lần|đợt|phiên|giây|vòng)")),
)  # fmt: skip
"""By name what it looks for; of two that overlap the first wins."""

_PERCENT = rule(r"[0-9]+(?:[.,][0-9]+)? ?%?")


@lru_cache(maxsize=64)
def names_in(written: Writing) -> tuple[Reading, ...]:
    """The names in a text."""
    return tuple(best_cover(_readings(written), len(written.said)))


def _readings(written: Writing) -> Iterator[Reading]:
    for match in _PERCENT.finditer(written.said):
        if match[0].endswith("%") or written.said[match.end() : match.end() + 1] == "%":
            yield Reading("name", match[0], match.span(), "percent")
    for name, pattern in RULES:
        for match in pattern.finditer(written.said):
            yield Reading("name", match[0], match.span(), name)
