"""The words around counts of people: who they are, what makes a total, and what stands between.

Names for people by their sex mean the part whose label says so ("chị em" is "nữ"), in whatever form.
"""

import re

from interview.reading.writing import rule, spelled


def _attached(pattern: str) -> re.Pattern[str]:
    """A rule for words that may stand right behind their number: "45ng"."""
    return re.compile(rf"(?<![^\W\d])(?:{spelled(pattern)})(?![\w])")


CALLED = (
    (
        "nguoi",
        rule(
            "(?:các )?(?:bà con(?: cô bác)?|cô bác|ông bà|anh chị em|anh chị|chị em anh em|cô chú|quý vị"
            "|mọi người|nam nữ)"
            "|lượt người|người tham dự|người dự|người tham gia|người dân|dân cư|hộ dân"
        ),
    ),
    (
        "nu",
        rule(
            "(?:các |số )?(?:chị em phụ nữ|chị em hội viên|phụ nữ|nữ giới|chị em|bà mẹ|bà!|chị(?! hội| bộ"
            "| đoàn)|mẹ!|con gái|bé gái|em gái"
            "|gái|(?<=[0-9] )cô!(?! (?:chú|bác|giáo|cậu))|nữ sinh|hội viên nữ|đoàn viên nữ|các cô|quý bà|girls|ladies)"
        ),
    ),
    (
        "nam",
        rule(
            "(?:các |số )?(?:nam giới|đàn ông|anh em|ông|anh!|cha!|con trai|bé trai|em trai|trai"
            "|(?<=[0-9] )chú!|(?<=[0-9] )bố!|nam sinh"
            "|hội viên nam|đoàn viên nam"
            "|các chú|quý ông|boys|gentlemen)"
        ),
    ),
)
"""By the folded word that they stand for, names of people."""

NOT_SORTED = rule(
    "(?:không|chưa|ko|k|chẳng) (?:rõ|biết|phân|phân loại|phân biệt|phân tách|tách|đếm|chia|nhớ|ghi|tính"
    "|thống kê|thống kê được|đếm được|kịp đếm)"
    "(?: (?:rõ|riêng|được|theo|là|bao nhiêu|kịp|ra|số))*(?: (?:nam nữ|nữ nam|nam hay nữ|nam, nữ|nam/nữ"
    "|giới tính|giới|nam|nữ|riêng))*"
)
"""Nobody noted who they were."""
NOBODY = rule("(?:không|ko|k|chẳng|chưa|hổng|hông) (?:có|ai|có ai|người nào)(?: ai)?(?: là)?")
REST = rule("(?:số |phần )?còn lại(?: (?:toàn|đều|là|toàn là|đều là|toàn bộ là))*|còn (?:toàn )?là|phần còn lại là")
ALL = rule("toàn bộ(?: là)?|toàn là|toàn!|toan!|tất cả(?: đều)? là|đều là|all!")
JUST = rule("thôi|chỉ có|chỉ|only|just")
WITHIN = rule("trong đó(?: có)?|trong số đó|gồm có|gồm|bao gồm|chia ra|cụ thể|including|of which|of whom")
TOTAL = _attached(
    "tổng cộng|tổng số|tổng|cộng|cả thảy|tất cả|tất thảy|hết thảy|toàn thể|sĩ số|quân số|total|altogether"
    "|người|ng|lượt|đại biểu"
    "|hội viên|thành viên|học viên|khách mời|khách|bạn|cháu|em!(?! bé)|dân!|people"
    "|persons|participants"
)
EXPRESS = rule("tổng cộng|tổng số|tổng|cả thảy|tất cả|tất thảy|hết thảy|sĩ số|quân số|total|altogether")
FILLER = rule(
    "lần lượt|cùng(?: với)?|phải là|đã|có mặt|có|và|với|là|đó|số lượng|số người|số|khoảng|chừng|tầm|cỡ|tham dự"
    "|tham gia|đến dự"
    "|tới dự|dự|được|and|with|which|of|dạ|ạ"
    "|vâng|nhé|nha|thưa|thì|còn!|đến|tới|nghe|mời được|thu hút|vị|hết|đều|cũng|about|thêm|đông|thành phần"
)
OTHERS = rule("trẻ em|em bé|trẻ|người lớn|em nhỏ|bé!")
"""Others than grown people, or other things: a count beside them is not surely one of the parts."""
EITHER = rule(
    "chiếm(?: đa số| phần lớn| ưu thế| khoảng| gần| hơn| trên)?|đa số|phần lớn|hầu hết|hoặc|hay|or|(?:đông"
    "|nhiều|ít) hơn|gấp đôi|gấp rưỡi|gấp ba|bằng nhau|hơn (?=nam|nữ)"
)
VOCATIVE = rule(
    "(?:chào|thưa|dạ|nha|nhé|nghe|kính gửi|gửi|cảm ơn|báo|xin lỗi)(?: các)? (?:anh chị|chị|anh|em|cô|chú"
    "|bác)(?! ?:? ?[0-9])"
    "|lần lượt|(?<![0-9] )(?:chị|anh|em|cô|bác) (?:ơi|à!|nhé|ạ|nha)"
)
"""Somebody who is spoken to is not counted."""
