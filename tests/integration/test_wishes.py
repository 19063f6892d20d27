"""What people wish for in their own words, without the command: the page that answers is shown, nothing is changed."""

import pytest

from tests.conversation import Town

OWED = "Có 1 việc cần làm"
NO_REPORTS = "Tuần này anh/chị chưa có báo cáo."
HELP = "Bất cứ lúc nào anh/chị cũng có thể gõ"
WISHED = {
    "propagandist P10-KP05": f"""
        kp em còn nợ gì                     | {OWED}
        em phải nộp gì                      | {OWED}
        hạn nộp là khi nào                  | {OWED}
        khi nào phải nộp báo cáo vậy        | {OWED}
        em gửi nhầm rồi                     | {NO_REPORTS}
        xóa báo cáo hồi nãy giúp em         | {NO_REPORTS}
        báo cáo hồi nãy sai số nữ           | {NO_REPORTS}
        đã nhận được báo cáo của em chưa    | {NO_REPORTS}
        bc của em đâu                       | {NO_REPORTS}
        tuần này em nộp chưa                | {NO_REPORTS}
        em đã gửi gì rồi                    | {NO_REPORTS}
        báo cáo sao vậy                     | {HELP}
        làm sao gửi báo cáo                 | {HELP}
        giúp em với                         | {HELP}
        em gặp lỗi                          | {HELP}
        em muốn báo cáo                     | Anh/chị muốn báo việc gì?
        y chang lần trước                   | Anh/chị muốn báo việc gì?
        gửi hình bổ sung                    | Anh/chị muốn báo việc gì?
        em gửi hình sau nha                 | Dạ được. Có hình anh/chị cứ gửi vào đây
        báo cáo tháng 11                    | Báo cáo tháng 11/2026: anh/chị cần gì ạ?
        báo cáo tuần                        | Báo cáo tuần 47 (16/11 – 22/11/2026): anh/chị cần gì ạ?
        em chào anh chị ạ                   | Chào anh/chị! Anh/chị muốn làm gì ạ?
        dạ em biết rồi                      | Cảm ơn anh/chị!
        thôi hủy đi                         | Hiện không có báo cáo nào đang mở
        đừng nhắc nữa                       | Mỗi ngày tôi tự nhắc nhiều nhất một lần
        có chị bị chồng đánh                | Nếu có người đang gặp nguy hiểm
        hàng xóm bị đánh                    | Nếu có người đang gặp nguy hiểm
        gọi ai khi có bạo lực               | Nếu có người đang gặp nguy hiểm
        em có cần nộp gì không              | {OWED}
        quên báo cáo tuần trước thì sao     | {OWED}
        chút gửi hình                       | Dạ được. Có hình anh/chị cứ gửi vào đây
        hướng dẫn gửi hình                  | {HELP}
        bạo lực gia đình gọi ai             | Nếu có người đang gặp nguy hiểm
        đường dây nóng                      | Nếu có người đang gặp nguy hiểm
        em tên Lan                          | Anh/chị là cán bộ tuyên truyền Khu phố 5.
        xóa dữ liệu của em                  | Anh/chị là cán bộ tuyên truyền Khu phố 5.
        em đổi điện thoại                   | Anh/chị mở kênh kia
        em không làm nữa                    | Ai nhận bàn giao từ
        chỉ tiêu kp em                      | Tiến độ chỉ tiêu – Khu phố 5, Phường 10
    """,
    "ward_chair P10": """
        phường mình còn nợ gì               | Hiện anh/chị không có việc đến hạn
        kp nào chưa nộp                     | Phường 10, tuần 47 (16/11 – 22/11/2026), chưa báo cáo: 13
        kp nao chua nop bc tuan nay         | Phường 10, tuần 47 (16/11 – 22/11/2026), chưa báo cáo: 13
        tuần trước kp nào chưa nộp          | Phường 10, tuần 46 (9/11 – 15/11/2026), chưa báo cáo: 13
        còn ai chưa gửi                     | Phường 10, tuần 47
        bao nhiêu kp đã nộp                 | Phường 10, tuần 47
        nhắc kp5 nộp báo cáo                | Khu phố 5, Phường 10, tuần 47
        nhắc các kp chưa nộp                | Phường 10, tuần 47
        kp7 nộp chưa                        | Khu phố 7, Phường 10
        xem báo cáo kp7                     | Khu phố 7, Phường 10
        trả lại báo cáo KP7 vì số nữ sai    | Khu phố 7, Phường 10
        trả bc kp7                          | Khu phố 7, Phường 10
        duyệt hết                           | Không có báo cáo nào chờ
        báo cáo nào chưa duyệt              | Không có báo cáo nào chờ
        ai chưa vào                         | Phường 10, đã tham gia
        sđt kp5                             | Người đang tham gia, Khu phố 5, Phường 10
        thêm người                          | Anh/chị muốn mời ai?
        mời cbtt kp7                        | Lời mời cho cán bộ tuyên truyền, Khu phố 7, Phường 10
        gửi link mời kp 7                   | Lời mời cho cán bộ tuyên truyền, Khu phố 7, Phường 10
    """,
    "secretariat GV": """
        phường nào chưa nộp                 | Các đơn vị đã nộp đủ.
        đơn vị nào còn nợ                   | Các đơn vị đã nộp đủ.
        ai chậm nộp                         | Các đơn vị đã nộp đủ.
        P10 còn nợ gì                       | Các đơn vị đã nộp đủ.
        kp nào chưa nộp                     | Quận Gò Vấp, tuần 47
        gửi thông báo cho các phường        | Chưa có thông báo nào.
        đạt chỉ tiêu chưa                   | Tiến độ chỉ tiêu – Quận Gò Vấp
        xuất báo cáo tháng 11               | Quận Gò Vấp, tháng 11/2026: anh/chị cần tệp nào?
        in báo cáo                          | Quận Gò Vấp, tuần 47
        file pdf                            | Quận Gò Vấp, tuần 47
    """,
}
LINES = [
    (who, *(part.strip() for part in line.split("|")))
    for who, lines in WISHED.items()
    for line in lines.strip().splitlines()
]


def test_a_wish_is_answered_by_the_page_that_its_command_shows(gv: Town) -> None:
    for who, said, expected in LINES:
        officer = gv.joined(*who.split())
        officer.says(said)
        assert officer.text.startswith(expected), (who, said, officer.text)


def test_while_a_report_is_open_a_wish_shows_its_page_and_the_report_stays(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.says("báo cáo hôm qua tọa đàm")
    officer.says("kp em còn nợ gì")
    officer.sees(OWED)
    officer.says("có chị bị chồng đánh")
    officer.sees("Nếu có người đang gặp nguy hiểm")
    officer.says("menu")
    officer.taps("Làm tiếp bản nháp")
    officer.sees("Đối tượng tham dự chủ yếu là ai?")


def test_both_lists_of_who_is_late_are_a_tap_apart(gv: Town) -> None:
    chair = gv.joined("ward_chair", "P10")
    chair.says("kp nào chưa nộp")
    chair.taps("Danh sách chưa nộp")
    chair.sees("Các đơn vị đã nộp đủ")
    chair.says("ai trễ hạn nộp")
    chair.taps("Chưa báo cáo tuần này")
    chair.sees("Phường 10, tuần 47")


@pytest.mark.parametrize(
    "said",
    [
        "con em bị đau bụng",
        "chưa ăn cơm",
        "giá vàng hôm nay",
    ],
)
def test_other_talk_is_no_wish(gv: Town, said: str) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.says(said)
    officer.sees("tôi chưa hiểu")
