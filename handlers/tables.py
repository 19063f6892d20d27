"""Everything that can be pressed and everything that can be typed, in two tables, with who may do it.

Deny by default (reliability R8): what stands in no table does nothing, an action without one of its roles is refused,
and an action that names a unit is refused unless one of its own roles shows the person that unit.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from handlers import channels_admin, due, menu
from handlers.context import Replies, Turn
from handlers.figures import summary
from handlers.people import accounts, invitations, joining, my_data, staff
from handlers.reports import interviewing, my_reports, reporting, reviewing
from interview import fold
from rules.roles import ABOVE, Role

Handler: TypeAlias = Callable[[Turn, tuple[str, ...]], Replies]

EVERYONE = frozenset(Role)
TOP = frozenset({Role.SECRETARIAT})


@dataclass(frozen=True, slots=True)
class Action:
    """What a choice's id begins with. `unit_at` is the argument that names a unit the person must see."""

    run: Handler
    roles: frozenset[str] = EVERYONE
    unit_at: int | None = None
    open_to_all: bool = False
    """Navigation: also before consent, and for a person without a role."""


ACTIONS: Mapping[str, Action] = {
    "agree": Action(joining.agree, open_to_all=True),
    "menu": Action(menu.show_menu, open_to_all=True),
    "help": Action(menu.show_help, open_to_all=True),
    "language": Action(menu.choose_language, open_to_all=True),
    "me": Action(accounts.who_am_i, open_to_all=True),
    "forget": Action(my_data.forget_me, open_to_all=True),
    "report": Action(reporting.begin_report),
    "again": Action(reporting.same_as_last),
    "nil": Action(reporting.nil_report, frozenset({Role.PROPAGANDIST}), unit_at=0),
    "i": Action(interviewing.press),
    "resume": Action(interviewing.resume),
    "discard": Action(interviewing.discard),
    "mine": Action(my_reports.my_reports),
    "view": Action(my_reports.view),
    "correct": Action(my_reports.correct),
    "withdraw": Action(my_reports.withdraw),
    "reports": Action(my_reports.unit_reports, ABOVE, unit_at=0),
    "approve": Action(reviewing.approve, ABOVE),
    "check": Action(reviewing.approve, ABOVE),  # as buttons from before were called: they name no revision, and show it
    "return": Action(reviewing.send_back, ABOVE),
    "summary": Action(summary.show_summary, unit_at=0),
    "missing": Action(summary.show_missing, ABOVE, unit_at=0),
    "wards": Action(summary.choose_ward, TOP),
    "due": Action(due.show_due),
    "owing": Action(due.show_owing, frozenset({Role.WARD_CHAIR, Role.AGENCY, Role.SECRETARIAT})),
    "done": Action(due.mark_done, frozenset({Role.WARD_CHAIR, Role.AGENCY})),
    "connect": Action(accounts.connect),
    "release": Action(accounts.release),
    "invite": Action(invitations.choose_role, ABOVE),
    "invite_unit": Action(invitations.choose_unit, ABOVE),
    "invite_make": Action(invitations.make, ABOVE, unit_at=1),
    "staff": Action(staff.show_staff, ABOVE, unit_at=0),
    "member": Action(staff.show_member, ABOVE),
    "end_role": Action(staff.end_role, ABOVE),
    "channels": Action(channels_admin.show_channels, TOP),
    "bot": Action(channels_admin.show_bot, TOP),
    "bot_ward": Action(channels_admin.toggle_ward, TOP),
}


@dataclass(frozen=True, slots=True)
class Command:
    """What can be typed for an action: slash commands, and words that are the whole message.

    `words` are understood with or without diacritics, `exact` only as written: without diacritics they mean too
    many other things ("toi" is I or evening, "han" a name).
    """

    action: str
    slashes: tuple[str, ...]
    words: tuple[str, ...]
    exact: tuple[str, ...] = ()


COMMANDS: tuple[Command, ...] = (
    Command("menu", ("start", "menu"), ("menu", "bắt đầu", "xin chào", "chào", "hello", "hi")),
    Command("report", ("baocao", "report"), ("báo cáo", "báo cáo mới", "report", "bc")),
    Command("again", ("nhutruoc", "again"), ("giống lần trước", "như lần trước", "same as last time")),
    Command("nil", ("khong", "nil"), ("không có hoạt động", "tuần này không có hoạt động", "no activity")),
    Command("mine", ("cuatoi", "mine"), ("của tôi", "báo cáo của tôi", "my reports", "rút báo cáo", "sửa báo cáo")),
    Command("summary", ("tomtat", "summary"), ("tóm tắt", "tổng hợp", "summary")),
    Command("due", ("viec", "han", "due"), ("việc cần làm", "what is due"), ("hạn", "lịch")),
    Command("invite", ("moi", "invite"), ("mời", "mời người", "invite")),
    Command("staff", ("canbo", "staff"), ("cán bộ", "staff")),
    Command("channels", ("kenh", "channels"), ("kênh", "channels")),
    Command("connect", ("ketnoi", "connect"), ("kết nối", "connect")),
    Command("language", ("ngonngu", "language"), ("ngôn ngữ", "language")),
    Command("me", ("toi", "me"), ("tôi là ai", "who am i"), ("tôi",)),
    Command("help", ("trogiup", "huongdan", "help"), ("trợ giúp", "giúp", "giúp tôi", "hướng dẫn", "help")),
)

ALSO: Mapping[str, str] = {
    "english": "language:en",
    "tiếng anh": "language:en",
    "tiếng việt": "language:vi",
    "vietnamese": "language:vi",
    "tiếp tục": "resume",
    "continue": "resume",
    "duyệt báo cáo": "reports",
    "check reports": "reports",
    "ai chưa báo cáo": "missing",
    "chưa báo cáo": "missing",
    "who has not reported": "missing",
}
"""Words that are the whole message and mean a choice which no command begins with."""

LONGEST_WORD = 100
"""Characters of a message that is such a word and nothing else."""
BY_SLASH: Mapping[str, str] = {slash: command.action for command in COMMANDS for slash in command.slashes}
BY_WORD: Mapping[str, str] = {
    **{fold(word): command.action for command in COMMANDS for word in command.words},
    **{fold(word): choice for word, choice in ALSO.items()},
}
BY_EXACT_WORD: Mapping[str, str] = {word: command.action for command in COMMANDS for word in command.exact}


def action_for_word(text: str) -> str | None:
    """The choice (an action, perhaps with arguments) that a plain word means which is the whole message."""
    if len(text) > LONGEST_WORD:
        return None
    plain = text.strip().strip(".!?…").casefold()
    return BY_EXACT_WORD.get(plain) or BY_WORD.get(fold(plain))
