"""The words that stand for a command, in Vietnamese with or without diacritics and in English."""

import re
from collections.abc import Collection

from interview.reading.spoken import EMOJI, WordSet, without_courtesy
from interview.reading.text import fold
from interview.steps import WalkCommand

_NAVIGATION = {
    WalkCommand.BACK: "lùi|quay lại|trở lại|back",
    WalkCommand.SKIP: "bỏ qua|skip",
    WalkCommand.CANCEL: "hủy|huỷ|hủy bỏ|tạm dừng|thôi|thôi không báo nữa|thôi hủy đi|hủy đi|hủy báo cáo|để sau"
    "|để lát|lưu nháp|không gửi|không gửi nữa|không báo nữa|dừng lại|cancel|stop|later",
    WalkCommand.REVIEW: "xem lại|review",
    WalkCommand.SEND: "gửi|gởi|gửi đi|send",
}
_OFFERED = {
    WalkCommand.FINISH: "xong|hết|hết rồi|xong rồi|đủ rồi|không thêm|finish|done|no more",
    WalkCommand.MORE: "thêm|thêm nữa|còn|more|add",
    WalkCommand.YES: "có|đúng|phải|đúng rồi|ừ|vâng|dạ|yes|y|ok",
    WalkCommand.NO: "không|không phải|no|n",
    WalkCommand.DROP: "có|đồng ý|hủy|huỷ|vâng|dạ|ừ|đúng|đúng rồi|dừng|dừng lại|dừng lại đi|dừng đi|đúng dừng lại|ok"
    "|ok dừng lại|yes|stop|cancel",
    WalkCommand.KEEP: "không|không hủy|không dừng|đừng|đừng dừng|đừng hủy|khoan|tiếp|tiếp tục|làm tiếp|no|keep",
    WalkCommand.CONTINUE: "tiếp|tiếp tục|continue",
    WalkCommand.NEXT_PAGE: "trang sau|tiếp|xem thêm|next",
    WalkCommand.PREVIOUS_PAGE: "trang trước|previous",
    WalkCommand.OTHER_DAY: "ngày khác|other day|another day",
    WalkCommand.REMOVE: "bỏ mục này|bỏ|xóa|xoá|xóa mục này|remove",
    WalkCommand.TAKE_TOTAL: "ghi|cứ ghi|ghi đi|ghi tổng|ghi tạm|bổ sung sau|chưa rõ|không rõ|không nhớ|note|note it",
}


_LONGEST = 40
"""Characters of a message that is nothing but a command."""
_BEFORE_SEND = WordSet(
    "vâng ừ ok oke oki okie okê okay được chuẩn luôn xong rồi đồng ý vậy thì em ơi xin nhờ hãy bấm please",
    exact="dạ đúng muốn",
)
_AFTER_SEND = WordSet(
    "đi em ạ nhé nha nghe nghen luôn liền ngay giúp giùm dùm hộ với lên báo cáo này thôi ok it the report now please"
)
_RIGHT = WordSet(
    "ok oke oki okay okie okê chuẩn chính xác được vâng ừ uh đồng ý nhất trí yes correct xong", exact="dạ đúng"
)
_AFTER_RIGHT = WordSet("rồi hết cả vậy thế đó em ạ nhé nha luôn anh chị lắm")
_THUMB = re.compile("[👍👌✅🆗✔]")
_SEND = WordSet("gửi send", exact="gởi")


def _by_word(table: dict[WalkCommand, str]) -> dict[tuple[WalkCommand, str], None]:
    return {(command, fold(word)): None for command, words in table.items() for word in words.split("|")}


_NAVIGATION_BY_WORD = {
    spelling: command for command, word in _by_word(_NAVIGATION) for spelling in (word, word.replace(" ", ""))
}
_NAVIGATION_AS_SPELLED = {"dừng": WalkCommand.CANCEL}
"""Commands that are others' words without their diacritics: "đúng" is a yes, and "dung" may be one."""
_OFFERED_AS_SPELLED = {command: frozenset(_OFFERED.get(command, "").split("|")) for command in WalkCommand}
"""With its diacritics a word may say what is another one without: "đừng" is not "đúng"."""
_OFFERED_BY_WORD = {
    word: tuple(command for command, said in _by_word(_OFFERED) if said == word) for _, word in _by_word(_OFFERED)
}


def navigation(text: str) -> WalkCommand | None:
    """The command that the whole message says at any question (SEND means something only at the review)."""
    if len(text) > _LONGEST:
        return None
    said = without_courtesy(text).strip(" .!")
    return _NAVIGATION_AS_SPELLED.get(said.lower()) or _NAVIGATION_BY_WORD.get(fold(said).strip(" .!"))


def says_send(text: str) -> bool:
    """Whether a message at the review says to send, with nothing but fillers around it ("được rồi, gửi đi em")."""
    if len(text) > _LONGEST:
        return False
    words = EMOJI.sub(" ", text).replace(",", " ").split()
    at = next((at for at, word in enumerate(words) if word in _SEND), None)
    if at is None:
        return False
    return all(word in _BEFORE_SEND for word in words[:at]) and all(word in _AFTER_SEND for word in words[at + 1 :])


def says_that_it_is_right(text: str) -> bool:
    """Whether a message at the review says that all is right, and nothing else: "ok", "đúng rồi", "đồng ý", "👍"."""
    if len(text) > _LONGEST:
        return False
    words = EMOJI.sub(" ", text).replace(",", " ").replace(".", " ").split()
    if not words:
        return _THUMB.search(text) is not None
    return words[0] in _RIGHT and all(word in _RIGHT or word in _AFTER_RIGHT for word in words[1:])


def offered(text: str, commands: Collection[WalkCommand]) -> WalkCommand | None:
    """Which of the commands on offer the whole message says; these words are answers anywhere else."""
    if not commands or len(text) > _LONGEST:
        return None
    words = " ".join(without_courtesy(text).replace(",", " ").lower().split()).strip(" .!")
    exactly = [command for command in commands if words in _OFFERED_AS_SPELLED[command]]
    said = exactly or _OFFERED_BY_WORD.get(fold(words), ())
    return next((command for command in said if command in commands), None)
