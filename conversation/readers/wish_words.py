"""What a whole message wishes for, in people's own words: "kp nào chưa nộp", "em gửi nhầm", "phường mình còn nợ gì".

A table of wishes over a small vocabulary. A message is such a wish only if all of its words are known: a word that
says something else leaves it to the other readers. Pure; `conversation.readers.wishes` does what is wished for.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache


class Wish(Enum):
    """What somebody may wish for without its command."""

    ANNOUNCE = "to tell many people something"
    APPROVE = "to approve what came in"
    AGAIN = "to report the same as last time"
    CONNECT = "to use another phone or chat"
    DUE = "to know what one owes, and by when"
    FILES = "to have a period's figures as a file"
    GREETING = "to greet"
    HELP = "to know how this works"
    LEAVE = "to hand over a role"
    ME = "to see or change one's own data"
    MINE = "to see, correct or withdraw what one sent"
    MISSING = "to know who has not reported"
    INVITE = "to invite somebody"
    NEWCOMERS = "to know who has joined, and who has not"
    NOD = "to say that all is well"
    NOTHING_OPEN = "to stop what is not open"
    OUTSTANDING = "to know who has not handed in"
    PEOPLE = "to know who is where, and how to reach them"
    PERIODIC = "a report of a period: its figures, a letter, or one's own"
    PHOTOS = "to add photos to what was sent"
    PHOTOS_LATER = "to announce photos"
    QUIET = "to get fewer reminders"
    REPORT = "to report"
    REPORTS = "to see what a unit reported"
    TARGETS = "to know how far the targets are"
    VICTIM = "to know who helps against violence"


BESIDE_A_REPORT = frozenset(
    {
        *(Wish.ANNOUNCE, Wish.APPROVE, Wish.CONNECT, Wish.DUE, Wish.INVITE, Wish.LEAVE, Wish.ME, Wish.MISSING),
        *(Wish.NEWCOMERS, Wish.OUTSTANDING, Wish.PEOPLE, Wish.QUIET, Wish.REPORTS, Wish.TARGETS, Wish.VICTIM),
    }
)
"""What cannot be about a report that is open; "sai số nữ" and "thêm hình" can."""
_VOCABULARY: Mapping[str, str] = {
    "report": "bao cao|bai bao cao|ban bao cao|report",
    "hand": "nop|gui|gui len|bao|ghi nhan|send",
    "overdue": "nop|cham nop|tre han|qua han|cham|tre|cham tre|tre hen",
    "owe": "can nop gi|phai nop gi|can bao cao gi|con no|no|con thieu|thieu|phai nop|can nop|phai lam|can lam"
    "|con phai|phai bao cao|can bao cao|phai gui"
    "|con gi phai lam|con viec gi|chua lam|viec gi",
    "when": "truoc may gio|khi nao|bao gio|luc nao|chung nao|may gio|ngay nao|hom nao",
    "term": "han nop|han chot|han cuoi|deadline|den han|toi han|han|han nop bao cao|thoi han",
    "late": "chua|cham|tre|tre han|qua han|cham tre|cham nop|tre hen|con thieu|thieu|not",
    "done": "roi|xong|xong chua|da|hoan thanh|du|du chua",
    "who": "ai|nhung ai|con ai|don vi nao|noi nao|cho nao|nhung don vi nao|don vi|cac don vi|nhung don vi|who",
    "where": "khu pho nao|khu nao|to nao|nhung khu pho nao|cac khu pho|may khu pho|bao nhieu khu pho|khu pho"
    "|danh sach",
    "wards": "phuong nao|nhung phuong nao|cac phuong|may phuong|bao nhieu phuong|ai|nhung ai|con ai|don vi nao"
    "|nhung don vi nao|don vi|cac don vi|nhung don vi|noi nao|who",
    "what": "gi|nao|nhung gi|cai gi|bao nhieu|may|cai nao|viec nao",
    "fix": "sua|sua lai|chinh|chinh lai|chinh sua|dinh chinh|sai|bi sai|sai roi|nham|bi nham|lon|rut|rut lai|xoa|huy"
    "|thu hoi|cap nhat|wrong|correct|delete",
    "number": "so|so nu|so nam|so nguoi|so luong|nu|nam|ngay|ngay thang|dia diem|hoat dong|noi dung|thong tin",
    "past": "cua hom qua|hoi nay|luc nay|vua roi|vua gui|moi gui|hoi sang|hom qua|hom nay|lan truoc|vua xong"
    "|moi nay|da gui|cu",
    "seen": "da nhan duoc|da nhan|nhan duoc|nhan|dau|o dau|dau roi|thay|luu|luu chua|mat|mat roi",
    "mine": "cua toi|cua em|cua minh|cua chi|cua anh",
    "want": "muon|can|lam|viet|nhap|tao|moi|bat dau|dang ky|lap|tiep",
    "how": "lam sao|lam the nao|cach|the nao|nhu the nao|huong dan|chi cach|khong biet|khong hieu|ra sao|cach nao|sao"
    "|lam gi|dung sao|dung the nao|su dung|dung|o dau|how|to",
    "help": "giup|giup do|tro giup|cuu|loi|bi loi|gap loi|khong duoc|ket|bi ket|khong gui duoc|khong vao duoc"
    "|hoi|ho tro",
    "return": "tra lai|tra ve|tra|yeu cau|yeu cau sua|cho sua lai|bao sua lai",
    "remind": "nhac|nhac nho|nhac viec|don doc|thuc|hoi tham|tin nhac",
    "off": "tat|dung|ngung|thoi|bo|dung co|khong nhan|khong muon|khong can|khoi|bot|it|nhieu qua|hoai|nua|phien|stop",
    "approve": "duyet|phe duyet|kiem tra|xem va duyet|approve",
    "all": "het|tat ca|toan bo|ca|het luon",
    "again": "giong|nhu|y chang|y nhu|y het|lap lai|giong nhu|giong y|y",
    "before": "lan truoc|hom truoc|bua truoc|lan roi|truoc|cu|bao cao truoc|buoi truoc|lan cu|nhu cu",
    "photo": "hinh|hinh anh|tam hinh|may tam hinh|photo|photos",
    "more": "them|bo sung|nua|con|con may|may|vai",
    "here": "ne|day|day ne|nay ne",
    "later": "chut|sau|lat|lat nua|mai|chut nua|ti nua|tinh sau|toi nay",
    "forgot": "quen|quen roi|lo|lo quen|bo sot|sot",
    "greet": "chao|xin chao|alo|hello|hi|hey|bot|ad|admin|oi|e|kinh chao|chao buoi sang|co ai khong|co do khong",
    "nod": "cam on bot|biet roi|hieu roi|da hieu|da ro|ro|ro roi|tot|tot qua|hay qua|tuyet|tuyet voi|hihi|haha"
    "|nhan duoc roi|ok|oke"
    "|okie|da biet|chuc vui|chuc suc khoe|de|de lam|de em lam|lam lien|se lam|cam on|on roi|good|great",
    "phone": "dien thoai|so dien thoai|may|sim|zalo|telegram|may moi|dien thoai moi",
    "change": "doi|thay|thay doi|cap nhat|moi|mat|sua|bi mat",
    "name": "ten|ho ten|ho va ten|ten hien thi",
    "data": "du lieu|thong tin|thong tin ca nhan|tai khoan",
    "leave": "nghi viec|khong lam nua|thoi viec|chuyen cong tac|nghi luon|nghi huu|chuyen qua|chuyen sang|doi nguoi"
    "|nguoi khac lam|het nhiem ky|ban giao|khong phu trach nua|chuyen",
    "invited": "nguoi tham gia|danh sach nguoi|thanh vien|danh sach can bo|danh sach|nhan su|can bo|can bo truyen thong"
    "|can bo tuyen truyen|tuyen truyen vien|nguoi phu trach|phu trach|ai phu trach|ai lam|nguoi lien he|lien lac",
    "joined": "vao|tham gia|vao nhom|dang nhap|ket noi|vao bot|cai|co ai",
    "inviting": "moi nguoi moi|moi them|moi nguoi|them nguoi|them can bo|ma moi|link moi|duong dan moi|giay moi|moi vao"
    "|them thanh vien|moi them nguoi|them nguoi moi|ma",
    "target": "chi tieu|muc tieu|cac chi tieu|tien do|tien do chi tieu|chi tieu nao",
    "percent": "phan tram|bao nhieu phan tram|dat bao nhieu|dat bao nhieu phan tram",
    "reach": "dat|dat duoc|dat chua|toi dau|den dau|phan tram|hoan thanh|duoc bao nhieu|toi dau roi",
    "cancel": "huy|huy bo|thoi|thoi khoi|quay lai|tro lai|bo qua|de sau|khoan|khoan da|cancel|stop|back",
    "announce": "thong bao|gui thong bao|ra thong bao|nhan tin|nhan tin cho|bao cho",
    "file": "in|in ra|xuat|xuat ra|xuat file|tai|tai ve|tai xuong|soan|file|tep|pdf|file pdf|file word|word|ban in"
    "|lay file|ban mem|ban cung|qua mail|email|mail|gui mail",
    "span": "tuan|thang|quy|nam|dinh ky|hang tuan|hang thang|hang quy",
    "see": "xem|coi|cho xem|liet ke|kiem|tim|mo|doc",
    "victim": "bi danh|bi chong danh|bi bao hanh|bi bao luc|bi xam hai|bi hanh ha|nan nhan|bi de doa|danh vo|danh con"
    "|bao hanh|xam hai|bi danh dap|dang danh|cau cuu|bi vo danh|chong danh|chong danh vo|bao luc gia dinh|bao luc",
    "call": "goi|goi ai|goi so nao|bao ai|lien he|lien he ai|gap ai|so nao|keu ai|tinh sao|lam gi|giup|cuu|can giup",
    "person": "nguoi|ai do|chi|mot chi|co chi|mot phu nu|phu nu|tre em|vo|chong|hang xom|co be|em be|mot nguoi|be|co",
}  # fmt: skip
"""By a word of ours the phrases that people say, folded and written out (`interview.reading.shorthand`)."""
_LIGHT = """
    da vang thua em anh chi minh toi ben o xin cho dum gium ho voi a nhe nha nhi vay do la thi ma cua ve tai trong luon
    ne ha ta u cai ban buoi lai cac nhung duoc co hien gio bay van con cu dang se can bo kia the ong ba chu dong moi
    nguoi het tron giup oi i my of is are for please we our khu pho phuong quan don vi noi chung tui nay di
    bi khi khong
"""
_FILLER = frozenset(_LIGHT.split())
"""Words that change nothing about a wish; phrases of the vocabulary come before them."""
_LONGEST = 5
"""Words of a phrase."""
_MOST = 16
"""Words of a wish; what is longer is a story."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """A wish whose words are all of `needs` (each "a|b": one of them) and any of `may`."""

    wish: Wish
    needs: tuple[frozenset[str], ...]
    may: frozenset[str] = frozenset()


def _rule(wish: Wish, needs: str, may: str = "") -> _Rule:
    return _Rule(wish, tuple(frozenset(one.split("|")) for one in needs.split()), frozenset(may.split()))


_RULES: Sequence[_Rule] = (
    _rule(Wish.VICTIM, "victim call", "person what how who help when"),
    _rule(Wish.VICTIM, "victim person", "what how call past"),
    _rule(Wish.PHOTOS_LATER, "photo later", "hand more report past"),
    _rule(Wish.PHOTOS, "photo more|past|hand|here", "want report hand more past see mine fix here"),
    _rule(Wish.APPROVE, "approve", "all report what late unit period see want how done owe"),
    _rule(Wish.QUIET, "remind off", "want all"),
    _rule(Wish.NEWCOMERS, "who|where|wards|unit joined late|done", "what see who where wards unit"),
    _rule(Wish.NEWCOMERS, "joined unit late", "what who"),
    _rule(Wish.INVITE, "inviting", "hand want how invited see unit done change"),
    _rule(Wish.PEOPLE, "invited", "see who wards where unit what all call phone"),
    _rule(Wish.PEOPLE, "phone|call unit", "see who wards what invited"),
    _rule(Wish.OUTSTANDING, "wards overdue", "late done what hand see want how all"),
    _rule(
        Wish.MISSING,
        "who|wards|where late|done",
        "hand report period span what number see late done who where wards owe all",
    ),
    _rule(
        Wish.MISSING,
        "remind unit|where|who|wards|all|report|hand",
        "late hand report period who wards where all unit owe",
    ),
    _rule(Wish.MISSING, "where|who|wards hand|report done|late", "period span what done late"),
    _rule(Wish.DUE, "owe", "what report period unit hand when late done see more"),
    _rule(Wish.DUE, "term", "when hand report owe what period span unit how late past see"),
    _rule(Wish.OUTSTANDING, "wards owe", "what late done see period"),
    _rule(Wish.DUE, "when hand|report|owe", "hand report owe period unit what late how past"),
    _rule(Wish.REPORTS, "return report|unit", "report unit period hand past fix"),
    _rule(Wish.REPORTS, "unit hand|report late|done", "period hand report what late done seen"),
    _rule(Wish.REPORTS, "unit report|hand|photo", "what period see mine seen past report hand photo"),
    _rule(Wish.LEAVE, "leave", "unit period want"),
    _rule(Wish.CONNECT, "change phone", "want how"),
    _rule(Wish.ME, "change|fix name|data", "want mine how"),
    _rule(Wish.ME, "name|data mine", "see what fix"),
    _rule(Wish.NOTHING_OPEN, "cancel", "want done"),
    _rule(Wish.MINE, "fix", "report hand past number mine want period unit how what done photo"),
    _rule(Wish.MINE, "report|hand seen|mine", "seen mine done late what past period see hand report"),
    _rule(Wish.MINE, "report|hand late|done", "past period what hand report seen see"),
    _rule(Wish.MINE, "past what", "done hand report see period"),
    _rule(Wish.MINE, "past hand|report what|see", "report hand what see period"),
    _rule(Wish.FILES, "file", "file report number period span unit want see hand what"),
    _rule(Wish.PERIODIC, "report period|span", "see want period span unit hand"),
    _rule(Wish.ANNOUNCE, "announce wards|where|all|invited|unit", "wards where all invited unit hand want what"),
    _rule(Wish.TARGETS, "target|percent", "target reach unit period late done what see how number"),
    _rule(Wish.AGAIN, "again before|past", "report hand want"),
    _rule(Wish.AGAIN, "again period", "report hand want"),
    _rule(Wish.AGAIN, "before"),
    _rule(Wish.DUE, "forgot report|hand", "period span what how past"),
    _rule(Wish.HELP, "how photo", "hand more"),
    _rule(Wish.VICTIM, "call victim", "when what who"),
    _rule(Wish.HELP, "help", "how greet report hand what want who call"),
    _rule(Wish.HELP, "how report|hand|what|want|greet", "report hand what want greet how see period call"),
    _rule(Wish.HELP, "call", "who what wards"),
    _rule(Wish.REPORT, "want|hand report", "want hand more past period again greet"),
    _rule(Wish.NOD, "nod", "done greet hand report see what"),
    _rule(Wish.GREETING, "greet", "who"),
)
"""The first rule that fits; the surer ones stand first."""


@lru_cache(maxsize=1)
def _by_first_word() -> Mapping[str, Sequence[tuple[tuple[str, ...], frozenset[str]]]]:
    """By their first word the phrases, the longest first, each with all of our words that it may be."""
    found: dict[tuple[str, ...], set[str]] = {}
    for name, phrases in _VOCABULARY.items():
        for phrase in phrases.split("|"):
            found.setdefault(tuple(phrase.split()), set()).add(name)
    by_word: dict[str, list[tuple[tuple[str, ...], frozenset[str]]]] = {}
    for words, names in sorted(found.items(), key=lambda one: -len(one[0])):
        by_word.setdefault(words[0], []).append((words, frozenset(names)))
    return by_word


def wish_in(said: str, *, has_unit: bool = False, has_period: bool = False) -> Wish | None:
    """What the words wish for; units and periods are taken out of them before."""
    words = said.split()
    if not 0 < len(words) <= _MOST:
        return None
    named = list(_names(words))
    if any(not one for one in named):
        return None
    meant = [one for one in named if _FILLING not in one]
    optional = [one - {_FILLING} for one in named if _FILLING in one and len(one) > 1]
    if has_unit:
        meant.append(frozenset({"unit"}))
    if has_period:
        meant.append(frozenset({"period"}))
    return next((rule.wish for rule in _RULES if _fits(rule, meant, optional)), None)


_FILLING = "filler"


def _names(words: Sequence[str]) -> Iterator[frozenset[str]]:
    """What each phrase may be; empty for a word that nobody expects."""
    at = 0
    while at < len(words):
        phrase = next(
            (
                (own, names)
                for own, names in _by_first_word().get(words[at], ())
                if tuple(words[at : at + len(own)]) == own
            ),
            None,
        )
        if phrase is None:
            yield frozenset({_FILLING}) if words[at] in _FILLER else frozenset()
            at += 1
            continue
        own, names = phrase
        is_light = len(own) == 1 and own[0] in _FILLER
        yield names | {_FILLING} if is_light else names
        at += len(own)


def _fits(rule: _Rule, meant: Sequence[frozenset[str]], optional: Sequence[frozenset[str]]) -> bool:
    """Whether every phrase has a place in the rule, and every need of the rule a phrase of its own."""
    known = rule.may.union(*rule.needs)
    if any(known.isdisjoint(one) for one in meant):
        return False
    return _met(rule.needs, [*meant, *optional])


def _met(needs: Sequence[frozenset[str]], phrases: Sequence[frozenset[str]]) -> bool:
    if not needs:
        return True
    first, *others = needs
    return any(
        not first.isdisjoint(one) and _met(others, [*phrases[:at], *phrases[at + 1 :]])
        for at, one in enumerate(phrases)
    )
