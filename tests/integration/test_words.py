"""Words that people write to a chat: while a question is open, before the consent, and when nothing is open."""

import pytest

from messages import File
from tests.conversation import Officer, Town

SIMPLE = "hôm qua khu phố có tọa đàm, 30 nữ 15 nam"
SPOKEN = "hôm qua em có tổ chức buổi nói chuyện về bạo lực gia đình ở nhà văn hóa có ba mươi chị và mười lăm anh"


@pytest.fixture
def officer(gv: Town) -> Officer:
    return gv.joined("propagandist", "P10-KP05", channel="zalo")


def at_the_date(officer: Officer) -> None:
    officer.says("báo cáo")
    officer.taps("Buổi sinh hoạt")
    officer.taps("Nói chuyện: gia đình")
    officer.sees("ngày nào")


def at_the_topic(officer: Officer) -> None:
    officer.says("báo cáo hôm nay nữ 3 nam 1")
    officer.taps("Nói chuyện: gia đình")
    officer.taps("Người dân")
    officer.taps("Chủ đề")


def number_of(officer: Officer, label: str) -> str:
    return str([choice.label for choice in officer.choices if not choice.word].index(label) + 1)


@pytest.mark.parametrize("channel", ["zalo", "web", "telegram"])
def test_a_number_means_the_menu_that_came_after_the_question(gv: Town, channel: str) -> None:
    officer = gv.joined("propagandist", "P10-KP05", channel=channel)
    at_the_date(officer)
    officer.says("menu")
    officer.says(number_of(officer, "Làm tiếp bản nháp"))
    officer.sees("Làm vào ngày nào?")
    assert "✓" not in officer.text


@pytest.mark.parametrize(("channel", "said"), [("zalo", "From now on I speak English."), ("web", "• Số lượng 2")])
def test_with_buttons_a_number_answers_the_question_that_wants_one(gv: Town, channel: str, said: str) -> None:
    officer = gv.joined("propagandist", "P10-KP05", channel=channel)
    officer.says("/baocao tờ rơi hôm qua ở chợ")
    officer.sees("Bao nhiêu bản")
    officer.says("/ngonngu")
    officer.says("2")
    officer.sees(said)


def test_words_and_labels_mean_the_menu_that_came_after_the_question(officer: Officer) -> None:
    at_the_topic(officer)
    officer.says("/ngonngu")
    officer.says("English")
    officer.sees("From now on I speak English.")


def test_a_number_beyond_the_menu_answers_the_question(officer: Officer) -> None:
    at_the_date(officer)
    officer.says("hôm nay")
    officer.taps("Người dân")
    officer.says("menu")
    officer.says("30 nữ 15 nam")
    officer.sees("Gửi báo cáo này nhé?")


@pytest.mark.parametrize("word", ["đồng ý", "dong y", "ok", "vâng", "Dạ", "dạ vâng ạ", "oke em"])
def test_a_plain_yes_agrees(gv: Town, word: str) -> None:
    newcomer = gv.stranger()
    newcomer.says(f"/start {gv.invitation('propagandist', 'P10-KP05')}")
    newcomer.says(word)
    newcomer.sees("Cảm ơn anh/chị!")
    assert "Báo cáo hoạt động" in newcomer.labels


@pytest.mark.parametrize("words", ["cái này là gì vậy", "/abc", "không", SIMPLE, "cảm ơn"])
def test_before_the_consent_other_words_bring_it_again(gv: Town, words: str) -> None:
    newcomer = gv.stranger()
    newcomer.says(f"/start {gv.invitation('propagandist', 'P10-KP05')}")
    newcomer.says(words)
    assert newcomer.labels == ["Tôi đồng ý, bắt đầu"]


@pytest.mark.parametrize("word", ["không", "thôi", "dạ không", "no", "Không ạ"])
def test_a_plain_no_keeps(officer: Officer, word: str) -> None:
    officer.reports()
    officer.says("của tôi")
    officer.taps("18/11")
    officer.taps("Rút")
    officer.says(word)
    officer.sees("Tình trạng: đã gửi")


@pytest.mark.parametrize("word", ["có", "đồng ý", "ok"])
def test_a_plain_yes_undoes_nothing(officer: Officer, word: str) -> None:
    officer.reports()
    officer.says("của tôi")
    officer.taps("18/11")
    officer.taps("Rút")
    officer.says(word)
    officer.sees("không làm lại được", "“rút”")
    officer.says("rút")
    officer.sees("Đã rút")


@pytest.mark.parametrize(("word", "said"), [("đúng", "Tuần 47"), ("có", "Tuần 47"), ("không", "Anh/chị muốn làm gì")])
def test_a_near_miss_is_answered_by_yes_or_no(officer: Officer, word: str, said: str) -> None:
    officer.says("tom tac tuan nay")
    officer.says(word)
    officer.sees(said)


@pytest.mark.parametrize(
    ("word", "said"), [("menu", "Anh/chị muốn làm gì"), ("tóm tắt", "Tuần 47"), ("không có hoạt động", "Đã ghi nhận")]
)
def test_a_command_word_is_no_answer_to_a_question_for_any_text(officer: Officer, word: str, said: str) -> None:
    at_the_topic(officer)
    officer.says(word)
    officer.sees(said)
    officer.says("tiếp tục")
    officer.sees("Mời anh/chị làm tiếp", "Chủ đề")


def test_what_others_may_command_is_an_answer(officer: Officer) -> None:
    at_the_topic(officer)
    officer.says("cán bộ")
    officer.sees("Chủ đề: cán bộ")


def test_another_report_begins_over_the_open_question_and_says_so(officer: Officer) -> None:
    at_the_date(officer)
    officer.says("báo cáo hôm qua nữ 30 nam 15")
    officer.sees("giữ làm bản nháp", "Nữ 30", "Nam 15", "17/11/2026")
    officer.says("menu")
    assert "Làm tiếp bản nháp" in officer.labels


def test_a_report_typed_at_the_first_question_fills_it(officer: Officer) -> None:
    officer.says("báo cáo")
    officer.says("hôm qua tọa đàm nữ 30 nam 15")
    officer.sees("Nữ 30", "17/11/2026")
    assert "bản nháp" not in officer.text


@pytest.mark.parametrize("words", [SIMPLE, SPOKEN])
def test_a_report_in_ones_own_words_is_begun(officer: Officer, words: str) -> None:
    officer.says(words)
    officer.sees("Tôi hiểu đây là một báo cáo", "Nữ 30", "Nam 15", "17/11/2026")


def test_that_nothing_took_place_is_understood_in_a_sentence(officer: Officer) -> None:
    officer.says("khu phố em không có hoạt động")
    officer.sees("Có phải anh/chị muốn “Tuần này không có hoạt động”")
    officer.says("dạ đúng")
    officer.sees("Đã ghi nhận")


@pytest.mark.parametrize("words", ["hôm qua em bị ốm", "mai họp lúc 8 giờ"])
def test_a_sentence_that_says_one_thing_only_begins_no_report(officer: Officer, words: str) -> None:
    officer.says(words)
    assert "Tôi hiểu đây là một báo cáo" not in officer.text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("/tomtat P10", "– Phường 10"),
        ("/tomtat 2026-W46", "Tuần 46"),
        ("/tomtat tuần trước", "Tuần 46"),
        ("/tomtat phường 10", "– Phường 10"),
        ("tóm tắt tuần 45", "Tuần 45"),
        ("tóm tắt phường 10 tuần trước", "Tuần 46"),
        ("tóm tắt khu phố 5", "Khu phố 5"),
        ("tóm tắt của P10-KP05, tuần trước", "Tuần 46"),
        ("tuần trước", "Tuần 46"),
        ("phường 10", "Phường 10"),
        ("ai chưa báo cáo", "chưa báo cáo"),
        ("/tomtat hôm kia", "Anh/chị có thể gõ"),
        ("/tomtat tuần 99", "Anh/chị có thể gõ"),
        ("/tomtat phường 11", "chưa mở cho anh/chị"),
    ],
)
def test_a_summary_is_asked_for_in_words(gv: Town, words: str, said: str) -> None:
    chair = gv.joined("ward_chair", "P10")
    chair.says(words)
    chair.sees(said)


def test_a_file_that_is_no_photo_begins_no_report(officer: Officer) -> None:
    officer.sends(File(is_image=False, name="a.pdf", mime="application/pdf", size=9, sha256="ab" * 32))
    officer.sees("chỉ nhận hình chụp")
    assert officer.labels == ["Báo cáo hoạt động", "Menu"]


@pytest.mark.parametrize("words", ["cảm ơn", "ok em", "👍", "dạ", "đúng", "Cảm ơn em nhiều ạ", "thanks"])
def test_thanks_are_answered_warmly(officer: Officer, words: str) -> None:
    officer.says(words)
    officer.sees("Cảm ơn anh/chị!")
    assert officer.labels == ["Menu"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("english", "From now on I speak English."),
        ("?", "không có hoạt động – tuần này không có gì"),
        ("giúp tôi", "không có hoạt động – tuần này không có gì"),
        ("rút báo cáo", "Tuần này anh/chị chưa có báo cáo"),
        ("sửa báo cáo", "Tuần này anh/chị chưa có báo cáo"),
        ("duyệt báo cáo", "chưa mở cho anh/chị"),
        ("bc", "Anh/chị muốn báo việc gì?"),
    ],
)
def test_what_people_write_is_understood(officer: Officer, words: str, said: str) -> None:
    officer.says(words)
    officer.sees(said)


def test_help_names_what_one_may_do(gv: Town) -> None:
    chair = gv.joined("ward_chair", "P10")
    chair.says("trợ giúp")
    chair.sees("mời người tham gia", "duyệt báo cáo")
    assert "không có hoạt động" not in chair.text
    assert "kênh" not in chair.text


@pytest.mark.parametrize("channel", ["web", "zalo"])
def test_the_number_in_a_label_is_its_own(gv: Town, channel: str) -> None:
    secretariat = gv.joined("secretariat", "GV", channel=channel)
    secretariat.says("tóm tắt")
    secretariat.taps("Chi tiết…")
    secretariat.taps("Theo phường")
    secretariat.says("10")
    secretariat.sees("→ Phường 10\n\n")
    secretariat.says("cán bộ")
    secretariat.says("17")
    secretariat.sees("Phường 17")
