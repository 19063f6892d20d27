"""The main job through the real pipeline, on both databases: join, report, correct, withdraw, nil report."""

import pytest
from sqlalchemy import func, select

from storage import tables as t
from tests.conversation import Town


def submissions(gv: Town) -> int:
    return gv.database.read(lambda db: int(db.execute(select(func.count()).select_from(t.submission)).scalar_one()))


def test_a_typical_event_takes_seven_messages_and_is_stored(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.says("báo cáo")
    officer.taps("Buổi sinh hoạt")
    officer.taps("Nói chuyện: gia đình")
    officer.taps("Hôm qua")
    officer.taps("Người dân")
    officer.says("nữ 30 nam 15")
    officer.sees("17/11/2026", "30", "15", "Gửi báo cáo này nhé?")
    officer.taps("Gửi báo cáo")
    officer.sees("Đã lưu", "45 lượt người: 30 nữ, 15 nam")
    row = gv.database.read(lambda db: db.execute(select(t.weekly_total)).one())
    assert (row.women, row.men, row.week, row.activity, row.target_group) == (30, 15, "2026-W47", "A2", "residents")


def test_same_as_last_time_takes_four_messages(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.reports()
    officer.says("/menu")
    officer.taps("Giống lần trước")
    officer.taps("Hôm qua")
    officer.says("nữ 12 nam 8")
    officer.taps("Gửi báo cáo")
    officer.sees("Đã lưu", "20 lượt người: 12 nữ, 8 nam")


def test_same_as_last_time_takes_over_neither_topic_note_further_groups_nor_days(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.says("báo cáo hôm qua tọa đàm người dân nữ 30 nam 15")
    for extra, said in (("Chủ đề", "vụ ở hẻm 5"), ("Ghi chú", "có ca cần giúp"), ("Nhiều ngày", "hôm nay")):
        officer.taps(extra)
        officer.says(said)
    officer.taps("Nhóm khác cùng dự")
    officer.taps("Trẻ em")
    officer.says("nữ 12 nam 8")
    officer.taps("Gửi báo cáo")
    officer.says("giống lần trước")
    officer.says("16/11")
    officer.says("nữ 12 nam 8")
    assert not [word for word in ("hẻm 5", "ca cần", "Trẻ em", "Nhiều ngày") if word in officer.text]
    officer.taps("Gửi báo cáo")
    officer.sees("Đã lưu", "16/11/2026 · 20 lượt người: 12 nữ, 8 nam · Người dân")


def test_same_as_last_time_takes_over_what_help_was_given_and_nothing_that_may_be_a_case(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.says("báo cáo hôm qua tư vấn hòa giải nữ 3 nam 1")
    for extra, said in (("Chủ đề", "chị A bị đánh"), ("Địa điểm", "nhà chị A")):
        officer.taps(extra)
        officer.says(said)
    officer.taps("Nơi tổ chức")
    officer.says("p10")
    officer.taps("Gửi báo cáo")
    officer.says("giống lần trước")
    officer.taps("Hôm nay")
    officer.says("nữ 1 nam 0")
    officer.sees("Tư vấn tâm lý, gia đình", "Gửi báo cáo này nhé?")
    assert not [word for word in ("chị A", "Nơi tổ chức", "Phường 10") if word in officer.text]


def test_several_products_days_and_a_place_are_said_by_the_receipt_the_list_and_the_report(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.says("báo cáo 200 tờ rơi hôm qua")
    officer.says("chợ Hạnh Thông Tây")
    officer.taps("Sản phẩm khác")
    officer.taps("Áp phích")
    officer.says("10")
    officer.taps("Nhiều ngày")
    officer.taps("Hôm nay")
    officer.taps("Nơi tổ chức")
    officer.says("ngoài quận")
    officer.taps("Gửi báo cáo")
    measure = "Tờ rơi, tờ bướm: 200 đã phát; Áp phích, pa-nô, băng rôn: 10 đã phát"
    officer.sees("Đã lưu", f"17/11 – 18/11/2026 · {measure}")
    officer.says("của tôi")
    assert officer.labels[0] == "17/11–18/11 · Tờ rơi, áp phích, tiểu phẩm, bài viết · Tờ rơi, tờ bướm: 200 +1"
    officer.presses("view:1")
    officer.sees(measure, "Nơi tổ chức: ngoài Quận Gò Vấp", "Nơi phát, đăng: chợ Hạnh Thông Tây")


def test_a_whole_report_in_one_line_asks_only_for_the_rest(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.says("báo cáo hôm qua nữ 30 nam 15")
    officer.sees("✓ Việc: Buổi sinh hoạt có người dự · Ngày: 17/11/2026 · Nữ 30 · Nam 15")
    officer.sees("Hoạt động nào?")
    officer.taps("Nói chuyện: gia đình")
    officer.taps("Người dân")
    officer.sees("17/11/2026", "Gửi báo cáo này nhé?")


def test_one_line_may_say_the_activity_too(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.says("/baocao 15/11 tọa đàm nữ 30 nam 15")
    officer.sees("Đối tượng tham dự chủ yếu là ai?")
    officer.taps("Người dân")
    officer.sees("Ngày: 15/11/2026", "Hoạt động: Nói chuyện: gia đình", "Nữ 30", "Nam 15", "Gửi báo cáo này nhé?")


def test_two_hundred_leaflets_are_a_report_in_one_line(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.says("/baocao 200 tờ rơi hôm qua")
    officer.sees("Phát hoặc đăng ở đâu?")
    officer.says("chợ Hạnh Thông Tây")
    officer.sees("Ngày: 17/11/2026", "Sản phẩm: Tờ rơi, tờ bướm", "Số lượng 200", "Gửi báo cáo này nhé?")


def test_what_no_question_takes_in_one_line_becomes_the_topic(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.says("/baocao hôm qua phòng chống quấy rối nữ 30 nam 15")
    officer.sees("phòng chống quấy rối")
    officer.taps("Nói chuyện: gia đình")
    officer.taps("Người dân")
    officer.sees("Chủ đề: phòng chống quấy rối")


def test_of_a_text_too_long_for_a_topic_the_beginning_is_kept_and_the_rest_said_to_be_missing(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.says(f"/baocao {'tuyên truyền ở chợ ' * 105} tới đây là vừa{' phần sau ' * 60}")
    officer.sees("Tin hơi dài", "đến “…truyền ở chợ tuyên truyền ở chợ tới”", "2.000 ký tự", "thêm vào ghi chú giúp.")
    kept = officer.text.split("Chủ đề: ")[1].split("\n")[0]
    assert 1_950 < len(kept) <= 2_000


def test_numbers_that_do_not_go_together_in_one_line_are_shown_and_asked(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.says("/baocao hôm qua tọa đàm ở nhà văn hóa nữ 30 nam 15 tổng 40")
    officer.sees("Tổng 40 không khớp với Nữ 30 + Nam 15", "Tôi chưa ghi số người", "Địa điểm cụ thể: nhà văn hóa")
    officer.taps("Người dân")
    officer.sees("Bao nhiêu người dự?")


def test_a_correction_typed_at_the_review_is_taken_and_said_before_it_is_sent(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.says("/baocao 15/11 tọa đàm nữ 30 nam 15")
    officer.taps("Người dân")
    officer.says("nữ 35 nam 10")
    officer.sees("Đã sửa: Nữ 35 · Nam 10.", "Gửi báo cáo này nhé?")
    officer.says("chưa đúng em ơi")
    officer.sees("Tôi chưa sửa gì ạ", "“sửa ngày”", "Nữ 35")
    officer.says("sai ngày rồi em")
    officer.sees("Làm vào ngày nào?")
    officer.says("sáng hôm qua")
    officer.says("được rồi, gửi đi em")
    officer.sees("35 nữ, 10 nam")


def test_at_the_review_a_wrong_number_is_named_with_the_right_one_and_more_is_asked_about(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.says("báo cáo hôm nay tọa đàm người dân nữ 30 nam 15")
    officer.says("không phải 30 mà 13")
    officer.sees("Đã sửa: Nữ 13.")
    officer.says("thêm 5 nam")
    officer.sees("Bao nhiêu người dự?", "Đã ghi: 13, 15")
    officer.says("nữ 13 nam 20")
    officer.says("oki gửi giùm em")
    officer.sees("13 nữ, 20 nam")


def test_a_topic_that_begins_with_a_command_word_stays_a_topic(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.says("báo cáo hôm nay nữ 3 nam 1")
    officer.taps("Nói chuyện: gia đình")
    officer.taps("Người dân")
    officer.taps("Chủ đề")
    officer.says("báo cáo hôm qua nữ 30")
    officer.sees("Chủ đề: báo cáo hôm qua nữ 30", "Gửi báo cáo này nhé?")


def test_a_number_means_the_latest_menu_only(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.says("1")
    officer.sees("Anh/chị muốn báo việc gì?")
    officer.says("hủy")
    officer.taps("Đúng, dừng lại")
    officer.says("1")
    officer.sees("Mời anh/chị làm tiếp")


def test_nothing_that_cannot_be_undone_hangs_on_a_bare_digit(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.says("báo cáo")
    officer.says("hủy")
    officer.taps("Đúng, dừng lại")
    assert officer.choice("Xóa bản nháp").word == "xóa"
    officer.says("xóa")
    officer.sees("Đã xóa bản nháp")


def test_a_photo_that_comes_first_begins_its_report(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.photographs()
    officer.sees("Đã nhận hình", "Anh/chị muốn báo việc gì?")
    officer.taps("Buổi sinh hoạt")
    officer.taps("Nói chuyện: gia đình")
    officer.taps("Hôm nay")
    officer.taps("Người dân")
    officer.says("5 5")
    officer.taps("Gửi báo cáo")
    officer.says("của tôi")
    officer.taps("18/11")
    officer.sees("1 hình")
    assert officer.heard[-1].pictures


def test_a_report_is_shown_with_all_its_photos(gv: Town) -> None:
    officer, chair = gv.joined("propagandist", "P10-KP05"), gv.joined("ward_chair", "P10")
    photos = [digit * 64 for digit in "abcde"]
    officer.says("báo cáo hôm nay nữ 3 nam 1")
    officer.taps("Nói chuyện: gia đình")
    officer.taps("Người dân")
    for photo in photos:
        officer.photographs(photo)
    officer.taps("Gửi báo cáo")
    chair.says("tóm tắt")
    chair.taps("Chi tiết…")
    chair.taps("Các báo cáo")
    chair.taps("18/11")
    chair.sees("5 hình")
    shown = chair.heard[-1].pictures
    assert [(each.kind, each.data["sha256"]) for each in shown] == [("stored", photo) for photo in photos]
    assert [each.alt[-3:] for each in shown] == ["1/5", "2/5", "3/5", "4/5", "5/5"]


def test_a_correction_keeps_every_version_and_moves_the_figures(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.reports(women=30, men=15)
    officer.taps("Sửa báo cáo này")
    officer.taps("Sửa câu trả lời")
    officer.taps("Nữ")
    officer.says("33")
    officer.taps("Gửi báo cáo")
    officer.sees("Đã sửa xong", "33 nữ, 15 nam")
    total = gv.database.read(lambda db: db.execute(select(t.weekly_total)).one())
    assert (total.reports, total.women, total.men) == (1, 33, 15)
    versions = gv.database.read(
        lambda db: db.execute(select(t.submission_revision).order_by(t.submission_revision.c.revision)).all()
    )
    assert [(version.action, version.answers["women"]) for version in versions] == [("send", 30), ("correct", 33)]


def test_a_withdrawn_report_no_longer_counts_but_stays_stored(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.reports()
    officer.says("của tôi")
    officer.taps("18/11")
    officer.taps("Rút lại")
    officer.taps("Đúng, rút lại")
    officer.sees("Đã rút")
    officer.says("của tôi")
    officer.sees("chưa có báo cáo")
    assert gv.database.read(lambda db: db.execute(select(t.weekly_total)).all()) == []
    assert gv.database.read(lambda db: db.scalar(select(t.activity.c.state))) == "withdrawn"
    assert submissions(gv) == 1


def test_on_monday_last_weeks_reports_are_shown_while_this_week_has_none(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.reports()
    gv.later(days=5)
    officer.says("của tôi")
    officer.sees("Tuần này anh/chị chưa có báo cáo", "Tuần trước")
    assert officer.labels[0].startswith("18/11")
    gv.later(days=7)
    officer.says("của tôi")
    assert not [label for label in officer.labels if label.startswith("18/11")]


def test_no_activity_this_week_is_one_tap_and_counts_as_reported(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.says("/menu")
    officer.taps("Tuần này không có hoạt động")
    officer.sees("Khu phố 5, Phường 10 không có hoạt động")
    officer.says("tóm tắt")
    officer.sees("Khu phố")
    officer.says("/menu")
    assert "Tuần này không có hoạt động" not in officer.labels


def test_a_draft_goes_on_days_later_on_another_channel(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.says("báo cáo")
    officer.taps("Buổi sinh hoạt")
    gv.later(days=3)
    officer.says("/menu")
    officer.taps("Làm tiếp bản nháp")
    officer.sees("Hoạt động nào?")


def test_people_helped_are_said_beside_the_visits(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.reports(women=30, men=15)
    officer.says("báo cáo")
    officer.taps("Tư vấn, hỗ trợ")
    while "Bao nhiêu lượt nữ, lượt nam được tư vấn, hỗ trợ?" not in officer.text:
        officer.presses(officer.choices[0].id)
    officer.says("nữ 3 nam 1")
    officer.taps("Gửi báo cáo")
    officer.sees("4 lượt người được tư vấn, hỗ trợ: 3 nữ, 1 nam")
    officer.taps("Tóm tắt tuần")
    officer.sees(
        "1 buổi, 1 đợt tư vấn, hỗ trợ, 45 lượt người (30 nữ, 15 nam)", "4 lượt người được tư vấn, hỗ trợ: 3 nữ, 1 nam"
    )
    (picture,) = officer.heard[-1].pictures
    assert (picture.data["female"], picture.data["male"]) == (30, 15)
    assert "helped" not in picture.data, "it may be passed on"


def test_the_chair_returns_a_report_and_its_author_is_asked_to_correct_it(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    chair = gv.joined("ward_chair", "P10")
    officer.reports()
    chair.says("tóm tắt")
    chair.taps("Chi tiết…")
    chair.taps("Các báo cáo")
    chair.taps("18/11")
    chair.taps("Trả lại để sửa")
    chair.sees("Trả lại báo cáo của Khu phố 5, Phường 10", "chưa được tính")
    chair.taps("Có, vì số người")
    chair.sees("Đã trả lại")
    (notice,) = gv.notices(officer)
    assert "nhờ anh/chị xem lại báo cáo ngày 18/11/2026" in notice.text
    assert "Lý do: số người có vẻ chưa đúng" in notice.text
    officer.presses(notice.choices[0].id)
    officer.taps("Gửi báo cáo")
    officer.sees("Đã gửi lại như cũ")
    chair.says("tóm tắt")
    chair.sees("45")


def test_a_chair_does_not_see_another_wards_reports(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.reports()
    other = gv.joined("ward_chair", "P11")
    for press in ("view:1", "return:1:1", "check:1:1", "correct:1:1", "withdraw:1:1:yes"):
        other.presses(press)
        other.sees("không thấy báo cáo đó")
    other.presses("summary:P10:2026-W47")
    other.sees("chưa mở cho anh/chị")
    other.presses("reports:P10:2026-W47")
    other.sees("chưa mở cho anh/chị")


def test_the_secretariat_reads_whose_report_it_is_and_what_its_number_counts(gv: Town) -> None:
    for unit in ("P10-KP05", "P11-KP05"):
        gv.joined("propagandist", unit).reports()
    officer = gv.joined("propagandist", "P10-KP05")
    officer.says("báo cáo 200 tờ rơi hôm qua")
    officer.says("chợ Hạnh Thông Tây")
    officer.taps("Gửi báo cáo")
    secretariat, chair = gv.joined("secretariat", "GV"), gv.joined("ward_chair", "P10")
    secretariat.presses("reports:GV:2026-W47")
    assert secretariat.labels[:3] == [
        "18/11 · Khu phố 5, Phường 11 · 45 lượt",
        "18/11 · Khu phố 5, Phường 10 · 45 lượt",
        "17/11 · Khu phố 5, Phường 10 · Tờ rơi, tờ bướm: 200",
    ]
    secretariat.taps("18/11")
    secretariat.sees("Khu phố 5, Phường 11 · ")
    chair.presses("reports:P10:2026-W47")
    assert chair.labels[0] == "18/11 · Khu phố 5 · 45 lượt"
    chair.presses("invite_make:propagandist:P10-KP05:1")
    chair.sees("Khu phố 5, Phường 10")
    [picture] = [picture for message in chair.heard for picture in message.pictures]
    assert picture.data["unit"] == "Khu phố 5, Phường 10"


def test_the_secretariat_pages_through_who_has_not_reported(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.reports()
    secretariat = gv.joined("secretariat", "GV")
    secretariat.says("tóm tắt")
    secretariat.taps("Ai chưa báo cáo (185)")
    secretariat.sees("chưa báo cáo: 185", "• Phường 1: Khu phố 1")
    pages = [secretariat.text]
    while "Xem thêm →" in secretariat.labels:
        secretariat.taps("Xem thêm")
        pages.append(secretariat.text)
    assert sum(page.count("Khu phố") for page in pages) == 185
    assert "Khu phố 5" not in next(line for line in "\n".join(pages).splitlines() if "Phường 10" in line).split(", ")


@pytest.mark.parametrize("word", ["/huy", "/cancel", "/HUY", "/huy@gv_bot"])
def test_an_interview_hears_its_words_as_slash_commands_too(gv: Town, word: str) -> None:
    """What people know from other bots; "boqua" is also how "bỏ qua" is typed in a hurry."""
    officer = gv.joined("propagandist", "P10-KP05", channel="telegram")
    officer.says("báo cáo")
    officer.taps("Buổi sinh hoạt")
    officer.says("/lui")
    officer.sees("Anh/chị muốn báo việc gì?")
    officer.says(word)
    officer.sees("Tạm dừng ở đây ạ?")
    officer.taps("Đúng, dừng lại")
    officer.says(word)
    officer.sees("chưa hiểu")


def test_words_of_the_interview_are_heard_without_a_space(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.says("báo cáo hôm nay nói chuyện gia đình người dân nữ 30 nam 15")
    officer.taps("Địa điểm")
    officer.says("boqua")
    officer.sees("Anh/chị xem lại giúp")


def test_a_ward_is_offered_its_own_neighbourhoods_first(gv: Town) -> None:
    chair = gv.joined("ward_chair", "P10")
    chair.says("báo cáo hôm qua nói chuyện người dân nữ 30 nam 15")
    while "Gửi báo cáo này nhé?" not in chair.text:
        chair.presses(chair.choices[0].id)
    chair.taps("Nơi tổ chức")
    assert chair.labels[:2] == ["Khu phố 1, Phường 10", "Khu phố 2, Phường 10"]


def test_a_neighbourhood_is_offered_its_ward_first(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.says("báo cáo hôm qua nói chuyện gia đình người dân nữ 30 nam 15")
    while "Gửi báo cáo này nhé?" not in officer.text:
        officer.presses(officer.choices[0].id)
    officer.taps("Nơi tổ chức")
    assert officer.labels[:2] == ["Phường 10", "Toàn quận"]
