"""The pictures: what is drawn, seen in the SVG; and that the PNG is what a phone can open."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import segno
from lxml import etree
from PIL import Image

from reports.drawing.bars import BAR_HEIGHT, attendance_svg
from reports.drawing.palette import PAPER, WOMEN
from reports.drawing.qr_card import qr_card_svg
from reports.drawing.sheet import INNER, STRIPED_MEN, WIDTH
from reports.figures import FigureRow, Figures, People
from reports.pictures.attendance import MAX_BARS, attendance_bars
from reports.pictures.invitation import invitation_card
from reports.rendering import UnknownPictureError, content_hash, render_png
from tests.unit.reports.samples import EMPTY, changed, missing, row, summary
from tests.unit.reports.seen import SVG, assert_legible, boxes, drawn, opened, words

WARD = summary(
    row("P10-KP1", "Khu phố 1", 1, 30, 10),
    row("P10-KP2", "Khu phố 2", 2, 60, 20),
    row("P10-KP3", "Khu phố 3", 2),
    expected=5,
    missing=missing(2),
)
OWN = changed(EMPTY, title="Khu phố 1, Phường 10", unit_level="neighbourhood", expected=1)
CARD = invitation_card("https://bot.example/j/K7MX2QRT", "K7MX-2QRT", "Cán bộ", "Phường 10", date(2020, 11, 23), "vi")


def shown(value: Figures) -> etree._Element:
    return drawn(attendance_bars(value))


def bars(picture: etree._Element, fill: str) -> list[float]:
    """The widths of the bars of a colour, top to bottom; an edge lies inside its bar, the legend is lower."""
    return [width + 3 * (fill != WOMEN) for width, height in boxes(picture, fill) if height >= BAR_HEIGHT - 3]


def test_the_picture_says_which_week_whose_and_how_many() -> None:
    said = words(shown(WARD))
    assert said[:8] == ["Tuần 45 (2/11 – 8/11/2020)", "Phường 10", "5", "hoạt động", "90", "lượt nữ", "30", "lượt nam"]
    assert "Đã báo cáo: 3/5 khu phố" in said
    assert "Còn 2 khu phố chưa báo cáo" in said
    assert "Nguồn: báo cáo của các đơn vị. Số liệu lúc 07:30 ngày 9/11/2020." in said


def test_each_unit_has_its_name_and_both_numbers_beside_its_bar() -> None:
    said = words(shown(WARD))
    start = said.index("Khu phố 1")
    assert said[start : start + 6] == ["Khu phố 1", "30", "10", "Khu phố 2", "60", "20"]


def test_bars_are_as_long_as_the_figures_are_large() -> None:
    picture = shown(WARD)
    women, men = bars(picture, WOMEN), bars(picture, STRIPED_MEN)
    assert women[1] == pytest.approx(2 * women[0], rel=1e-3)
    assert women[0] == pytest.approx(3 * men[0], rel=1e-3)
    assert max(w + m for w, m in zip(women, men, strict=True)) < INNER


def test_reports_without_attendance_are_counted_instead_of_drawn() -> None:
    picture = shown(summary(row("P10-KP3", "Khu phố 3", 2)))
    assert "2 hoạt động" in words(picture)
    assert bars(picture, WOMEN) == []


def test_a_week_without_reports_is_calm_and_says_so() -> None:
    assert "Chưa có hoạt động nào được báo cáo." in words(shown(EMPTY))


@pytest.mark.parametrize(("sample", "tag"), [(True, True), (False, False)])
def test_sample_data_carry_their_tag(sample: bool, tag: bool) -> None:
    assert ("SỐ LIỆU MẪU" in words(shown(changed(WARD, sample=sample)))) is tag
    assert ("Danh sách khu phố là danh sách mẫu." in words(shown(changed(WARD, sample_units=sample)))) is tag


def test_a_neighbourhood_is_named_with_its_ward() -> None:
    assert "Khu phố 1, Phường 10" in words(shown(OWN))


@pytest.mark.parametrize(("lacking", "said"), [(0, "Đã báo cáo"), (1, "Chưa báo cáo")])
def test_a_neighbourhood_alone_is_not_counted(lacking: int, said: str) -> None:
    lines = words(shown(changed(OWN, missing=missing(lacking))))
    assert said in lines
    assert not [line for line in lines if "/1 khu phố" in line or "Còn" in line]


@pytest.mark.parametrize(
    ("lacking", "said"), [(5, "Cả 5 khu phố đều chưa báo cáo."), (0, "Tất cả 5 khu phố đã báo cáo. Cảm ơn anh/chị!")]
)
def test_none_and_all_are_said_in_a_word(lacking: int, said: str) -> None:
    lines = words(shown(changed(WARD, missing=missing(lacking))))
    assert said in lines
    assert not [line for line in lines if "/5 khu phố" in line or "Còn" in line]


def test_a_picture_says_nothing_of_people_helped() -> None:
    """It is passed on to people who may not open the reports."""
    helped = changed(WARD, helped=People(3, 1))
    assert attendance_bars(helped) == attendance_bars(WARD)


def test_a_recipe_of_an_earlier_version_is_still_drawn() -> None:
    """The browser's history shows it for as long as the message is kept."""
    older = {key: value for key, value in attendance_bars(WARD).data.items() if key != "level"}
    assert attendance_svg(older | {"from": "2020-11-02", "to": "2020-11-08"}) == attendance_svg(
        attendance_bars(WARD).data
    )


def test_english_is_drawn_in_english() -> None:
    said = words(shown(changed(WARD, language="en", sample=True)))
    assert {
        "Week 45 (2/11 – 8/11/2020)",
        "SAMPLE DATA",
        "Women",
        "Men",
        "2 of the khu phố have not reported yet",
    } <= set(said)


def test_text_and_picture_hold_the_same_figures() -> None:
    data = attendance_bars(WARD).data
    assert [bar[1:] for bar in data["bars"]] == [
        [each.reports, each.people.female, each.people.male, each.people.unsorted] for each in WARD.by_unit
    ]
    assert (data["reports"], data["female"], data["male"]) == (WARD.reports, WARD.people.female, WARD.people.male)
    assert attendance_bars(WARD).alt == "Biểu đồ Phường 10, tuần 45 (2/11 – 8/11/2020): 90 lượt nữ, 30 lượt nam"


def test_unsorted_people_are_a_piece_of_their_own_with_their_number() -> None:
    mixed = FigureRow("P10-KP1", "Khu phố 1", "Khu phố 1", 1, People(30, 10, 20))
    picture = shown(summary(mixed))
    said = words(picture)
    assert said[2:10] == ["1", "hoạt động", "30", "lượt nữ", "10", "lượt nam", "20", "chưa phân"]
    assert said[said.index("Khu phố 1") :][:4] == ["Khu phố 1", "30", "10", "20"]
    assert "Chưa phân: chưa rõ là nữ hay nam." in said
    women, men = bars(picture, WOMEN), bars(picture, STRIPED_MEN)
    assert bars(picture, PAPER)[-1] == pytest.approx(2 * men[0], rel=1e-2)
    assert women[0] == pytest.approx(3 * men[0], rel=1e-2)


def test_more_units_than_a_phone_can_show_are_summed_in_the_last_bar() -> None:
    many = summary(*(row(f"P10-KP{n}", f"Khu phố {n}", 1, n, 1) for n in range(MAX_BARS + 5)))
    shown = attendance_bars(many).data["bars"]
    assert len(shown) == MAX_BARS
    assert shown[-1][0] == "6 đơn vị khác"
    assert (sum(bar[2] for bar in shown), sum(bar[3] for bar in shown)) == (many.people.female, many.people.male)


@pytest.mark.parametrize(
    "value",
    [
        EMPTY,
        WARD,
        summary(*(row(f"P{n}", f"Phường {n}", 1, n * 20, n * 7) for n in range(16)), sample=True),
        summary(row("X", "Ủy ban Mặt trận Tổ quốc Việt Nam quận " * 5, 10**6, 10**9, 10**9), title="Dài " * 60),
        summary(row("X", "Tên<&>\x00\ud800'\"", 1, 1, 1)),
    ],
    ids=["empty", "ward", "sixteen wards", "long names, huge numbers", "markup and control characters"],
)
def test_every_summary_becomes_a_png_of_a_phones_width(value: Figures) -> None:
    image = opened(attendance_bars(value))
    assert image.width == WIDTH
    assert 500 < image.height < 4_000


def test_the_tallest_picture_is_within_what_telegram_takes() -> None:
    tall = summary(*(row(f"X{n}", "Phòng Lao động - Thương binh và Xã hội", 1, 9, 9) for n in range(MAX_BARS)))
    image = opened(attendance_bars(tall))
    assert image.width + image.height < 10_000


def test_no_text_leaves_the_picture_or_touches_another() -> None:
    long = summary(row("X", "Trungtâmvănhóathểthao" * 9, 1, 123_456_789, 987_654_321), title="Khuphố" * 30)
    assert_legible(shown(long))


def test_the_letters_are_drawn_from_the_shipped_font() -> None:
    """A machine without fonts draws nothing if the family is not found: dark pixels prove that it is."""
    image = opened(attendance_bars(EMPTY)).convert("L").crop((56, 100, 400, 180))
    assert min(image.tobytes()) < 60


def test_the_card_shows_unit_role_code_and_its_last_day() -> None:
    said = words(etree.fromstring(qr_card_svg(CARD.data).encode()))
    assert {"Phường 10", "Cán bộ", "K7MX-2QRT", "Có hiệu lực đến hết ngày 23/11/2020"} <= set(said)


def test_the_cards_qr_code_is_that_of_the_link() -> None:
    image = opened(CARD).convert("L").point(lambda value: 255 * (value > 127))
    expected = [
        [bool(module) for module in line] for line in segno.make(CARD.data["link"], error="m", micro=False).matrix
    ]
    assert modules_of(image, len(expected)) == expected


def modules_of(image: Image.Image, size: int) -> list[list[bool]]:
    """The dark modules between the finder patterns, read at their middles."""
    top = next(y for y in range(image.height) if dark_run(image, y) >= 100)
    left = next(x for x in range(image.width) if not image.getpixel((x, top)))
    scale = dark_run(image, top) // 7
    middles = [scale * step + scale // 2 for step in range(size)]
    return [[not image.getpixel((left + x, top + y)) for x in middles] for y in middles]


def dark_run(image: Image.Image, y: int) -> int:
    """The length of the first dark stretch of a line, 0 if there is none."""
    line = [not image.getpixel((x, y)) for x in range(image.width)]
    if True not in line:
        return 0
    start = line.index(True)
    return next((x - start for x in range(start, len(line)) if not line[x]), 0)


def test_a_long_code_is_set_smaller_rather_than_cut() -> None:
    data = dict(CARD.data) | {"code": "K7MX-2QRT-9PWA-XXXX-YYYY"}
    code = next(
        each for each in etree.fromstring(qr_card_svg(data).encode()).iter(f"{SVG}text") if each.text == data["code"]
    )
    assert int(code.get("font-size") or "") < 84


def test_an_unknown_kind_is_named_with_those_known() -> None:
    with pytest.raises(UnknownPictureError, match=r"'pie'.*qr, targets, trend, week_bars"):
        render_png("pie", {})


@pytest.mark.parametrize(
    ("change", "same"), [(lambda data: dict(reversed(data.items())), True), (lambda data: data | {"female": 1}, False)]
)
def test_equal_recipes_have_one_name(change: Callable[[dict[str, Any]], dict[str, Any]], same: bool) -> None:
    data = dict(attendance_bars(WARD).data)
    assert (content_hash("attendance", data) == content_hash("attendance", change(data))) is same
    assert content_hash("qr", data) != content_hash("attendance", data)
