"""Short forms of chats written out, folded: "kp5 hnay ko co hđ" is "khu pho 5 hom nay khong co hoat dong".

For telling what a whole message is about. What is kept of a text, and the numbers in it, are read from its own words.
"""

import re
from functools import lru_cache

from interview.reading.text import fold

_LONGEST = 300
"""Characters of a message that is written out; a longer one is a story, and is not looked at."""
_MEANT = {
    short: meant
    for meant, shorts in {
        "khu pho": "kp kphố",
        "phuong": "f",
        "khong": "ko k kg khg hok hong hông hổng kô",
        "bao cao": "bc bcao",
        "hoat dong": "hd hđ",
        "truoc": "trc trước",
        "duoc": "dc đc đk",
        "nguoi": "ng",
        "hom qua": "hqua hwa",
        "hom nay": "hnay",
        "roi": "r rùi rui òi",
        "gi": "j",
        "voi": "vs",
        "vay": "v z zậy zay dzậy",
        "can bo truyen thong": "cbtt",
        "can bo tuyen truyen": "cbtuyentruyen",
        "tuyen truyen vien": "ttv",
        "so dien thoai": "sdt sđt đt",
        "so lieu": "sliệu slieu",
        "dien thoai": "dthoai đthoại",
        "hinh": "ảnh pic",
        "bien ban": "bb",
        "gui": "gởi",
        "chi tieu": "ctieu ct",
        "moi nguoi": "mn",
        "nhieu": "nhìu nhiu",
        "bay gio": "bjo",
        "the nao": "tn",
    }.items()
    for short in shorts.split()
}
_TOKEN = re.compile(r"[^\W\d_]+|[0-9]+(?:[/.-][0-9]+)*")
_NUMBERED = {"p": "phuong", "f": "phuong", "q": "quan"}


@lru_cache(maxsize=64)  # several readers look at one message
def written_out(text: str) -> str:
    """The words of a message, folded, without marks, with short forms written out; empty for a long text."""
    if len(text) > _LONGEST:
        return ""
    tokens = _TOKEN.findall(text.lower())
    words = []
    for at, token in enumerate(tokens):
        following = tokens[at + 1] if at + 1 < len(tokens) else ""
        if token in _NUMBERED and following[:1].isdigit():
            words.append(_NUMBERED[token])
        else:
            words.append(_MEANT.get(token) or fold(token))
    return " ".join(" ".join(words).split())
