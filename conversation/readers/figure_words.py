"""The words, folded, by which figures are asked for: forms, ways to break them down, and words that change nothing."""

import re

PICTURE, FILE = "picture", "file"
"""Some picture, some file: which one is asked."""
MISSING = "missing"
"""Who has not reported."""


def _words(table: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """For each key a pattern of whole words."""
    return tuple((key, re.compile(rf"\b(?:{'|'.join(words)})\b")) for key, words in table)


_GET = "(?:(?:xuat|tai|gui|lay|in|lam|soan|viet|lap|tao) )?(?:ra |ve )?"
WANTED = _words(
    (
        ("excel", (f"{_GET}(?:file |tep |bang )?(?:excel|exel|xlsx|xls)", "bang tinh")),
        ("csv", (f"{_GET}(?:file |tep )?csv",)),
        ("word", (f"{_GET}(?:file |tep |du thao )?(?:word|docx|cong van)",)),
        ("issued", ("(?:ban )?da ban hanh",)),
        (
            MISSING,
            (
                "(?:ai|noi nao|don vi nao|(?:nhung )?khu pho nao) (?:con )?chua (?:co )?bao cao",
                "con thieu bao cao",
            ),
        ),
        ("calendar", ("(?:hinh )?lich bao cao(?: (?:hang )?tuan)?",)),
        ("trend", ("(?:bieu do )?xu huong(?:(?: cua)? (?:12|muoi hai) tuan)?", "trends?")),
        (
            PICTURE,
            (
                "(?:(?:ve|gui|lam|xem) )?(?:hinh )?(?:bieu do|do thi)",
                "(?<!tinh )hinh(?: anh| ve)?",
                "charts?",
                "pictures?",
            ),
        ),
        ("table", ("(?:ke |lap )?bang(?: so lieu| bieu| tong hop)?", "tables?")),
        (FILE, ("(?:xuat|tai)(?: ra| ve)?(?: file| tep)?", "files?", "tep", "export")),
    )
)
"""The words for a form by the key of the offer (`handlers.figures.offers`); the first that is found counts."""
_EACH = "(?:chi tiet )?(?:theo|tung|cac)"
_PART = "(?:khu pho|phuong|don vi|kp)"
BY = _words(
    (
        (
            "unit",
            (
                f"(?:(?:chi tiet|xep hang|so sanh)(?: cho)? )?(?:theo|tung|moi|cac|giua cac) {_PART}",
                "xep hang(?: don vi)?",
                f"{_PART} nao (?:lam )?(?:nhieu|it)(?: nhat)?",
                "by unit",
            ),
        ),
        ("activity", (f"{_EACH} (?:loai )?(?:hoat dong|noi dung)", "by activity")),
        ("group", (f"{_EACH} (?:nhom(?: doi tuong)?|doi tuong|thanh phan)", "by (?:target )?group")),
        (
            "sex",
            ("(?:theo )?(?:nam nu|nu nam|gioi tinh|gioi)", "(?:bao nhieu (?:nu|nam) ?)+", "women and men", "by sex"),
        ),
        (
            "product",
            (
                "(?:phat )?(?:bao nhieu )?(?:to roi|ap phich|san pham(?: truyen thong)?)(?: phat)?(?: duoc)?"
                "(?: bao nhieu)?",
            ),
        ),
    )
)
"""The words for a way to break figures down, by its name (`handlers.figures.breakdowns.WAYS`)."""
SURELY = frozenset({"excel", "csv", "word", MISSING, "calendar", "trend"})
"""Forms whose words mean nothing else, wherever they stand."""
CHART = re.compile(r"\b(?:bieu do|do thi|bang so lieu|bang tong hop)\b")
"""The words for a picture or a table of which that is true."""
REQUEST = re.compile(
    r"\b(?:bao cao )?(?:so lieu|tong hop|thong ke|tom tat)(?: (?:so lieu|tong hop|bao cao|hoat dong|tinh hinh))*\b"
    r"|\btinh hinh(?: hoat dong| bao cao| thuc hien)?\b|\bket qua(?: hoat dong| thuc hien)?\b"
    r"|\b(?:summary|figures|statistics)\b"
)
HOW_MANY = re.compile(r"\b(?:bao nhieu|may|duoc|nhieu|how many|sao|the nao)\b")
COUNTED = re.compile(
    r"\b(?:luot nguoi|luot|nguoi|buoi|hoat dong|toa dam|tap huan|to chuc|lam|tham du|tham gia|du|den|cuoc|so|da|co|gi"
    r"|bao nhieu|may|nhieu|khu pho da|noi chuyen|people|women|men|were|there)\b"
)
"""What somebody asks the number of: all figures of the period answer it."""
NO_FIGURES = re.compile(r"\b(?:thong bao|khong co hoat dong|khong co gi)\b")
"""Words that the courteous ones would make into nothing."""
_LIGHT_WORDS = "cua va o tai cho trong of for the in la ve theo"
LIGHT = frozenset(_LIGHT_WORDS.split())
_COURTEOUS_WORDS = """
    xem toi em anh chi minh xin gui giup nhe nha a voi di can lay muon ra nhu the nao sao bao nhieu cac moi hien thong
    tin hoat dong dum ho duoc khong coi biet show me please gium roi do vay may tui so sanh cung nhi ha nay den dau
"""
COURTEOUS = frozenset(_COURTEOUS_WORDS.split())
"""Words that change nothing about what is asked for."""
