"""Figures that are asked for in words: whose, of which period, in which form; and what asks for none."""

from tests.conversation import Officer, Town

ASKED_BY_THE_SECRETARIAT = """
số liệu tháng này                       | Tháng 11/2026 – Quận Gò Vấp
cho em xin số liệu tháng 10 với ạ       | Tháng 10/2026 – Quận Gò Vấp
tổng hợp phường 10 quý 4                | Quý IV/2026 – Phường 10
tong hop phuong 10 quy 4                | Quý IV/2026 – Phường 10
khu phố 5 phường 10 tháng này           | Tháng 11/2026 – Khu phố 5, Phường 10
thống kê quý III/2020                   | Quý III/2020 – Quận Gò Vấp
báo cáo tổng hợp 6 tháng đầu năm        | 6 tháng đầu năm 2026 – Quận Gò Vấp
báo cáo số liệu tháng 9                 | Tháng 9/2026 – Quận Gò Vấp
số liệu 9 tháng toàn quận               | 9 tháng đầu năm 2026 – Quận Gò Vấp
10 tháng đầu năm                        | 10 tháng đầu năm 2026 – Quận Gò Vấp
tóm tắt năm ngoái P10                   | Năm 2025 – Phường 10
số liệu tháng hành động                 | Tháng hành động
từ 1/10 đến 15/10                       | Từ 1/10/2026 đến 15/10/2026 – Quận Gò Vấp
kỳ báo cáo tháng 11                     | Kỳ báo cáo tháng 11/2026 (số liệu từ 15/10 đến 14/11
tháng 10 cùng kỳ năm trước              | Tháng 10/2025 – Quận Gò Vấp
lũy kế từ đầu năm                       | Từ 1/1/2026 đến 18/11/2026 – Quận Gò Vấp
số liệu 20/10                           | Từ 20/10/2026
/tomtat P10 tháng 10                    | Tháng 10/2026 – Phường 10
/solieu tháng này                       | Tháng 11/2026 – Quận Gò Vấp
tháng 12                                | Kỳ này của năm nay chưa bắt đầu, nên tôi cho xem tháng 12/2025.
số liệu tháng 12/2026                   | Tháng 12/2026 chưa bắt đầu nên chưa có số liệu. Gần nhất là:
cả năm                                  | Năm 2026 – Quận Gò Vấp
tháng sau                               | Tháng 12/2026 chưa bắt đầu
số liệu 3 tháng                         | Anh/chị muốn xem kỳ nào?
số liệu cuối năm                        | Anh/chị muốn xem kỳ nào?
số liệu tháng 13                        | Tôi không tìm thấy kỳ hay đơn vị đó
xuất excel tháng 10                     | Tôi đang lập tệp tong-hop-GV-2026-10.xlsx
tổng hợp tuần trc                       | Tuần 46
tuần rồi sao rồi                        | Tuần 46
tóm tắt tuần này giùm chị               | Tuần 47
số liệu hqua                            | Từ 17/11/2026
tháng này được bao nhiêu người          | Tháng 11/2026 – Quận Gò Vấp
bao nhiêu nữ tham gia tháng 11          | Tháng 11/2026 – Quận Gò Vấp
kp 5 phường 10 làm được gì              | Tuần 47 (16/11 – 22/11/2026) – Khu phố 5, Phường 10
tình hình phường 10                     | Tuần 47 (16/11 – 22/11/2026) – Phường 10
số liệu q3                              | Quý III/2026 – Quận Gò Vấp
6t đầu năm                              | 6 tháng đầu năm 2026
thg 10                                  | Tháng 10/2026
P.10 tháng 10                           | Tháng 10/2026 – Phường 10
phường mười tháng 10                    | Tháng 10/2026 – Phường 10
từ 1 đến 15/11                          | Từ 1/11/2026 đến 15/11/2026
tuần từ 9 đến 15/11                     | Từ 9/11/2026 đến 15/11/2026
30 ngày qua                             | Từ 20/10/2026 đến 18/11/2026
2 tuần qua                              | Từ 2/11/2026 đến 15/11/2026
3 tháng gần đây                         | Từ 1/8/2026 đến 31/10/2026
tháng 10 và tháng 11                    | Anh/chị muốn xem kỳ nào?
so sánh tháng 11 với tháng 10           | Anh/chị muốn xem kỳ nào?
số liệu theo phường                     | Tuần 47 (16/11 – 22/11/2026) – Quận Gò Vấp / Theo phường
xếp hạng các phường quý 3               | Quý III/2026 – Quận Gò Vấp / Theo phường
số liệu phường 10 theo khu phố          | Tuần 47 (16/11 – 22/11/2026) – Phường 10 / Theo khu phố
nam nữ tháng 11                         | Tháng 11/2026 – Quận Gò Vấp / Nữ và nam
làm công văn quý 4                      | Anh/chị cần văn bản nào của Quận Gò Vấp, quý IV/2026?
chỉ tiêu T1                             | T1.
biểu đồ quý 3 phường 10                 | Phường 10, quý III/2026
word tháng 9                            | Anh/chị cần văn bản nào của Quận Gò Vấp, tháng 9/2026?
ai chưa báo cáo tuần trước              | Quận Gò Vấp, tuần 46 (9/11 – 15/11/2026), chưa báo cáo: 186
khu phố nào chưa báo cáo phường 10      | Phường 10, tuần 47 (16/11 – 22/11/2026), chưa báo cáo: 13
ai chưa báo cáo tháng 10                | Lịch báo cáo tuần, Quận Gò Vấp
lịch báo cáo phường 10 quý 3            | Lịch báo cáo tuần, Phường 10
xu hướng phường 10                      | Xu hướng của Phường 10, 12 tuần
xu hướng 12 tháng                       | Xu hướng của Quận Gò Vấp, 12 tháng
tiến độ chỉ tiêu phường 10              | Tiến độ chỉ tiêu – Phường 10
/chitieu P10 năm 2020                   | Tiến độ chỉ tiêu – Phường 10, năm 2020
số liệu do phường 10 báo cáo tháng 10   | Tháng 10/2026 – Phường 10
"""
NARROWED = """
số liệu đã duyệt tháng 10               | Chỉ tính: báo cáo đã duyệt
số liệu phường 10 đã duyệt quý 3        | Chỉ tính: báo cáo đã duyệt
số liệu diễn ra ở phường 10 tháng 10    | Chỉ tính: diễn ra ở Phường 10
số liệu trẻ em tháng 10                 | Chỉ tính: Trẻ em
số liệu về người lao động quý 3         | Chỉ tính: Người lao động
"""
NO_FIGURES = (
    "2 tuần nay không có hoạt động",
    "gửi thông báo cho các khu phố",
    "báo cáo tháng 10",
    "báo cáo hôm qua tọa đàm nữ 30 nam 15",
    "tháng này khu phố em không có hoạt động",
    "hôm qua khu phố có tọa đàm, 30 nữ 15 nam",
    "20/11",
    "10/2026",
    "hình",
    "số liệu bị sai rồi",
    "tháng 10 em nghỉ sinh",
    "thứ năm",
)


def test_figures_are_asked_for_as_people_speak(gv: Town) -> None:
    secretariat = gv.joined("secretariat", "GV")
    for line in ASKED_BY_THE_SECRETARIAT.strip().splitlines():
        said, expected = (part.strip() for part in line.split("|"))
        secretariat.says("menu")
        secretariat.says(said)
        assert secretariat.text.startswith(expected.replace(" / ", "\n")), (said, secretariat.text)


def test_figures_of_some_reports_are_asked_for_in_words(gv: Town) -> None:
    secretariat = gv.joined("secretariat", "GV")
    for line in NARROWED.strip().splitlines():
        said, expected = (part.strip() for part in line.split("|"))
        secretariat.says(said)
        assert expected in secretariat.text, (said, secretariat.text)


def test_what_begins_a_report_or_says_something_else_asks_for_no_figures(gv: Town) -> None:
    for said in NO_FIGURES:
        chair = gv.joined("ward_chair", "P10")
        chair.says(said)
        assert "Tính đến" not in chair.text, said
        assert "Kỳ khác…" not in chair.labels, said


def test_what_is_left_out_is_that_of_the_figures_before(gv: Town) -> None:
    secretariat = gv.joined("secretariat", "GV")
    secretariat.says("tổng hợp phường 10 tháng 10")
    secretariat.says("cùng kỳ năm trước")
    secretariat.sees("Tháng 10/2025 – Phường 10")
    secretariat.says("kỳ sau")
    secretariat.sees("Tháng 11/2025 – Phường 10")
    secretariat.says("quý 3")
    secretariat.sees("Quý III/2026 – Phường 10")
    secretariat.says("phường 14")
    secretariat.sees("Quý III/2026 – Phường 14")
    secretariat.says("số liệu")
    secretariat.sees("Tuần 47", "– Quận Gò Vấp")


def test_a_chair_asks_for_their_own_ward_only(gv: Town) -> None:
    chair = gv.joined("ward_chair", "P10")
    chair.says("số liệu phường 14 tháng 10")
    chair.sees("chưa mở cho anh/chị")
    chair.says("số liệu toàn quận tháng 10")
    chair.sees("chưa mở cho anh/chị")
    chair.says("số liệu khu phố 5 tháng 10")
    chair.sees("Tháng 10/2026 – Khu phố 5, Phường 10")


def test_an_officer_asks_for_their_own_neighbourhood(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.says("số liệu tháng 10")
    officer.sees("Tháng 10/2026 – Khu phố 5, Phường 10")
    officer.says("số liệu phường 10")
    officer.sees("chưa mở cho anh/chị")


def test_figures_are_asked_for_while_a_question_is_open(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.says("báo cáo")
    officer.says("số liệu tháng trước")
    officer.sees("Tháng 10/2026 – Khu phố 5")
    officer.says("tiếp tục")
    officer.sees("Anh/chị muốn báo việc gì?")


def test_a_doubtful_period_is_asked_about_and_an_answer_shows_it(gv: Town) -> None:
    secretariat: Officer = gv.joined("secretariat", "GV")
    secretariat.says("số liệu 3 tháng")
    assert secretariat.labels[:2] == ["Quý I/2026", "Từ 1/8/2026 đến 31/10/2026"]
    secretariat.taps("Quý I/2026")
    secretariat.sees("Quý I/2026 – Quận Gò Vấp")


def test_ones_own_unit_need_not_be_named(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    for said in ("số liệu kp em tháng này", "tháng này khu phố em được mấy buổi"):
        officer.says("menu")
        officer.says(said)
        assert officer.text.startswith("Tháng 11/2026 – Khu phố 5, Phường 10"), (said, officer.text)
