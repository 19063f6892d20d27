"""What a line says of something that did not take place, or has not yet: put off, called off, planned.

Such a line is no report: nothing is filled in before the person says that it took place after all.
"""

import re
from collections.abc import Sequence

from interview.reading.evidence import Reading
from interview.reading.writing import Span, Writing, rule

_DO = (
    "tổ chức|làm|thực hiện|diễn ra|tiến hành|triển khai|họp|phát|treo|dán|mở|in|ra quân|tập huấn|tọa đàm"
    "|sinh hoạt|kiểm tra"
    "|khảo sát|đi|kịp|tư vấn|nói chuyện|tuyên truyền|báo cáo|mít tinh|đăng|rà soát|hoàn thành|xong"
    "|có hoạt động|phát động"
)
RULES = (
    ("called off", rule(r"(?:bị |tạm |xin |phải |đã |lại |đành )*(?:hoãn|hủy bỏ|hủy!|dời!|đình lại|lùi lại)(?: lại)?")),
    (
        "called off",
        rule(
            r"(?:bi|tam|xin|phai|da) (?:huy|doi)|(?:huy|doi) (?:lai|lich|buoi|toa dam|hop|sang|toi|qua)"
            r"|hoan (?:lai|toa|hop|buoi)"
        ),
    ),
    (
        "did not take place",
        rule(
            rf"(?:không|chưa|ko|k|chẳng|hông|hổng|kg|khg)(?: (?:thể|được|có|kịp|còn|đi|dám))* (?:{_DO})"
            r"|(?:không|chưa|ko|k|chẳng) (?:diễn ra|tổ chức|làm|họp)?(?: \w+){0,6} được(?= ?(?:$|[.,;!]|vì|do"
            r"|nên|nhé|ạ|em|bởi))"
            r"|(?:không|chưa|ko) có (?:buổi|cuộc|lớp|hoạt động|gì|ai)"
        ),
    ),
    (
        "to come",
        rule(
            rf"(?:dự kiến|dự định|sắp|sắp tới|chuẩn bị|đang chuẩn bị|lên kế hoạch|có kế hoạch|định!|tính!"
            rf"|đăng ký|xin phép)"
            rf"(?: \w+){{0,2}}? (?:{_DO})|dự kiến|dự định|sẽ(?! ?-)|tuần (?:sau|tới)|tháng (?:sau|tới)"
            rf"|ngày mai|(?:sáng|chiều|tối|trưa) mai"
            r"|ngày mốt!|(?:\w+) (?:hôm|bữa|ngày|tuần|tháng) nữa|đang chuẩn bị|chuẩn bị(?= [0-9])"
            r"|mai(?= (?:khu phố|tổ chức|phường|em|mình|họp"
            r"|tọa đàm|phát|bên|kp|có))|kính mời|trân trọng mời"
            r"|mời (?:anh chị |bà con |quý vị )?(?:đến |tới )?(?:dự|tham dự|họp)|hôm sau|đầu tuần sau"
            r"|thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7]) (?:tuần )?(?:sau|tới)|chủ nhật (?:tuần )?(?:sau|tới)"
        ),
    ),
)
_QUESTION = rule(
    r"(?:có|được|phải|cần|đúng)(?: \w+)* không(?: ạ| vậy| em| chị| anh| nhỉ| ta)*(?= ?\?? ?$)|(?:sao|bao giờ"
    r"|khi nào|thế nào|ở đâu|là gì)(?= ?\? ?$)"
)
_SHARES = rule("chia sẻ|chia se|nói không với|không bạo lực|không có (?:nam|nữ|ai|bạo lực)")


_CLAUSE = re.compile(r"[,.;!?\n]")


def what_did_not_take_place(written: Writing, past: Sequence[Span] = ()) -> Reading | None:
    """The first words which say that nothing took place yet, if there are any.

    `past` are the days before today that the text surely says: what is still to come in a later clause, without a
    number, is something else ("hôm qua tọa đàm nữ 30 nam 15, hình mai em gửi").
    """
    if (question := _QUESTION.search(written.said)) is not None:
        return Reading("intent", "question", question.span(), "question", sure=False, why="question")
    shares = [match.span() for match in _SHARES.finditer(written.said)]
    for name, pattern in RULES:
        for match in pattern.finditer(written.said):
            if name == "to come" and _is_an_afterthought(written.said, match.span(), past):
                continue
            if not any(first < match.end() and match.start() < last for first, last in shares):
                return Reading("intent", name, match.span(), name, sure=False, why=name)
    return None


def _is_an_afterthought(said: str, span: Span, past: Sequence[Span]) -> bool:
    """Whether words lie in a later clause than a day that has been, and no number comes after them or just before."""
    marks = [mark.start() for mark in _CLAUSE.finditer(said, 0, span[0])]
    if not marks or not any(last <= marks[-1] for _, last in past):
        return False
    return not any(character.isdigit() for character in said[marks[-1] :])
