"""A report with several photos, on a small phone: all of them in its bubble, each whole at a tap."""

from pathlib import Path

from playwright.sync_api import expect

from tests.acceptance.phone import Phone
from tests.acceptance.test_the_main_job import a_photo

COLOURS = ("#2f6b4f", "#752f63", "#c77b30")
BOXES = (
    "bubble => [bubble, ...bubble.querySelectorAll('.album img')].map(node => node.getBoundingClientRect().toJSON())"
)
"""Measured at one moment: the page may still be scrolling."""


def test_all_photos_of_a_report_stand_side_by_side_and_open_at_a_tap(officer: Phone, tmp_path: Path) -> None:
    officer.answers_until_review()
    officer.sends_photos(*(a_photo(tmp_path, colour) for colour in COLOURS))
    officer.sees("📷 3")
    officer.sends_the_report()
    officer.says("của tôi")
    officer.taps("")  # the only one
    officer.sees("3 hình")

    photos = officer.heard.last.locator(".album img")
    expect(photos).to_have_count(3)
    for photo in photos.all():
        officer.shows(photo, wider_than=639)
    bubble, *boxes = officer.heard.last.locator(".bubble").evaluate(BOXES)
    for box in boxes:
        assert bubble["x"] <= box["x"]
        assert box["right"] <= bubble["right"] <= 360
    first, second, third = boxes
    assert second["y"] == third["y"] >= first["bottom"]

    photos.nth(2).click()
    opened = officer.page.locator("dialog[open] img")
    expect(opened).to_be_visible()
    assert opened.get_attribute("src") == photos.nth(2).get_attribute("src")
