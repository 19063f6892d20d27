"""The summary as a message: what it says, and that it never grows too long."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.figures import FigureRow, Figures, People, WeekUnit
from reports.filtering import Filter
from reports.texts import MAX_LENGTH, summary_text
from reports.wording import known_day, shortened
from tests.unit.reports.samples import AS_OF, EMPTY, changed, missing, row, summary

WARD = summary(
    row("P10-KP1", "Khu phố 1", 1, 12, 3),
    row("P10-KP5", "Khu phố 5", 3, 1200, 345),
    row("P10-KP7", "Khu phố 7", 2),
    by_activity=(row("A2", "Nói chuyện ở khu phố", 4, 1212, 348), row("A1.2", "Tờ rơi, áp phích", 2)),
    by_group=(row("residents", "Người dân", 4, 1212, 348), row("", "Không theo nhóm đối tượng", 2)),
    expected=7,
    on_time=3,
    nil=1,
    missing=missing(3),
)


def test_a_ward_reads_its_week() -> None:
    assert summary_text(WARD) == (
        "Tuần 45 (2/11 – 8/11/2020) – Phường 10\n"
        "6 hoạt động, 1.560 lượt người (1.212 nữ, 348 nam)\n"
        "\n"
        "Theo khu phố:\n"
        "• Khu phố 5: 1.200 nữ, 345 nam (3 hoạt động)\n"
        "• Khu phố 1: 12 nữ, 3 nam (1 hoạt động)\n"
        "• Khu phố 7: 2 hoạt động\n"
        "\n"
        "Theo hoạt động:\n"
        "• Nói chuyện ở khu phố: 1.212 nữ, 348 nam (4 hoạt động)\n"
        "• Tờ rơi, áp phích: 2 hoạt động\n"
        "\n"
        "Theo nhóm đối tượng:\n"
        "• Người dân: 1.212 nữ, 348 nam (4 hoạt động)\n"
        "\n"
        "Đã báo cáo: 4/7 khu phố\n"
        "Đúng hạn: 3\n"
        "Báo không có hoạt động: 1 khu phố\n"
        "Chưa báo cáo: Khu phố 1, Khu phố 2, Khu phố 3\n"
        "\n"
        "Tính đến 07:30 ngày 9/11/2020."
    )


def test_a_returned_report_costs_nothing_and_its_unit_is_named() -> None:
    text = summary_text(changed(WARD, on_time=4, mending=missing(2), late=1))
    assert "Đã báo cáo: 4/7 khu phố\nBáo không có hoạt động: 1 khu phố\nĐang bổ sung: Khu phố 1, Khu phố 2\n" in text
    assert "Bổ sung sau hạn: 1\n" in text


def test_nobody_is_on_time_or_late_before_the_deadline() -> None:
    assert "Đúng hạn" not in summary_text(changed(WARD, as_of=AS_OF - timedelta(hours=1)))


def test_a_free_week_says_that_nobody_was_expected() -> None:
    assert "Tuần nghỉ: không" in summary_text(changed(WARD, expected=0, missing=(), free=("2020-W45",)))


def test_the_same_in_english() -> None:
    text = summary_text(changed(WARD, language="en"))
    assert text.startswith(
        "Week 45 (2/11 – 8/11/2020) – Phường 10\n6 activities, 1,560 visits (1,212 women, 348 men)\n"
    )
    assert "• Khu phố 1: 12 women, 3 men (1 activity)" in text
    assert text.endswith("As of 07:30 on 9/11/2020.")


def test_people_helped_have_a_line_of_their_own() -> None:
    text = summary_text(changed(WARD, helped=People(3, 1)))
    assert "6 hoạt động, 1.560 lượt người (1.212 nữ, 348 nam)\n4 lượt người được tư vấn, hỗ trợ: 3 nữ, 1 nam\n" in text
    assert "Tư vấn" not in summary_text(WARD)


def test_a_quiet_week_says_so_and_lists_nobody() -> None:
    text = summary_text(changed(EMPTY, expected=2, missing=missing(2)))
    assert "Chưa có hoạt động nào được báo cáo.\n" in text
    assert "Cả 2 khu phố đều chưa báo cáo." in text
    assert "Khu phố 1" not in text
    assert "Theo" not in text


@pytest.mark.parametrize(
    "values",
    [
        {"missing": missing(1)},
        {"nil": 1},
        {"reports": 1, "people": People(2), "by_unit": (row("P10-KP1", "Khu phố 1", 1, 2),)},
    ],
    ids=["nobody", "nil", "one"],
)
@pytest.mark.parametrize("level", ["neighbourhood", "ward", "district"])
def test_the_week_is_named_in_the_title_and_nowhere_called_this_one(level: str, values: dict[str, Any]) -> None:
    """Monday's digest and the buttons to earlier weeks show weeks that are over."""
    text = summary_text(changed(EMPTY, unit_level=level, expected=1, **values))
    assert text.startswith("Tuần 45 (2/11 – 8/11/2020)")
    assert "tuần này" not in text


def test_everybody_who_reported_is_thanked() -> None:
    text = summary_text(changed(WARD, missing=()))
    assert "Tất cả 7 khu phố đã báo cáo. Cảm ơn anh/chị!" in text
    assert "Chưa báo cáo" not in text


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"nil": 1}, "Đã báo là không có hoạt động."),
        ({"missing": missing(1)}, "Chưa gửi báo cáo."),
    ],
)
def test_a_neighbourhood_reads_where_it_stands(values: dict[str, Any], said: str) -> None:
    own: dict[str, Any] = {
        "unit": "P10-KP1",
        "unit_level": "neighbourhood",
        "title": "Khu phố 1, Phường 10",
    }
    text = summary_text(changed(EMPTY, expected=1, **own, **values))
    assert text.startswith("Tuần 45 (2/11 – 8/11/2020) – Khu phố 1, Phường 10\n")
    assert said in text


def test_a_breakdown_of_the_unit_by_itself_is_left_out() -> None:
    assert "Theo khu phố" not in summary_text(summary(row("P10", "Phường 10", 1, 5, 5)))


def test_an_agency_is_told_nothing_of_neighbourhoods() -> None:
    agency = summary(row("CQ-TP", "Phòng Tư pháp", 1), unit="CQ-TP", title="Phòng Tư pháp", unit_level="agency")
    assert "khu phố" not in summary_text(agency)


def test_the_district_reads_wards_and_how_many_each_lacks() -> None:
    lacking = (*missing(12, "Phường 1"), *missing(3, "Phường 10"))
    text = summary_text(
        changed(WARD, unit="GV", unit_level="district", parts=("phường", "cơ quan"), expected=186, missing=lacking)
    )
    assert "Theo phường và cơ quan:" in text
    assert "Chưa báo cáo: Phường 1 (12), Phường 10 (3)" in text


def test_a_list_is_whole_or_says_how_many_there_are_and_of_how_many_the_first_are_shown() -> None:
    assert "Khu phố 24\n" in summary_text(changed(WARD, expected=40, missing=missing(24)))
    assert "Chưa báo cáo: 37 khu phố\n" in summary_text(changed(WARD, expected=40, missing=missing(37)))
    many = summary(*(row(f"P10-KP{n}", f"Khu phố {n}", 1, n) for n in range(1, 21)))
    assert "Theo khu phố (6 nhiều lượt nhất trong 20):\n• Khu phố 20: " in summary_text(many)


def test_activities_are_said_by_kind_where_the_kinds_account_for_all_of_them() -> None:
    kinds = (row("event", "Buổi", 4, 1212, 348), row("media", "Truyền thông", 1), row("inspection", "Kiểm tra", 1))
    text = summary_text(changed(WARD, by_kind=kinds))
    assert "\n4 buổi, 1 sản phẩm truyền thông, 1 cuộc kiểm tra, 1.560 lượt người (1.212 nữ, 348 nam)\n" in text
    assert "\n6 hoạt động, 1.560 lượt người" in summary_text(changed(WARD, by_kind=kinds[:2]))


def test_the_share_that_nobody_has_approved_is_said() -> None:
    assert "\nChưa duyệt: 2/6 báo cáo\n" in summary_text(changed(WARD, not_approved=2))


def test_figures_of_some_reports_say_so_and_nothing_of_who_owes_the_week() -> None:
    text = summary_text(changed(WARD, only=Filter(activity="A2")), narrowed="Nói chuyện ở khu phố")
    assert "– Phường 10\nChỉ tính: Nói chuyện ở khu phố\n" in text
    assert "Đã báo cáo" not in text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_sample_data_never_pass_for_real(language: str) -> None:
    said = {"vi": "SỐ LIỆU MẪU", "en": "SAMPLE DATA"}[language]
    listed = {"vi": "danh sách mẫu", "en": "list of khu phố is a sample"}[language]
    real = summary_text(changed(WARD, language=language))
    sample = summary_text(changed(WARD, language=language, sample=True, sample_units=True))
    assert said in sample
    assert listed in sample
    assert said not in real
    assert listed not in real


names = st.text("Phường ắẩ1", min_size=1, max_size=120)
counts = st.integers(0, 10**9)
people = st.builds(People, counts, counts, counts)
rows = st.lists(st.builds(FigureRow, names, names, names, counts, people), max_size=40).map(tuple)
summaries = st.builds(
    changed,
    st.just(EMPTY),
    language=st.sampled_from(("vi", "en")),
    title=names,
    unit_level=st.sampled_from(("neighbourhood", "ward", "agency", "district")),
    reports=counts,
    people=people,
    by_unit=rows,
    by_activity=rows,
    by_group=rows,
    expected=st.integers(0, 200),
    nil=st.integers(0, 200),
    missing=st.lists(st.builds(WeekUnit, names, names, names, names), max_size=200).map(tuple),
    sample=st.booleans(),
    sample_units=st.booleans(),
)


@given(summaries)
def test_whatever_the_figures_the_message_fits_every_channel(value: Figures) -> None:
    assert len(summary_text(value)) <= MAX_LENGTH


def test_even_the_longest_names_and_numbers_fit() -> None:
    wide = tuple(
        row(f"X{n}", "Ủy ban Mặt trận Tổ quốc Việt Nam quận Gò Vấp, Thành phố", 10**6, 10**9, 10**9) for n in range(40)
    )
    longest = changed(
        summary(*wide, by_activity=wide, by_group=wide, expected=186, nil=3, sample=True, sample_units=True),
        missing=tuple(WeekUnit(each.code, each.name, each.name, each.name) for each in wide),
    )
    assert 1_000 < len(summary_text(longest)) <= MAX_LENGTH


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Phường 10", "Phường 10"),
        ("truyền thông về bình đẳng giới", "truyền thông về bình…"),
        ("truyền thông về bình, đẳng giới", "truyền thông về bình…"),
        ("a" * 30, "a" * 21 + "…"),
    ],
)
def test_a_name_that_is_too_long_ends_with_a_whole_word(name: str, shown: str) -> None:
    assert shortened(name, 22) == shown


@pytest.mark.parametrize(
    ("day", "shown"),
    [(date(2020, 10, 26), "26/10"), (date(2019, 12, 16), "16/12"), (date(2019, 11, 16), "16/11/2019")],
)
def test_a_day_has_its_year_where_it_could_be_another_one(day: date, shown: str) -> None:
    assert known_day(day, date(2020, 10, 27)) == shown
