"""Two tables of everything that can be pressed and everything that can be typed, with who may do it.

Deny by default (reliability R8): an action in no table does nothing, a person without one of an action's roles is
refused, and so is one to whom none of these roles shows the unit that the action is about.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from handlers import channels_admin, hotline, menu, reminders, reminding
from handlers.also import ALSO
from handlers.closing import periods, queue
from handlers.context import Replies, Turn
from handlers.figures import (
    breakdowns,
    exports,
    free_weeks,
    issuing,
    letters,
    missing,
    other_periods,
    pictures,
    submenus,
    summary,
    supplies,
    targets,
)
from handlers.figures import tables as figure_tables
from handlers.obligations import budgets, due, handing_in, outstanding, overlaps, viewing
from handlers.people import (
    accounts,
    gate,
    handing_over,
    invitations,
    joining,
    lists,
    lost_phone,
    my_data,
    nudging,
    participation,
    staff,
    succession,
    ward_codes,
)
from handlers.reports import (
    amendments,
    drafts,
    event_sets,
    histories,
    in_place,
    interviewing,
    my_reports,
    nil,
    quality,
    reporting,
    returning,
    reviewing,
    same_event,
    second_look,
    unsorted,
)
from handlers.reports import queue as queue_of_reports
from interview import fold
from messages.actions import (
    Action,
    Admit,
    Again,
    Agree,
    Amend,
    AnswerOverlap,
    Approve,
    ApproveClear,
    ApproveShown,
    AskFor,
    AskLeave,
    Bots,
    BotWards,
    Breakdown,
    Choose,
    ClosePeriod,
    Closing,
    ComeAs,
    ComeTo,
    ComingWeeks,
    ConfirmIssue,
    ConfirmSupply,
    Connect,
    Correct,
    Decide,
    DeclareFree,
    Decline,
    DeclineLeave,
    DeclineSupply,
    Delivered,
    Deliveries,
    Details,
    Discard,
    Disputes,
    DraftBudgets,
    Drafts,
    DraftWorkbook,
    DueNow,
    EndChats,
    EndRole,
    EndWardCode,
    Export,
    FigureTable,
    Files,
    FillPart,
    Forget,
    FreeWeeks,
    Glance,
    GrantLeave,
    HandIn,
    HandOver,
    HandOverTo,
    Help,
    History,
    Hotline,
    InPlace,
    Invite,
    InviteListed,
    InviteMissing,
    InviteWhere,
    Issue,
    IssuedList,
    Known,
    Language,
    LeaveCode,
    LeaveList,
    LetterParts,
    Letters,
    Link,
    MakeInvitation,
    MakeLetter,
    MarkDone,
    Me,
    Menu,
    Mine,
    Missing,
    MissingTable,
    Newcomers,
    NewReport,
    Nil,
    NotDone,
    NoteOwed,
    Nudge,
    OnPaper,
    OpenFile,
    OpenIssued,
    Organised,
    OtherEvent,
    OtherPeriods,
    Outstanding,
    Overlaps,
    Owing,
    Participants,
    PassOnCodes,
    Pictures,
    PlaceMember,
    PrintCards,
    PrintPoster,
    PutOff,
    Queue,
    Rates,
    Release,
    RemindJoining,
    RemindNow,
    Reopen,
    Requests,
    Resume,
    Return,
    RevokeCode,
    RevokeFree,
    SameEvent,
    SayWhy,
    SendAsIs,
    Serve,
    SetTheme,
    ShareOut,
    ShowPart,
    ShowPicture,
    ShowQuality,
    ShowTarget,
    ShowTargets,
    ShowWardCode,
    Sort,
    Staff,
    Summary,
    Supplies,
    TakeBack,
    TakeBackNil,
    TakeIn,
    TargetTable,
    Together,
    TurnAway,
    UnitReports,
    Unlink,
    Unsure,
    UnusedCodes,
    Upcoming,
    View,
    ViewIssued,
    ViewMember,
    ViewOverlap,
    ViewOwed,
    ViewRequest,
    ViewSupply,
    Wards,
    Withdraw,
)
from rules.roles import ABOVE, Role
from services.access import ANSWERABLE

Kind = TypeVar("Kind", bound=Action)

EVERYONE = frozenset(Role)
TOP = frozenset({Role.SECRETARIAT})
CHAIRS = frozenset({Role.WARD_CHAIR})


@dataclass(frozen=True, slots=True)
class Entry(Generic[Kind]):
    """The function of an action, and the people who may do it."""

    kind: type[Kind]
    run: Callable[[Turn, Kind], Replies]
    roles: frozenset[str] = EVERYONE
    open_to_all: bool = False
    """Navigation, which works even before the consent and without a role."""


def _plain(run: Callable[[Turn], Replies]) -> Callable[[Turn, Action], Replies]:
    """Adapt the handler of an action that carries nothing but its name."""
    return lambda turn, _: run(turn)


_ENTRIES: tuple[Entry[Any], ...] = (
    Entry(Agree, joining.agree, open_to_all=True),
    Entry(Menu, _plain(menu.show_menu), open_to_all=True),
    Entry(Help, _plain(menu.show_help), open_to_all=True),
    Entry(Language, menu.choose_language, open_to_all=True),
    Entry(Me, _plain(accounts.who_am_i), open_to_all=True),
    Entry(Forget, my_data.forget_me, open_to_all=True),
    Entry(NewReport, reporting.begin_report),
    Entry(Again, _plain(reporting.same_as_last)),
    Entry(Nil, nil.say_nil),
    Entry(TakeBackNil, nil.take_back),
    Entry(Choose, interviewing.press),
    Entry(Resume, interviewing.resume),
    Entry(Discard, drafts.discard),
    Entry(Drafts, drafts.show),
    Entry(Mine, my_reports.my_reports),
    Entry(View, my_reports.view),
    Entry(Correct, my_reports.correct),
    Entry(Withdraw, my_reports.withdraw),
    Entry(Sort, unsorted.sort),
    Entry(Unsure, unsorted.leave),
    Entry(UnitReports, my_reports.unit_reports, ABOVE),
    Entry(Approve, reviewing.approve, ABOVE),
    Entry(Return, returning.send_back, ABOVE),
    Entry(Queue, queue_of_reports.show, ABOVE),
    Entry(ApproveShown, queue_of_reports.approve_shown, ABOVE),
    Entry(ApproveClear, queue_of_reports.approve_clear, ABOVE),
    Entry(History, histories.show),
    Entry(AskLeave, amendments.ask),
    Entry(GrantLeave, amendments.grant, ABOVE),
    Entry(DeclineLeave, amendments.decline, ABOVE),
    Entry(Amend, amendments.amend, TOP),
    Entry(SameEvent, same_event.same),
    Entry(OtherEvent, same_event.other),
    Entry(Glance, same_event.glance),
    Entry(SendAsIs, second_look.send_as_is),
    Entry(SayWhy, second_look.say_why),
    Entry(Together, event_sets.show),
    Entry(Unlink, event_sets.unlink),
    Entry(Organised, event_sets.organised),
    Entry(Link, event_sets.link, ABOVE),
    Entry(Decide, event_sets.decide, ABOVE),
    Entry(Disputes, event_sets.disputes, ABOVE),
    Entry(InPlace, in_place.choose, ABOVE),
    Entry(Summary, summary.show_summary),
    Entry(Breakdown, breakdowns.show_breakdown),
    Entry(Missing, missing.show_missing, ABOVE),
    Entry(Nudge, nudging.ask, ABOVE),
    Entry(Wards, summary.choose_ward, ABOVE),
    Entry(OtherPeriods, other_periods.show_other_periods),
    Entry(Details, submenus.show_details),
    Entry(Pictures, submenus.show_pictures),
    Entry(ShowPicture, pictures.show_picture),
    Entry(Files, submenus.show_files),
    Entry(Export, exports.export, ABOVE),
    Entry(ShareOut, exports.share_out, TOP),
    Entry(Issue, issuing.begin, ABOVE),
    Entry(ConfirmIssue, issuing.confirm, ABOVE),
    Entry(IssuedList, issuing.show_list, ABOVE),
    Entry(ViewIssued, issuing.view, ABOVE),
    Entry(OpenIssued, issuing.open_again, ABOVE),
    Entry(DueNow, _plain(due.show_due)),
    Entry(Owing, due.show_owing, ANSWERABLE | TOP),
    Entry(MarkDone, due.mark_done),
    Entry(HandIn, handing_in.begin),
    Entry(ViewOwed, viewing.view),
    Entry(OnPaper, viewing.on_paper, TOP),
    Entry(NoteOwed, viewing.without_note, TOP),
    Entry(NotDone, viewing.undo, TOP),
    Entry(Outstanding, outstanding.show, ABOVE),
    Entry(RemindNow, outstanding.remind, ABOVE),
    Entry(Rates, outstanding.rates, ABOVE),
    Entry(AskFor, _plain(handing_in.ask_for), TOP),
    Entry(OpenFile, my_reports.open_file),
    Entry(ViewOverlap, overlaps.view),
    Entry(AnswerOverlap, overlaps.answer),
    Entry(Overlaps, overlaps.show, TOP),
    Entry(DraftBudgets, budgets.show, TOP),
    Entry(DraftWorkbook, budgets.workbook),
    Entry(Known, reminding.know),
    Entry(PutOff, reminding.put_off),
    Entry(Deliveries, reminders.show_lately, ABOVE),
    Entry(Delivered, reminders.show_people, ABOVE),
    Entry(Upcoming, reminders.show_upcoming, ABOVE),
    Entry(SetTheme, reminding.show_theme, TOP),
    Entry(Connect, _plain(accounts.connect)),
    Entry(Release, accounts.release),
    Entry(Invite, _plain(invitations.choose_role), ABOVE),
    Entry(InviteWhere, invitations.choose_unit, ABOVE),
    Entry(MakeInvitation, invitations.make, ABOVE),
    Entry(Participants, participation.show, ABOVE),
    Entry(InviteMissing, participation.invite_missing, ABOVE),
    Entry(InviteListed, lists.invite, ABOVE),
    Entry(LeaveList, lists.leave, ABOVE),
    Entry(RemindJoining, participation.remind, ABOVE),
    Entry(ShowWardCode, ward_codes.show, ABOVE),
    Entry(PrintPoster, ward_codes.poster, ABOVE),
    Entry(EndWardCode, ward_codes.end, ABOVE),
    Entry(ComeTo, gate.come_to, open_to_all=True),
    Entry(ComeAs, gate.come_as, open_to_all=True),
    Entry(Newcomers, gate.show_newcomers, ABOVE),
    Entry(TakeIn, gate.take_in, ABOVE),
    Entry(TurnAway, gate.turn_away, ABOVE),
    Entry(PassOnCodes, participation.pass_on, ABOVE),
    Entry(PrintCards, participation.print_cards, ABOVE),
    Entry(UnusedCodes, participation.show_unused, ABOVE),
    Entry(RevokeCode, participation.revoke, ABOVE),
    Entry(Staff, staff.show_staff, ABOVE),
    Entry(ViewMember, staff.show_member, ABOVE),
    Entry(EndRole, staff.end_role, ABOVE),
    Entry(PlaceMember, succession.place, ABOVE),
    Entry(HandOver, handing_over.show),
    Entry(HandOverTo, handing_over.to_person),
    Entry(LeaveCode, handing_over.leave_code),
    Entry(EndChats, lost_phone.end_chats),
    Entry(Bots, _plain(channels_admin.show_channels), TOP),
    Entry(BotWards, channels_admin.show_bot, TOP),
    Entry(Serve, channels_admin.toggle_ward, TOP),
    Entry(Closing, periods.show, TOP),
    Entry(ClosePeriod, periods.close, TOP),
    Entry(Reopen, periods.reopen, TOP),
    Entry(Requests, queue.show),
    Entry(ViewRequest, queue.view),
    Entry(Admit, queue.admit, TOP),
    Entry(Decline, queue.decline, TOP),
    Entry(TakeBack, queue.take_back),
    Entry(FreeWeeks, free_weeks.show_free_weeks, TOP),
    Entry(ComingWeeks, free_weeks.show_coming_weeks, TOP),
    Entry(DeclareFree, free_weeks.declare, TOP),
    Entry(RevokeFree, free_weeks.revoke, TOP),
    Entry(FigureTable, figure_tables.show_table),
    Entry(MissingTable, figure_tables.show_missing_table, ABOVE),
    Entry(TargetTable, figure_tables.show_target_table),
    Entry(Letters, letters.choose, ANSWERABLE),
    Entry(MakeLetter, letters.make, ANSWERABLE),
    Entry(LetterParts, letters.show_parts, ANSWERABLE),
    Entry(ShowPart, letters.show_part, ANSWERABLE),
    Entry(FillPart, letters.fill, ANSWERABLE),
    Entry(ShowTargets, targets.show_targets),
    Entry(ShowTarget, targets.show_target),
    Entry(Supplies, supplies.show, ANSWERABLE | TOP),
    Entry(Hotline, _plain(hotline.show), TOP),
    Entry(ShowQuality, quality.show, ABOVE),
    Entry(ViewSupply, supplies.view, ANSWERABLE | TOP),
    Entry(ConfirmSupply, supplies.confirm, TOP),
    Entry(DeclineSupply, supplies.decline, TOP),
)

ACTIONS: Mapping[type[Action], Entry[Any]] = {entry.kind: entry for entry in _ENTRIES}


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
