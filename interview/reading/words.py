"""The words that stand for a command, in Vietnamese with or without diacritics and in English."""

from collections.abc import Collection

from interview.reading.spoken import EMOJI, Words, without_courtesy
from interview.reading.text import fold
from interview.steps import Command

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
    Command.DROP: "có|đồng ý|hủy|huỷ|vâng|dạ|ừ|đúng|đúng rồi|dừng|dừng lại|dừng lại đi|dừng đi|đúng dừng lại|ok"
    "|ok dừng lại|yes|stop|cancel",
    Command.KEEP: "không|không hủy|không dừng|đừng|đừng dừng|đừng hủy|khoan|tiếp|tiếp tục|làm tiếp|no|keep",
    Command.CONTINUE: "tiếp|tiếp tục|continue",
    Command.NEXT_PAGE: "trang sau|tiếp|xem thêm|next",
    Command.PREVIOUS_PAGE: "trang trước|previous",
    Command.OTHER_DAY: "ngày khác|other day|another day",
}


_LONGEST = 40
"""Characters of a message that is nothing but a command."""
_BEFORE_SEND = Words(
    "vâng ừ ok oke okay được chuẩn xong rồi đồng ý vậy thì em ơi xin nhờ hãy bấm please", exact="dạ đúng muốn"
)
_AFTER_SEND = Words("đi em ạ nhé nha nghe luôn liền ngay giúp hộ với lên báo cáo này thôi ok it the report now please")
_SEND = Words("gửi send", exact="gởi")


def _by_word(table: dict[Command, str]) -> dict[tuple[Command, str], None]:
    return {(command, fold(word)): None for command, words in table.items() for word in words.split("|")}


_NAVIGATION_BY_WORD = {
    spelling: command for command, word in _by_word(_NAVIGATION) for spelling in (word, word.replace(" ", ""))
}
_OFFERED_AS_SPELLED = {command: frozenset(_OFFERED.get(command, "").split("|")) for command in Command}
"""With its diacritics a word may say what is another one without: "đừng" is not "đúng"."""
_OFFERED_BY_WORD = {
    word: tuple(command for command, said in _by_word(_OFFERED) if said == word) for _, word in _by_word(_OFFERED)
}


def navigation(text: str) -> Command | None:
    """The command that the whole message says at any question (SEND means something only at the review)."""
    return _NAVIGATION_BY_WORD.get(fold(without_courtesy(text)).strip(" .!")) if len(text) <= _LONGEST else None


def says_send(text: str) -> bool:
    """Whether a message at the review says to send, with nothing but fillers around it ("được rồi, gửi đi em")."""
    if len(text) > _LONGEST:
        return False
    words = EMOJI.sub(" ", text).replace(",", " ").split()
    at = next((at for at, word in enumerate(words) if word in _SEND), None)
    if at is None:
        return False
    return all(word in _BEFORE_SEND for word in words[:at]) and all(word in _AFTER_SEND for word in words[at + 1 :])


def offered(text: str, commands: Collection[Command]) -> Command | None:
    """Which of the commands on offer the whole message says; these words are answers anywhere else."""
    if not commands or len(text) > _LONGEST:
        return None
    words = " ".join(without_courtesy(text).replace(",", " ").lower().split()).strip(" .!")
    exactly = [command for command in commands if words in _OFFERED_AS_SPELLED[command]]
    said = exactly or _OFFERED_BY_WORD.get(fold(words), ())
    return next((command for command in said if command in commands), None)
