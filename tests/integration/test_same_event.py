"""The same event in chat: asked once before sending, linked, shown within the ward, decided by the chair."""

import pytest
from sqlalchemy import func, select, update

from storage import tables as t
from tests.conversation import Officer, Town

QUESTION = "Trùng với báo cáo đó phải không ạ?"


@pytest.fixture
def five(gv: Town) -> Officer:
    return gv.joined("propagandist", "P10-KP05")


@pytest.fixture
def chair(gv: Town) -> Officer:
    return gv.joined("ward_chair", "P10")


def fills_in(officer: Officer, women: int = 30, men: int = 15, day: str = "hôm nay") -> Officer:
    """A typical event, from the menu to its sending."""
    officer.says("báo cáo")
    officer.taps("Buổi sinh hoạt")
    officer.taps("Nói chuyện: gia đình")
    officer.says(day)
    officer.taps("Người dân")
    officer.says(f"nữ {women} nam {men}")
    officer.taps("Gửi báo cáo")
    return officer


def stored(gv: Town) -> int:
    return gv.database.read(lambda db: db.scalar(select(func.count()).select_from(t.submission)) or 0)


def counted(gv: Town) -> list[int]:
    """The reports that count, by their numbers."""
    query = select(t.activity.c.submission_id).where(t.activity.c.counts).order_by(t.activity.c.submission_id)
    return gv.database.read(lambda db: list(db.scalars(query)))


def linked(gv: Town) -> set[int]:
    query = select(t.activity.c.submission_id).where(t.activity.c.event_set_id.is_not(None))
    return gv.database.read(lambda db: set(db.scalars(query)))


def test_a_colleagues_report_is_shown_and_linked_by_one_tap(gv: Town, five: Officer) -> None:
    five.reports()
    colleague = fills_in(gv.joined("propagandist", "P10-KP05"), women=31)
    colleague.sees("cùng đơn vị đã báo một buổi như vậy ngày 18/11 (45 lượt)", QUESTION)
    assert colleague.labels == ["Trùng", "Không, buổi khác", "Xem"]
    assert stored(gv) == 1
    colleague.taps("Trùng")
    colleague.sees("Đã lưu", "Đã ghép: buổi này chỉ tính một lần, theo số liệu của Khu phố 5, Phường 10")
    assert "chủ trì" not in colleague.text
    assert (stored(gv), counted(gv), linked(gv)) == (2, [1], {1, 2})


def test_the_ward_asks_about_its_neighbourhood_and_says_who_held_it(gv: Town, five: Officer, chair: Officer) -> None:
    five.reports()
    fills_in(chair, women=45)
    chair.sees("Khu phố 5 đã báo một buổi như vậy ngày 18/11 (45 lượt). Trùng với báo cáo đó phải không ạ?")
    chair.taps("Trùng")
    chair.sees("theo số liệu của Khu phố 5, Phường 10", "Số liệu chưa thống nhất", "Đơn vị nào chủ trì buổi này ạ?")
    assert chair.labels[:2] == ["Khu phố 5, Phường 10 chủ trì", "Phường 10 chủ trì"]
    chair.taps("Phường 10 chủ trì")
    chair.sees("Đã ghi nhận", "Phường 10 · 18/11 · 60 lượt")
    assert counted(gv) == [2]


def test_an_event_next_door_is_none_of_ones_own(gv: Town, five: Officer) -> None:
    five.reports()
    gv.joined("propagandist", "P10-KP06").reports()
    gv.joined("propagandist", "P11-KP01").reports()
    assert (counted(gv), linked(gv)) == ([1, 2, 3], set())


@pytest.mark.parametrize("said", ["buổi khác", "không", "Không, buổi khác", "dạ không ạ"])
def test_another_event_is_sent_and_nothing_more_is_asked(gv: Town, five: Officer, said: str) -> None:
    five.reports()
    fills_in(five, women=40).sees("Anh/chị đã báo một buổi như vậy ngày 18/11 (45 lượt).")
    five.says(said)
    five.sees("Đã lưu")
    assert (counted(gv), linked(gv)) == ([1, 2], set())


@pytest.mark.parametrize("said", ["trùng", "Trùng", "phải", "đúng rồi", "dạ phải"])
def test_the_same_event_is_said_in_words_too(gv: Town, five: Officer, said: str) -> None:
    five.reports()
    fills_in(five)
    five.says(said)
    five.sees("Đã lưu", "Đã ghép")
    assert linked(gv) == {1, 2}


@pytest.mark.parametrize(("number", "links"), [("1", {1, 2}), ("2", set())])
def test_where_there_are_no_buttons_a_number_answers(gv: Town, five: Officer, number: str, links: set[int]) -> None:
    five.reports()
    other = gv.joined("propagandist", "P10-KP05", channel="zalo")
    other.says("báo cáo hôm nay nói chuyện gia đình người dân nữ 30 nam 15")
    other.says("gửi")
    other.sees(QUESTION)
    other.says(number)
    other.sees("Đã lưu")
    assert linked(gv) == links


def test_what_was_reported_can_be_looked_at_first(five: Officer, chair: Officer) -> None:
    five.says("/toi Nguyễn Thị Lan")
    five.reports()
    fills_in(chair)
    chair.taps("Xem")
    chair.sees("Khu phố 5, Phường 10", "30 nữ, 15 nam", "Nguyễn Thị Lan", QUESTION)
    chair.says("trùng")
    chair.sees("Đã ghép")


def test_across_wards_only_unit_activity_and_day_are_shown(gv: Town, five: Officer) -> None:
    """Ward 11 held an event in the neighbourhood; only its own people see who reported it, and how many came."""
    next_door = gv.joined("ward_chair", "P11")
    next_door.says("/toi Trần Văn Hòa")
    next_door.reports(women=77)
    here = select(t.unit.c.id).where(t.unit.c.code == "P10-KP05").scalar_subquery()
    gv.database.write(lambda db: db.execute(update(t.activity).values(place_unit_id=here))).result()
    fills_in(five)
    five.sees("Phường 11 đã báo “Nói chuyện: gia đình, chống bạo lực” ngày 18/11.", QUESTION)
    for press in ("Xem", "Trùng", "Xem báo cáo"):
        assert not [hidden for hidden in ("92", "77", "Hòa") if hidden in five.text], five.text
        five.presses(five.choice(press).id if press != "Xem báo cáo" else "view:2")
    five.sees("Cùng một buổi với báo cáo của Phường 11")
    five.taps("Các báo cáo của buổi này")
    five.sees("Phường 11 · 18/11 (được tính)")
    assert not [hidden for hidden in ("92", "77", "Hòa") if hidden in five.text], five.text


def test_a_report_withdrawn_since_the_question_is_not_linked_and_that_is_said(gv: Town, five: Officer) -> None:
    five.reports()
    colleague = fills_in(gv.joined("propagandist", "P10-KP05"))
    five.at_report("Rút", "Đúng, rút lại")
    colleague.taps("Trùng")
    colleague.sees("Đã lưu", "Báo cáo kia vừa được rút nên không ghép; báo cáo của anh/chị được tính")
    assert (counted(gv), linked(gv)) == ([2], set())


def test_a_report_corrected_since_the_question_is_asked_about_anew(gv: Town, five: Officer) -> None:
    five.reports()
    colleague = fills_in(gv.joined("propagandist", "P10-KP05"))
    five.at_report("Sửa", "Sửa câu trả lời", "Nữ")
    five.says("50")
    five.taps("Gửi báo cáo")
    colleague.taps("Trùng")
    colleague.sees("Báo cáo kia vừa được sửa lại", "(65 lượt)", QUESTION)
    assert stored(gv) == 1
    colleague.taps("Trùng")
    assert linked(gv) == {1, 2}


def test_an_answer_given_twice_sends_once(gv: Town, five: Officer) -> None:
    five.reports()
    fills_in(five)
    same, other = five.choice("Trùng").id, five.choice("Không, buổi khác").id
    five.presses(same)
    for press in (same, other):
        five.presses(press)
        five.sees("đã gửi rồi")
    assert stored(gv) == 2


def test_answers_that_changed_are_asked_about_with_what_they_are_now(gv: Town, five: Officer) -> None:
    five.reports()
    fills_in(five)
    stale = five.choice("Trùng").id
    five.says("nữ 50")
    five.presses(stale)
    five.sees("thuộc câu trước")
    assert stored(gv) == 1


def test_media_are_asked_about_only_if_the_same_person_says_exactly_the_same(gv: Town, five: Officer) -> None:
    def hands_out(officer: Officer, copies: int) -> None:
        officer.says("báo cáo hôm nay phát tờ rơi")
        while "Gửi báo cáo" not in officer.labels:
            answers = [choice for choice in officer.choices if not choice.word]
            if answers:
                officer.presses(answers[0].id)
            else:
                officer.says(f"{copies}" if "Bao nhiêu" in officer.text else "nhóm Zalo khu phố")
        officer.taps("Gửi báo cáo")

    hands_out(five, 200)
    assert stored(gv) == 1, five.text
    hands_out(five, 100)
    five.sees("Đã lưu")
    hands_out(five, 200)
    five.sees(QUESTION)
    five.taps("Trùng")
    assert linked(gv) == {1, 3}


def test_a_returned_report_hands_over_to_the_other_and_both_authors_are_told(
    gv: Town, five: Officer, chair: Officer
) -> None:
    five.reports()
    colleague = fills_in(gv.joined("propagandist", "P10-KP05"))
    colleague.taps("Trùng")
    chair.at_report("Trả lại", "Có, trả lại")
    chair.sees("Nay buổi này tính theo số liệu của Khu phố 5, Phường 10")
    assert counted(gv) == [2]
    assert "báo cáo kia bị trả lại để sửa" in gv.notices(colleague)[-1].text
    assert "Từ nay buổi này tính theo số liệu" in gv.notices(five)[-1].text


def test_a_chair_finds_what_disagrees_and_decides_with_a_reason(gv: Town, five: Officer, chair: Officer) -> None:
    five.reports()
    six = gv.joined("propagandist", "P10-KP06")
    six.reports(women=45)
    chair.at_report("Ghép với báo cáo khác", "18/11 · Khu phố 6")
    chair.sees("Đã ghép", "Số liệu chưa thống nhất, chờ Phường 10 quyết định")
    chair.says("tóm tắt")
    chair.sees("Số liệu chưa thống nhất: 1 buổi")
    chair.taps("Số liệu chưa thống nhất (1)")
    chair.taps("18/11")
    chair.sees("2 báo cáo của cùng một buổi", "Khu phố 5, Phường 10 · 18/11 · 45 lượt", "(được tính)")
    chair.taps("Tính theo Khu phố 6 (60 lượt)")
    chair.taps("Số liệu này đã được đối chiếu")
    chair.sees("Đã quyết định", "số liệu này đã được đối chiếu")
    assert counted(gv) == [2]
    assert "tính theo số liệu của Khu phố 6" in gv.notices(five)[-1].text
    chair.says("số liệu chưa thống nhất")
    chair.sees("không có buổi nào")
    chair.at_report("Các báo cáo của buổi này", "Tách Khu phố 6", "Đúng, tách ra")
    chair.sees("Đã tách")
    assert (counted(gv), linked(gv)) == ([1, 2], set())


def test_why_figures_count_is_said_in_own_words_without_what_must_not_be_kept(
    gv: Town, five: Officer, chair: Officer
) -> None:
    five.reports()
    fills_in(gv.joined("propagandist", "P10-KP05"), women=45).taps("Trùng")
    chair.presses("together:1")
    chair.taps("Tính theo")
    chair.sees("viết lý do bằng lời của mình")
    chair.says("đã gọi hỏi chị Nguyễn Thị Lan 0903123456")
    chair.sees("Tôi không giữ tên người kèm số điện thoại", "Đã quyết định", ": đã gọi hỏi.")
    row = gv.database.read(lambda db: db.execute(select(t.event_set.c.reason, t.event_set.c.chosen_id)).one())
    assert tuple(row) == ("đã gọi hỏi", 1)


def test_a_correction_to_another_day_keeps_the_link_and_asks_the_chair(gv: Town, five: Officer, chair: Officer) -> None:
    five.reports()
    colleague = fills_in(gv.joined("propagandist", "P10-KP05"))
    colleague.taps("Trùng")
    five.at_report("Sửa", "Sửa câu trả lời", "Ngày")
    five.says("hôm qua")
    five.taps("Gửi báo cáo")
    for said in (
        "vừa sửa báo cáo ngày 17/11/2026",
        "nay khác với báo cáo của Khu phố 5, Phường 10",
        "có đúng là một buổi",
    ):
        assert said in gv.notices(chair)[-1].text
    assert linked(gv) == {1, 2}
    chair.says("số liệu chưa thống nhất")
    chair.taps("17/11")
    chair.taps("Tách Khu phố 5")
    chair.taps("Đúng, tách ra")
    assert linked(gv) == set()


def test_where_a_ward_has_no_chair_the_secretariat_is_asked_to_look(gv: Town, five: Officer) -> None:
    secretariat = gv.joined("secretariat", "GV")
    five.reports()
    fills_in(gv.joined("propagandist", "P10-KP05")).taps("Trùng")
    five.at_report("Sửa", "Sửa câu trả lời", "Ngày")
    five.says("hôm qua")
    five.taps("Gửi báo cáo")
    assert "có đúng là một buổi" in gv.notices(secretariat)[-1].text


def test_colleagues_see_what_their_unit_reported_this_week_and_whose_it_is(gv: Town, five: Officer) -> None:
    five.says("/toi Nguyễn Thị Lan")
    five.reports()
    colleague = gv.joined("propagandist", "P10-KP05")
    colleague.says("của tôi")
    colleague.sees("Tuần này anh/chị chưa có báo cáo", "Đơn vị đã báo tuần này:", "45 lượt · Nguyễn Thị Lan")
    colleague.taps("Đơn vị đã báo tuần này")
    colleague.taps("18/11")
    colleague.sees("Khu phố 5, Phường 10", "người gửi: Nguyễn Thị Lan")
    assert not [label for label in colleague.labels if label.startswith(("Sửa", "Rút"))]
    five.says("của tôi")
    assert "Đơn vị đã báo" not in five.text
    gv.later(days=7)
    colleague.says("của tôi")
    assert "Đơn vị đã báo" not in colleague.text
    next_door = gv.joined("propagandist", "P10-KP06")
    next_door.says("của tôi")
    assert "Lan" not in next_door.text


def test_a_chair_reports_in_a_neighbourhoods_place_and_both_names_are_shown(
    gv: Town, five: Officer, chair: Officer
) -> None:
    chair.says("/toi Trần Văn Hòa")
    chair.says("ai chưa báo cáo")
    chair.taps("Báo cáo thay")
    chair.taps("Khu phố 5 · chưa báo cáo")
    chair.sees("Anh/chị đang báo cáo thay Khu phố 5, Phường 10")
    for label in ("Buổi sinh hoạt", "Nói chuyện: gia đình", "Hôm nay", "Người dân"):
        chair.taps(label)
    chair.says("nữ 30 nam 15")
    chair.sees("Khu phố 5, Phường 10")
    chair.taps("Gửi báo cáo")
    chair.sees("Đã lưu", "Trần Văn Hòa (Phường 10) báo cáo thay Khu phố 5, Phường 10")
    row = gv.database.read(
        lambda db: db.execute(
            select(t.unit.c.code, t.unit.c.level).join_from(t.activity, t.unit, t.unit.c.id == t.activity.c.unit_id)
        ).one()
    )
    assert tuple(row) == ("P10-KP05", "neighbourhood")
    chair.presses("view:1")
    assert not [label for label in chair.labels if label.startswith(("Duyệt", "Trả lại"))]
    for press in ("approve:1:1", "return:1:1:yes"):
        chair.presses(press)
        chair.sees("không thấy báo cáo đó")
    five.says("của tôi")
    five.sees("Trần Văn Hòa")
    five.taps("Đơn vị đã báo tuần này")
    five.taps("18/11")
    five.sees("Trần Văn Hòa (Phường 10) báo cáo thay Khu phố 5, Phường 10")
    five.presses("summary:P10-KP05")
    five.sees("45 lượt")
    chair.says("của tôi")
    assert "thay Khu phố 5, Phường 10" in chair.labels[0]
    chair.says("báo cáo đã gửi")
    assert "Trần Văn Hòa báo cáo thay" in chair.labels[0]


def test_the_secretariat_returns_it_to_the_chair_who_wrote_it(gv: Town, chair: Officer) -> None:
    chair.presses("report:P10-KP05")
    for label in ("Buổi sinh hoạt", "Nói chuyện: gia đình", "Hôm nay", "Người dân"):
        chair.taps(label)
    chair.says("nữ 30 nam 15")
    chair.taps("Gửi báo cáo")
    gv.joined("secretariat", "GV").at_report("Trả lại", "Có, trả lại")
    assert "xem lại báo cáo" in gv.notices(chair)[-1].text
    chair.at_report("Sửa")
    chair.taps("Gửi báo cáo")
    chair.sees("Đã gửi lại như cũ")


def test_nobody_reports_in_the_place_of_another_wards_neighbourhood(gv: Town, five: Officer, chair: Officer) -> None:
    for officer, unit in (
        (chair, "P11-KP01"),
        (five, "P10-KP06"),
        (chair, "P11"),
        (gv.joined("agency", "CQ-VHTT"), "P10-KP05"),
    ):
        officer.presses(f"report:{unit}")
        assert "Chào" in officer.text, (unit, officer.text)
    chair.presses("in_place:P10")
    assert [label for label in chair.labels if "chưa báo cáo" in label]


def test_in_a_closed_period_a_link_waits_for_the_secretariat(gv: Town, five: Officer, chair: Officer) -> None:
    secretariat = gv.joined("secretariat", "GV")
    five.reports()
    gv.joined("propagandist", "P10-KP06").reports()
    gv.later(days=7)
    secretariat.says("/chotso 2026-W47")
    secretariat.sees("đã chốt số liệu")
    chair.at_report("Ghép với báo cáo khác", "18/11 · Khu phố 6")
    chair.sees("đã chốt số liệu", "buổi này vẫn được tính như cũ")
    assert linked(gv) == set()
    request = gv.notices(secretariat)[-1]
    assert "ghép hai báo cáo là một buổi" in request.text
    secretariat.presses(next(choice.id for choice in request.choices if choice.label.startswith("Đồng ý")))
    assert linked(gv) == {1, 2}
    assert "đã đồng ý" in gv.notices(chair)[-1].text


def test_a_list_says_which_report_is_counted_with_another(five: Officer) -> None:
    five.reports()
    fills_in(five)
    five.taps("Trùng")
    five.says("của tôi")
    assert [label.endswith("tính chung với báo cáo khác") for label in five.labels[:2]] == [True, False]


def test_many_events_that_disagree_are_listed_page_by_page(
    gv: Town, chair: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.reports.event_sets.PAGE", 1)
    for day, first in (("hôm nay", 1), ("hôm qua", 3)):
        for unit, women in (("P10-KP05", 30), ("P10-KP06", 60)):
            gv.joined("propagandist", unit).reports(women=women, day=day)
        chair.presses(f"link:{first}:1:{first + 1}")
    chair.says("số liệu chưa thống nhất")
    assert chair.labels[:2] == ["17/11 · Khu phố 5: 45 lượt / Khu phố 6: 75 lượt", "Xem thêm →"]
    chair.taps("Xem thêm →")
    assert chair.labels[0] == "18/11 · Khu phố 5: 45 lượt / Khu phố 6: 75 lượt"
    assert "Xem thêm →" not in chair.labels
