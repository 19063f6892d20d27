"""The words by which what must not be kept is found: who is spoken of, what was done to them, and where they live.

All are written without diacritics and in small letters, as people on phones write them.
"""

import re
from collections.abc import Iterable


def _one_of(words: Iterable[str]) -> str:
    """An expression for one of some words, the longest first; it cannot go back, since words are plain."""
    return "|".join(sorted((re.escape(word) for word in words), key=len, reverse=True))


HONORIFICS = ("chi", "anh", "ba", "ong", "co", "chu", "bac", "em", "chau", "be", "di", "cau", "ch", "a", "c", "o", "b")
"""What stands before a person's name; the single letters are how people shorten them, and need a name after them."""
TOGETHER = frozenset(
    {
        *(
            "chi em",
            "anh em",
            "anh chi",
            "ong ba",
            "ba con",
            "co chu",
            "chi hoi",
            "co bac",
            "em gai",
            "em trai",
            "be gai",
        ),
        *("chi bo", "chi doan", "co quan", "co so", "co ban", "co dinh", "co gai", "chi tieu", "chi phi", "chi tiet"),
        *("ba muoi", "be trai", "ong bo", "bac si", "chu nhat", "chu de", "chu tich", "chu nhiem", "chu tri", "chu ho"),
        *(
            "anh huong",
            "em nho",
            "co the",
            "ba me",
            "anh hung",
            "chi nhanh",
            "chau nho",
            "chu nha",
            "cau lac",
            "di dong",
        ),
        *("co giao", "ba noi", "ong noi", "be mam", "chi thi", "di cu", "co hoi", "co su", "ba dinh", "anh hang"),
    }
)
"""What begins like a person spoken to, and is none, or is nobody in particular."""
SURNAMES = frozenset(
    {
        *("nguyen", "tran", "le", "pham", "hoang", "huynh", "phan", "vu", "vo", "dang", "bui"),
        *("do", "ho", "ngo", "duong", "ly", "dinh", "trinh", "lam", "mai", "cao", "to"),
        *("truong", "doan", "ta", "chau", "ha", "thai", "luu", "quach", "tang", "kieu", "la"),
        *("mac", "nghiem"),
    }
)
PLACES = frozenset(
    {
        *(
            "đường",
            "duong",
            "phố",
            "pho",
            "trường",
            "truong",
            "phường",
            "quận",
            "so",
            "số",
            "hẻm",
            "hem",
            "ngõ",
            "chùa",
        ),
        *("chợ", "thcs", "thpt", "học", "non", "tòa", "viện", "khu", "tp"),
    }
)
"""What a person's name belongs to if it stands before it: streets and schools are called after people."""
VENUES = re.compile(
    r"\b(?:nha van hoa|tru so|hoi truong|truong|chua|nha tho|cho|cong vien|ubnd|uy ban|tram y te|dinh|trung tam"
    r"|khach san|cong ty|san|nha thieu nhi|cau lac bo|clb)\b"
)
"""Where events take place: their address is nobody's."""

PHONE = re.compile(r"(?<![0-9])(?:\+?84|0)(?:[ .-]?[0-9]){9,10}(?![0-9])")
IDENTITY = re.compile(
    r"(?<![0-9])(?:[0-9]{12}|[0-9]{9}|[0-9]{3}(?:[ .-][0-9]{3}){3}|[0-9]{3}(?:[ .-][0-9]{3}){2})(?![0-9])"
)
"""Twelve digits of a CCCD, nine of a CMND, together or by threes."""
IDENTITY_WORDS = re.compile(
    r"\b(?:cccd|cmnd|cmt|cmtnd|can cuoc(?: cong dan)?|chung minh(?: thu| nhan dan)?|dinh danh)\b"
)
AFTER_IDENTITY_WORD = re.compile(r"[\s:.a-z]{0,20}[0-9][0-9 .-]{6,20}")
MONEY = re.compile(r"\s*(?:dong|d|vnd|vnđ|trieu|ty)\b")
"""After a number: nine digits of money are no card."""
BEFORE_NUMBER = re.compile(r"(?:\b(?:sdt|dt|so dien thoai|dien thoai|lien he|lh|so|goi|zalo)\b[\s:.,]*)\Z")
"""What leads to a number, and means nothing without it."""

_AGENTS = (
    "chong",
    "vo",
    "chong cu",
    "cha",
    "bo",
    "me",
    "me chong",
    "cha duong",
    "duong",
    "con trai",
    "con re",
    "nguoi yeu",
    "ban trai",
    "nguoi tinh",
    "hang xom",
    "chu",
    "sep",
    "thay",
    "anh ta",
    "anh ay",
    "ong ta",
    "chu nha tro",
    "anh re",
    "bo duong",
)
_DEEDS = (
    "danh",
    "danh dap",
    "dap",
    "chui",
    "chui boi",
    "doa",
    "doa giet",
    "de doa",
    "bao hanh",
    "hanh ha",
    "xam hai",
    "hiep",
    "cuong hiep",
    "hiep dam",
    "dam o",
    "tat",
    "dam",
    "chem",
    "bop co",
    "nhot",
    "duoi",
    "duoi khoi nha",
    "ruong bo",
    "ep",
    "lam nhuc",
    "xo nga",
    "keo toc",
    "say xin",
    "quay roi",
)
_DONE = _one_of(_DEEDS)
STRONG = re.compile(
    rf"\bbi (?:{_one_of(_AGENTS)})(?: [a-z]{{1,7}}){{0,3}} (?:{_DONE})\b"
    rf"|\b(?:{_one_of(_AGENTS)})(?: [a-z]{{1,7}}){{0,2}} (?:{_DONE}) (?:vo|con|chi|em|chau|be|me|chong|co|ba)\b"
    r"|\b(?:danh|dap|bao hanh|doa giet|hanh ha) (?:vo|con|chong)\b"
    r"|\b(?:gay (?:tay|chan|mui|xuong)|bam tim|bam dap|nhap vien|cap cuu|tu tu|bo nha di)\b"
)
"""What was done by whom, or what came of it: a story of somebody."""
WEAK = re.compile(
    rf"\bbi (?:nguoi [a-z]{{1,7}} )?(?:bao luc|quay roi|loi dung|boc lot|{_DONE})\b|\bbao (?:luc|hanh)\b|\bxam hai\b"
)
"""What happens to people: a subject as well as a story."""
SOMEBODY_CALLED = re.compile(r"\b(chi|em|chau|be|co|ba|anh|ong) ([a-z]{1,7}) bi\b")
"""Somebody whose name is written small: "chi lan bi …"."""
CALLED = re.compile(rf"\b({'|'.join(HONORIFICS[:12])}) ([a-z]{{1,7}})(?: [a-z]{{1,7}})?[\s:,(-]{{0,3}}\Z")
"""The same before a number."""
SOMEBODY = re.compile(
    r"(?<!tre )(?<!chi )(?<!anh )(?<!phu )\b(?:chi|em|chau|be|co|ba|anh|ong) "
    r"(?:bi|ay|nay|ta|do|o|ke|noi|dang|thuong|tung)\b"
    r"|\b(?:nguoi (?:phu nu|dan ong|dan ba)|con be|co gai) (?:o|ten|nay|ay|do|nha)\b"
    r"|\bnan nhan (?:ten|o|la|ke|noi|bi)\b|\b(?:nha|ho|gia dinh|vo chong) (?:chi|anh|ong|ba|co|chu|em)\b"
)
"""Somebody in particular, without a name."""
ONE_OF_THEM = re.compile(
    r"\b(?:mot|1|01) (?:chi|em|chau|be|co|ba|phu nu|nguoi vo|nu cong nhan|nguoi|truong hop|ca|vu|ho)\b"
)
"""One person or case: a count, unless a story follows."""
SUBJECT = re.compile(
    r"\b(?:phong chong|phong ngua|phong, chong|chong bao luc|tuyen truyen|truyen thong|ky nang|tap huan|luat|khi bi"
    r"|neu bi|dau hieu|nhan biet|xu ly khi|khong bi|quyen|chuyen de|chu de|vi sao|lam gi khi|hau qua)\b"
)
"""What makes a subject of it: nobody in particular is meant, unless somebody is named."""
HOME = re.compile(
    r"\b(?:o|tai|ngu|dia chi|tam tru|thuong tru|nha)\b[^.;\n]{0,30}?"
    r"(?:\bso\b|\bhem\b|\bngo\b|\bto\b|\bcan\b|\bphong\b|[0-9])"
)
"""Where somebody lives."""
