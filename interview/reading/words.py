"""The words that stand for a command, in Vietnamese with or without diacritics and in English."""

from collections.abc import Collection

from ..steps import Command
from .text import fold

_NAVIGATION = {
    Command.BACK: "lùi|quay lại|trở lại|back",
    Command.SKIP: "bỏ qua|skip",
    Command.CANCEL: "hủy|huỷ|hủy bỏ|cancel",
    Command.REVIEW: "xem lại|review",
    Command.SEND: "gửi|gởi|gửi đi|send",
}
_OFFERED = {
    Command.FINISH: "xong|hết|hết rồi|xong rồi|đủ rồi|không thêm|finish|done|no more",
    Command.MORE: "thêm|thêm nữa|còn|more|add",
    Command.YES: "có|đúng|phải|đúng rồi|ừ|vâng|dạ|yes|y|ok",
    Command.NO: "không|không phải|no|n",
    Command.DROP: "có|đồng ý|hủy|huỷ|vâng|yes|cancel",
    Command.KEEP: "không|không hủy|tiếp tục|no|keep",
    Command.CONTINUE: "tiếp|tiếp tục|continue",
    Command.NEXT_PAGE: "trang sau|tiếp|xem thêm|next",
    Command.PREVIOUS_PAGE: "trang trước|previous",
    Command.OTHER_DAY: "ngày khác|other day|another day",
}


def _by_word(table: dict[Command, str]) -> dict[tuple[Command, str], None]:
    return {(command, fold(word)): None for command, words in table.items() for word in words.split("|")}


_NAVIGATION_BY_WORD = {
    spelling: command for command, word in _by_word(_NAVIGATION) for spelling in (word, word.replace(" ", ""))
}
_OFFERED_BY_WORD = {
    word: tuple(command for command, said in _by_word(_OFFERED) if said == word) for _, word in _by_word(_OFFERED)
}


def navigation(text: str) -> Command | None:
    """The command that the whole message says at any question (SEND means something only at the review)."""
    return _NAVIGATION_BY_WORD.get(fold(text).strip(" .!")) if len(text) <= 40 else None


def offered(text: str, commands: Collection[Command]) -> Command | None:
    """Which of the commands on offer the whole message says; these words are answers anywhere else."""
    if not commands or len(text) > 40:
        return None
    said = _OFFERED_BY_WORD.get(fold(text).strip(" .!"), ())
    return next((command for command in said if command in commands), None)
