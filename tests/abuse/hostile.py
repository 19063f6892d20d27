"""Texts made to be hard to read: something that a reader looks for, over and over."""

from collections.abc import Iterator

from handlers.tables import BY_WORD

REPEATED = (
    *("tháng 11 ", "15/11 ", "ngày 15 tháng 11 năm 2026 ", "15 nov 2026 ", "thứ sáu tuần trước ", "hôm qua "),
    *("last friday ", "lúc 8h sáng ", "8:00 kp5 ", "8h30 đến 9h ", "từ 8h ", "buổi chiều ", "2 giờ rưỡi "),
    *("12 ", "1.200 ", "1.", "1,", "- ", "-5 ", "+", "9", "1 000 ", "âm 5 ", "30 15 ", "①", "²", "٣", "๓", "1\u20e3"),
    *("ba mươi lăm ", "một trăm hai ", "hai nghìn ", "mười ", "linh ", "một chục "),
    *("người ", "nữ ", "nữ 30 nam 15 ", "30nữ", "30 nữ, ", "toàn nữ ", "toàn bộ là ", "tổng cộng 45 người "),
    *("45 người, ", "chị em phụ nữ ", "các bà con ", "tuổi ", "200 tờ rơi ", "50m ² ", "khu phố 5 "),
    *("câu lạc bộ phụ nữ ", "việt nam ", "tọa đàm ", "tao đàm ", "báo cáo tọa đàm "),
    *("không có hoạt động ", "khu phố em không có ", "tuần này ", "tuần 45 ", "tuan", "p10 ", "P10-KP05 "),
    *("dạ ", "em ", "dạ vâng thưa ", "có ", "gửi đi em ", "cảm ơn ", "và ", "với ", "về ", "ở "),
    *("sửa ngày thành ", "sửa ", "ngày ", " là ", "báo cáo ", "chúng tôi ", "tổ chức buổi "),
    *("mã ", "mã : ", "/start ", "K7MP-4XQ2 ", "/", "@", "(", "((()))", "[", "“", '"', "'", ",", ", ", ";", ". "),
    *(":", "…", "? ", "!", "–", "=", "😀", "❤️ ", "😀 ", "\u200b", "\t", "\n", " ", "\u3000"),
    *("a", "ạ", "a\u0323\u0302", "a" + "\u0301" * 9, "\u0301", "đ", "中", "ﷺ", "İ", "_", "a_", "a ", "x y z "),
    *("10.8387, 106.6653 ", "1/2/", "12:3", "%1"),
)


ORDINARY = ("hôm qua tọa đàm ", " nữ 30 nam 15")
"""Around the other half of them: what a report in one line surely says."""


def texts(length: int, times: int) -> Iterator[tuple[str, str]]:
    """Each hostile text, first about so long, then `times` as long."""
    for part in REPEATED:
        small = part * (length // len(part))
        yield small, small * times
    for part in REPEATED[::4]:
        small = part * (length // len(part))
        yield small.join(ORDINARY), (small * times).join(ORDINARY)
    for first in range(4):  # a bit of everything
        some = "".join(REPEATED[first::4])
        small = (some * (length // len(some) + 1))[:length]
        yield small, small * times
    small = " ".join(BY_WORD)[:length]
    yield small, small * times
