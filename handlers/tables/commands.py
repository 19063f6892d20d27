"""Everything that can be typed and means an action as the whole message."""

from collections.abc import Mapping
from dataclasses import dataclass

from handlers.tables.also import ALSO
from interview import fold
from messages.actions import (
    Action,
    Again,
    Announcements,
    AskFor,
    Bots,
    Closing,
    Connect,
    Deliveries,
    DraftBudgets,
    Drafts,
    DueNow,
    FreeWeeks,
    HandOver,
    Help,
    Hotline,
    Invite,
    IssuedList,
    Language,
    Me,
    Menu,
    Mine,
    NewReport,
    Nil,
    Outstanding,
    Overlaps,
    Participants,
    Queue,
    Requests,
    SetTheme,
    ShowQuality,
    ShowTargets,
    Staff,
    Summary,
    Supplies,
    Upcoming,
)


@dataclass(frozen=True, slots=True)
class Command:
    """The words to type for an action: slash commands, and words that are the whole message.

    `words` are understood with or without diacritics, `exact` only as written: without diacritics they mean too
    many other things ("toi" is I or evening, "han" a name).
    """

    action: Action
    slashes: tuple[str, ...]
    words: tuple[str, ...]
    exact: tuple[str, ...] = ()


COMMANDS: tuple[Command, ...] = (
    Command(Menu(), ("start", "menu"), ("menu", "bắt đầu", "xin chào", "chào", "hello", "hi")),
    Command(NewReport(), ("baocao", "report"), ("báo cáo", "báo cáo mới", "report", "bc")),
    Command(Again(), ("nhutruoc", "again"), ("giống lần trước", "như lần trước", "same as last time")),
    Command(Nil(), ("khong", "nil"), ("không có hoạt động", "tuần này không có hoạt động", "no activity")),
    Command(Mine(), ("cuatoi", "mine"), ("của tôi", "báo cáo của tôi", "my reports", "rút báo cáo", "sửa báo cáo")),
    Command(
        Drafts(),
        ("bannhap", "drafts"),
        ("bản nháp", "các bản nháp", "bản nháp của tôi", "bản dở", "bản đang dở", "báo cáo dở", "drafts", "my drafts"),
    ),
    Command(
        Summary(),
        ("tomtat", "summary", "tonghop", "thongke"),
        ("tóm tắt", "tổng hợp", "thống kê", "số liệu", "summary", "figures"),
    ),
    Command(DueNow(), ("viec", "han", "due"), ("việc cần làm", "what is due"), ("hạn", "lịch")),
    Command(
        Outstanding(),
        ("chuanop", "outstanding"),
        ("chưa nộp", "ai chưa nộp", "đơn vị chưa nộp", "who has not handed in"),
    ),
    Command(Overlaps(), ("trunglap", "overlaps"), ("trùng lặp", "có thể trùng", "overlaps")),
    Command(DraftBudgets(), ("dutoan", "budgets"), ("dự toán", "budgets")),
    Command(AskFor(), ("yeucau", "ask"), ("yêu cầu nộp", "yêu cầu nộp báo cáo", "ask units for something")),
    Command(Announcements(), ("thongbao", "announced"), ("thông báo", "gửi thông báo", "announcements")),
    Command(Deliveries(), ("giao", "deliveries"), ("giao nhắc việc", "lời nhắc đã gửi", "what became of reminders")),
    Command(Upcoming(), ("lich", "upcoming"), ("lịch nhắc", "lịch nhắc việc", "what will be sent")),
    Command(SetTheme(), ("chude", "theme"), ("chủ đề tháng hành động", "theme of the action month")),
    Command(Invite(), ("moi", "invite"), ("mời", "mời người", "invite")),
    Command(Participants(), ("thamgia", "joined"), ("tham gia", "ai chưa tham gia", "ai đã tham gia", "joined")),
    Command(Staff(), ("canbo", "staff"), ("cán bộ", "staff")),
    Command(Bots(), ("kenh", "channels"), ("kênh", "channels")),
    Command(
        Closing(),
        ("chotso", "closing", "close", "moso", "reopen"),
        ("chốt số", "chốt số liệu", "mở số liệu", "close figures"),
    ),
    Command(
        Queue(),
        ("duyet", "queue", "review"),
        ("duyệt", "duyệt báo cáo", "báo cáo chờ duyệt", "chờ duyệt", "check reports", "reports to approve"),
    ),
    Command(
        Requests(),
        ("denghi", "requests", "tuchoi", "decline"),
        ("đề nghị của tôi", "đề nghị đang chờ", "requests"),
        ("đề nghị",),
    ),
    Command(
        IssuedList(),
        ("banhanh", "issued"),
        ("bản đã ban hành", "đã ban hành", "văn bản đã ban hành", "issued documents"),
    ),
    Command(FreeWeeks(), ("tuannghi", "free_weeks"), ("tuần nghỉ", "free weeks")),
    Command(
        ShowTargets(),
        ("chitieu", "targets"),
        ("chỉ tiêu", "tiến độ chỉ tiêu", "tiến độ các chỉ tiêu", "các chỉ tiêu", "targets"),
    ),
    Command(Supplies(), ("solieu", "mauso", "numbers"), ("mẫu số", "số liệu chờ xác nhận", "numbers")),
    Command(ShowQuality(), ("chatluong", "quality"), ("chất lượng", "chất lượng báo cáo", "quality")),
    Command(Hotline(), ("duongdaynong", "hotline"), ("đường dây nóng", "hotline")),
    Command(Connect(), ("ketnoi", "connect"), ("kết nối", "connect")),
    Command(Language(), ("ngonngu", "language"), ("ngôn ngữ", "language")),
    Command(
        HandOver(),
        ("bangiao", "hand_over"),
        ("bàn giao", "bàn giao công việc", "bàn giao vai trò", "tôi nghỉ việc", "tôi chuyển công tác", "hand over"),
    ),
    Command(Me(), ("toi", "me"), ("tôi là ai", "who am i"), ("tôi",)),
    Command(Help(), ("trogiup", "huongdan", "help"), ("trợ giúp", "giúp", "giúp tôi", "hướng dẫn", "help")),
)

LONGEST_WORD = 100
"""Characters of a message that can be such a word and nothing else."""
BY_SLASH: Mapping[str, Action] = {slash: command.action for command in COMMANDS for slash in command.slashes}
BY_WORD: Mapping[str, Action] = {
    **{fold(word): command.action for command in COMMANDS for word in command.words},
    **{fold(word): action for word, action in ALSO.items()},
}
BY_EXACT_WORD: Mapping[str, Action] = {word: command.action for command in COMMANDS for word in command.exact}


def action_for_word(text: str) -> Action | None:
    """Find the action that a plain word means, if it is the whole message."""
    if len(text) > LONGEST_WORD:
        return None
    plain = text.strip().strip(".!?…").casefold()
    return BY_EXACT_WORD.get(plain) or BY_WORD.get(fold(plain))
