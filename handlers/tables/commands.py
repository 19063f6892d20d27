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
    """An action that can be asked for at any time: what it is called, and what can be typed for it.

    `name` and `description` are texts to translate: on a button, and in a menu that tells a little more.
    `slashes` are slash commands, the others words that are the whole message:
    `words` are understood with or without diacritics, `exact` only as written: without diacritics they mean too
    many other things ("toi" is I or evening, "han" a name).
    """

    action: Action
    name: str
    slashes: tuple[str, ...]
    words: tuple[str, ...]
    exact: tuple[str, ...] = ()
    description: str = ""


COMMANDS: tuple[Command, ...] = (
    Command(
        Menu(),
        "Menu",
        ("start", "menu"),
        ("menu", "bắt đầu", "xin chào", "chào", "hello", "hi"),
        description="What I can do for you",
    ),
    Command(NewReport(), "Report an activity", ("baocao", "report"), ("báo cáo", "báo cáo mới", "report", "bc")),
    Command(
        Again(),
        "Same as last time",
        ("nhutruoc", "again"),
        ("giống lần trước", "như lần trước", "same as last time"),
        description="Report the same as last time",
    ),
    Command(
        Nil(),
        "No activity this week",
        ("khong", "nil"),
        ("không có hoạt động", "tuần này không có hoạt động", "no activity"),
    ),
    Command(
        Mine(),
        "My reports",
        ("cuatoi", "mine"),
        ("của tôi", "báo cáo của tôi", "my reports", "rút báo cáo", "sửa báo cáo"),
    ),
    Command(
        Drafts(),
        "My drafts",
        ("bannhap", "drafts"),
        ("bản nháp", "các bản nháp", "bản nháp của tôi", "bản dở", "bản đang dở", "báo cáo dở", "drafts", "my drafts"),
        description="Drafts, to go on with or to drop",
    ),
    Command(
        Summary(),
        "This week's summary",
        ("tomtat", "summary", "tonghop", "thongke"),
        ("tóm tắt", "tổng hợp", "thống kê", "số liệu", "summary", "figures"),
        description="Summary of the week",
    ),
    Command(DueNow(), "What is due", ("viec", "han", "due"), ("việc cần làm", "what is due"), ("hạn", "lịch")),
    Command(
        Outstanding(),
        "Who has not handed in",
        ("chuanop", "outstanding"),
        ("chưa nộp", "ai chưa nộp", "đơn vị chưa nộp", "who has not handed in"),
    ),
    Command(
        Overlaps(),
        "What may overlap",
        ("trunglap", "overlaps"),
        ("trùng lặp", "có thể trùng", "overlaps"),
        description="What may overlap in the drafts",
    ),
    Command(
        DraftBudgets(),
        "Budgets of the drafts",
        ("dutoan", "budgets"),
        ("dự toán", "budgets"),
        description="What the drafts cost",
    ),
    Command(
        AskFor(),
        "Ask units for something",
        ("yeucau", "ask"),
        ("yêu cầu nộp", "yêu cầu nộp báo cáo", "ask units for something"),
    ),
    Command(
        Announcements(),
        "Announcements to many",
        ("thongbao", "announced"),
        ("thông báo", "gửi thông báo", "announcements"),
    ),
    Command(
        Deliveries(),
        "What became of reminders",
        ("giao", "deliveries"),
        ("giao nhắc việc", "lời nhắc đã gửi", "what became of reminders"),
    ),
    Command(
        Upcoming(), "What will be sent", ("lich", "upcoming"), ("lịch nhắc", "lịch nhắc việc", "what will be sent")
    ),
    Command(
        SetTheme(),
        "Theme of the Action Month",
        ("chude", "theme"),
        ("chủ đề tháng hành động", "theme of the action month"),
    ),
    Command(Invite(), "Invite someone", ("moi", "invite"), ("mời", "mời người", "invite")),
    Command(
        Participants(),
        "Who has come",
        ("thamgia", "joined"),
        ("tham gia", "ai chưa tham gia", "ai đã tham gia", "joined"),
        description="Who has joined, who has not",
    ),
    Command(Staff(), "Who takes part", ("canbo", "staff"), ("cán bộ", "staff")),
    Command(Bots(), "The bots with a quota", ("kenh", "channels"), ("kênh", "channels")),
    Command(
        Closing(),
        "Close or open a period",
        ("chotso", "closing", "close", "moso", "reopen"),
        ("chốt số", "chốt số liệu", "mở số liệu", "close figures"),
        description="Close a period's figures",
    ),
    Command(
        Queue(),
        "Reports to approve",
        ("duyet", "queue", "review"),
        ("duyệt", "duyệt báo cáo", "báo cáo chờ duyệt", "chờ duyệt", "check reports", "reports to approve"),
    ),
    Command(
        Requests(),
        "Requests about closed periods",
        ("denghi", "requests", "tuchoi", "decline"),
        ("đề nghị của tôi", "đề nghị đang chờ", "requests"),
        ("đề nghị",),
    ),
    Command(
        IssuedList(),
        "Issued documents",
        ("banhanh", "issued"),
        ("bản đã ban hành", "đã ban hành", "văn bản đã ban hành", "issued documents"),
        description="Documents that were issued",
    ),
    Command(FreeWeeks(), "Free weeks", ("tuannghi", "free_weeks"), ("tuần nghỉ", "free weeks")),
    Command(
        ShowTargets(),
        "Progress to the targets",
        ("chitieu", "targets"),
        ("chỉ tiêu", "tiến độ chỉ tiêu", "tiến độ các chỉ tiêu", "các chỉ tiêu", "targets"),
        description="How far the targets are",
    ),
    Command(
        Supplies(),
        "Send numbers",
        ("solieu", "mauso", "numbers"),
        ("mẫu số", "số liệu chờ xác nhận", "numbers"),
        description="Numbers of people to confirm",
    ),
    Command(
        ShowQuality(),
        "Where advice may help",
        ("chatluong", "quality"),
        ("chất lượng", "chất lượng báo cáo", "quality"),
        description="Where advice about reports may help",
    ),
    Command(
        Hotline(),
        "The hotline",
        ("duongdaynong", "hotline"),
        ("đường dây nóng", "hotline"),
        description="The hotline that people are given",
    ),
    Command(Connect(), "Use another channel too", ("ketnoi", "connect"), ("kết nối", "connect")),
    Command(Language(), "Language", ("ngonngu", "language"), ("ngôn ngữ", "language")),
    Command(
        HandOver(),
        "Hand over my role",
        ("bangiao", "hand_over"),
        ("bàn giao", "bàn giao công việc", "bàn giao vai trò", "tôi nghỉ việc", "tôi chuyển công tác", "hand over"),
    ),
    Command(
        Me(), "What is kept about me", ("toi", "me"), ("tôi là ai", "who am i"), ("tôi",), description="Who I am here"
    ),
    Command(Help(), "Help", ("trogiup", "huongdan", "help"), ("trợ giúp", "giúp", "giúp tôi", "hướng dẫn", "help")),
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
