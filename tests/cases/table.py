"""The conversations that go alike on every channel: who says or presses what, and sees what.

A step is done by a `Person`, whose channel says how: what is tapped where there are buttons is typed as a number or a
word where there are none. Days are "hôm nay", so that a case means the same on every day of the week.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from tests.cases.person import Person

Step: TypeAlias = Callable[[Person], Awaitable[None]]

WEB, TERMINAL, TELEGRAM, ZALO = CHANNELS = ("web", "terminal", "telegram", "zalo")


@dataclass(frozen=True, slots=True)
class Case:
    """A conversation of somebody who holds an invitation."""

    name: str
    steps: tuple[Step, ...]
    channels: tuple[str, ...] = CHANNELS


def comes_with(code: str) -> Step:
    return lambda person: person.comes_with(code)


def says(text: str) -> Step:
    return lambda person: person.says(text)


def taps(label: str) -> Step:
    """What is offered now under a label that begins so."""
    return lambda person: person.taps(label)


def taps_again() -> Step:
    """The button pressed last, once more, although it was answered long ago."""
    return lambda person: person.taps_again()


def photographs() -> Step:
    return lambda person: person.photographs()


def sends_a_sticker() -> Step:
    return lambda person: person.sends_a_sticker()


def edits(old: str, new: str) -> Step:
    return lambda person: person.edits(old, new)


def sees(*parts: str) -> Step:
    """All of these in what the last step brought."""
    return lambda person: person.sees(*parts)


async def joins(person: Person) -> None:
    """With the invitation, up to the menu."""
    await person.comes_with(person.code)
    await person.sees("Chào mừng", "cán bộ tuyên truyền", "Quyền của anh/chị")
    await person.taps("Tôi đồng ý, bắt đầu")
    await person.sees("Mọi việc bắt đầu từ menu này")


AT_ATTENDANCE: tuple[Step, ...] = (
    joins,
    says("báo cáo"),
    taps("Buổi sinh hoạt"),
    taps("Nói chuyện: gia đình"),
    taps("Hôm nay"),
    taps("Người dân"),
    sees("Bao nhiêu người dự?"),
)
REPORTS: tuple[Step, ...] = (
    *AT_ATTENDANCE,
    says("nữ 30 nam 15"),
    sees("Nữ 30", "Nam 15"),
    taps("Gửi báo cáo"),
    sees("Đã lưu", "45 lượt người: 30 nữ, 15 nam"),
)

CASES = (
    Case("join", (joins, says("menu"), taps("Báo cáo hoạt động"), sees("Anh/chị muốn báo việc gì?"))),
    Case("wrong code", (comes_with("ABCD-2345"), sees("chưa đúng"))),
    Case("typical event", REPORTS),
    Case(
        "nearly spelled",
        (
            joins,
            says("tom tac tuan nay"),
            sees("Có phải anh/chị muốn “Tóm tắt tuần này” không ạ?"),
            taps("Tóm tắt tuần này"),
            sees("Tuần", "Khu phố"),
        ),
    ),
    Case(
        "report in one line",
        (
            joins,
            says("báo cáo hôm nay nữ 30 nam 15"),
            sees("Hoạt động nào?"),
            taps("Nói chuyện: gia đình"),
            taps("Người dân"),
            sees("Nữ 30", "Nam 15"),
            taps("Gửi báo cáo"),
            sees("Đã lưu"),
        ),
    ),
    Case(
        "same as last time",
        (
            *REPORTS,
            says("giống lần trước"),
            sees("Giống lần trước: Nói chuyện: gia đình", "Làm vào ngày nào?"),
            taps("Hôm qua"),
            says("nữ 12 nam 8"),
            taps("Gửi báo cáo"),
            sees("Đã lưu", "20 lượt người: 12 nữ, 8 nam"),
        ),
    ),
    Case(
        "two audiences",
        (
            *AT_ATTENDANCE,
            says("nữ 30 nam 15"),
            taps("Nhóm khác cùng dự"),
            sees("Nhóm nào cùng dự nữa?"),
            taps("Học sinh, sinh viên"),
            sees("Bao nhiêu người của nhóm này dự?"),
            says("nữ 10 nam 5"),
            sees("Nhóm khác cùng dự: Học sinh, sinh viên · Nữ 10 · Nam 5"),
            taps("Sửa câu trả lời"),
            taps("Nữ 10"),
            taps("Bỏ mục này"),
            sees("Gửi báo cáo này nhé?"),
            taps("Nhóm khác cùng dự"),
            taps("Trẻ em"),
            says("nữ 12 nam 8"),
            taps("Gửi báo cáo"),
            sees("Đã lưu", "65 lượt người: 42 nữ, 23 nam · Người dân: 30 nữ, 15 nam; Trẻ em: 12 nữ, 8 nam"),
        ),
    ),
    Case(
        "a total alone",
        (
            *AT_ATTENDANCE,
            says("75 người"),
            sees("Tôi hiểu là có tất cả 75 người"),
            taps("Ghi 75, bổ sung nam nữ sau"),
            sees("75 người (chưa phân nam nữ)"),
            taps("Gửi báo cáo"),
            sees("Đã lưu", "75 lượt người (chưa phân nam nữ)"),
            says("của tôi"),
            taps("Bổ sung nam nữ"),
            says("nữ 50 nam 25"),
            taps("Gửi báo cáo"),
            sees("Đã sửa xong", "75 lượt người: 50 nữ, 25 nam"),
        ),
    ),
    Case(
        "who came for the first time",
        (
            *AT_ATTENDANCE,
            says("nữ 30 nam 15"),
            taps("Lần đầu dự năm nay"),
            sees("Từ 1/1 năm nay", "do bất cứ đơn vị nào tổ chức"),
            says("nữ 5 nam 3"),
            sees("Nữ lần đầu dự 5", "Nam lần đầu dự 3"),
            taps("Gửi báo cáo"),
            sees("Đã lưu"),
        ),
    ),
    Case(
        "photo first",
        (
            joins,
            photographs(),
            sees("Đã nhận hình", "Anh/chị muốn báo việc gì?"),
            taps("Buổi sinh hoạt"),
            taps("Nói chuyện: gia đình"),
            taps("Hôm nay"),
            taps("Người dân"),
            says("nữ 30 nam 15"),
            sees("📷 1"),
            taps("Gửi báo cáo"),
            sees("Đã lưu"),
        ),
    ),
    Case(
        "correct",
        (
            *REPORTS,
            taps("Sửa báo cáo này"),
            sees("Gửi báo cáo này nhé?"),
            taps("Sửa câu trả lời"),
            taps("Nữ 30"),
            sees("Đã ghi: 30"),
            says("31"),
            taps("Gửi báo cáo"),
            sees("Đã sửa xong", "46 lượt người: 31 nữ, 15 nam"),
            says("tóm tắt"),
            sees("1 buổi, 46 lượt người"),
        ),
    ),
    Case(
        "withdraw",
        (
            *REPORTS,
            says("của tôi"),
            taps(""),
            sees("Tình trạng: đã gửi"),
            taps("Rút lại"),
            sees("không được tính nữa"),
            taps("Đúng, rút lại"),
            sees("Đã rút"),
            says("tóm tắt"),
            sees("Chưa có hoạt động nào"),
        ),
    ),
    Case(
        "nothing this week",
        (joins, says("không có hoạt động"), sees("Đã ghi nhận", "không có hoạt động trong tuần"), taps("Menu")),
    ),
    Case(
        "summary",
        (*REPORTS, taps("Tóm tắt tuần đó"), sees("1 buổi, 45 lượt người (30 nữ, 15 nam)", "Theo hoạt động")),
    ),
    Case(
        "table",
        (
            *REPORTS,
            taps("Tóm tắt tuần đó"),
            taps("Hình, bảng…"),
            taps("Bảng"),
            sees("Theo hoạt động", "Nói chuyện: gia đình", "Cộng", "45", "66,7"),
            taps("Bảng theo đối tượng"),
            sees("Theo nhóm đối tượng", "Người dân"),
            taps("Tóm tắt"),
            sees("1 hoạt động"),
        ),
    ),
    Case(
        "language",
        (
            joins,
            says("/ngonngu"),
            taps("English"),
            sees("From now on I speak English"),
            taps("Report an activity"),
            sees("What would you like to report?"),
        ),
    ),
    Case(
        "words of navigation",
        (
            *AT_ATTENDANCE,
            says("lùi"),
            sees("Đối tượng tham dự chủ yếu là ai?", "Đã ghi: Người dân"),
            taps("✓ Người dân"),
            says("bỏ qua"),
            sees("cần có câu trả lời", "Bao nhiêu người dự?"),
            says("xem lại"),
            sees("Còn câu chưa trả lời"),
            taps("Tiếp tục"),
            sees("Bao nhiêu người dự?"),
            says("hủy"),
            taps("Đúng, dừng lại"),
            sees("Bản nháp được giữ 30 ngày"),
            taps("Làm tiếp"),
            sees("Bao nhiêu người dự?"),
        ),
    ),
    Case(
        "a number that is not on the list",
        (joins, says("báo cáo"), says("99"), sees("Không có số 99", "Anh/chị muốn báo việc gì?")),
    ),
    Case(
        "a button of before",
        (
            joins,
            says("báo cáo"),
            taps("Buổi sinh hoạt"),
            sees("Hoạt động nào?"),
            taps_again(),
            sees("Nút này thuộc câu trước", "Hoạt động nào?"),
        ),
        channels=(WEB, TERMINAL, TELEGRAM),
    ),
    Case(
        "a sticker",
        (
            joins,
            says("báo cáo"),
            sees("Anh/chị muốn báo việc gì?"),
            sends_a_sticker(),
            sees("chưa đọc được loại này", "Anh/chị muốn báo việc gì?"),
        ),
        channels=(TELEGRAM, ZALO),
    ),
    Case(
        "an edited answer",
        (
            *AT_ATTENDANCE,
            says("nữ 30 nam 15"),
            sees("Nữ 30"),
            edits("nữ 30 nam 15", "nữ 31 nam 15"),
            sees("Tôi đã sửa câu trả lời", "Nữ 31"),
        ),
        channels=(TELEGRAM,),
    ),
)
