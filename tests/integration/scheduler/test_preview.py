"""The list of what would be sent: to whom, when and why, with the units that nobody has joined."""

import pytest

from scheduler.preview import Reminder, preview
from storage import tables as t
from storage.directory.accounts import add_account
from tests.integration.scheduler.town import CALENDAR, PLAN, Town, at


def listed(town: Town, since: str, until: str, rule: str) -> list[Reminder]:
    found = preview(town.db, PLAN, CALENDAR, at(since), at(until))
    return [reminder for reminder in found if reminder.rule == rule]


@pytest.mark.parametrize("year", [2019, 2020, 2026])
def test_the_deadline_goes_to_every_ward_and_agency(town: Town, year: int) -> None:
    town.joins("Hoa", "ward_chair", "P10", since=at("2026-11-22"))
    found = listed(town, f"{year}-10-28", f"{year}-10-29", "deadlines")
    assert [(each.unit, each.role, each.person, each.channel) for each in found] == [
        ("P10", "ward_chair", "Hoa", "telegram"),
        ("P14", "ward_chair", None, None),
        ("CQ-VHTT", "agency", None, None),
    ]
    time = "07:30" if year == 2019 else "08:00"  # a Monday
    assert {each.due_at for each in found} == {f"{year}-10-28T{time}:00+07:00"}
    assert all("còn 7 ngày" in each.text for each in found)
    assert all("Chưa nộp" in each.why for each in found)


def test_those_above_are_listed_for_what_is_not_written_down_yet(town: Town) -> None:
    """The drafts are announced 30 days before their last day, the 4th of November: in September nothing is there."""
    town.joins("Thu", "secretariat", "GV")
    found = listed(town, "2026-09-01", "2026-11-10", "deadlines_below")
    days = ["2026-11-03", "2026-11-05", "2026-11-06", "2026-11-09"]
    assert [(each.due_at[:10], each.unit, each.person) for each in found] == [(day, "GV", "Thu") for day in days]
    before, after = found[0].text, found[1].text
    assert before.startswith("Chưa nộp:\n• báo cáo định kỳ")
    assert "dự thảo" in before
    assert before.count("Phường 10, Phường 14, Phòng Văn hóa và Thông tin") == 2
    assert after.startswith("Quá hạn")
    town.owes("P10", "plan_draft", "2026-11-04")
    town.owes("P14", "plan_draft", "2026-11-04")
    town.db.execute(
        t.obligation.update().where(t.obligation.c.unit_id == town.unit["P10"]).values(done_at=at("2026-10-05"))
    )
    drafts = listed(town, "2026-10-06", "2026-11-04", "deadlines_below")[0].text.splitlines()[2]
    assert drafts.endswith(": Phường 14, Phòng Văn hóa và Thông tin")


def test_a_unit_that_is_late_is_listed_though_its_work_is_not_written_down_yet(town: Town) -> None:
    found = listed(town, "2026-10-01", "2026-11-06", "deadlines")
    assert [each.due_at[:10] for each in found if each.unit == "P10"][-2:] == ["2026-11-04", "2026-11-05"]


def test_whoever_held_the_role_then_is_named_before_todays_holder(town: Town) -> None:
    town.joins("Hoa", "ward_chair", "P10")
    town.joins("Sau", "ward_chair", "P10", since=at("2026-01-01"))
    found = listed(town, "2020-11-03", "2020-11-05", "deadlines")
    assert {each.person for each in found if each.unit == "P10"} == {"Hoa"}


def test_a_nudge_is_listed_for_who_has_not_reported(town: Town) -> None:
    lan = town.joins("Lan", "propagandist", "P10-KP01")
    town.says_nothing_took_place(lan, "P10-KP01", "2020-W45")
    found = listed(town, "2020-11-06", "2020-11-07", "weekly_nudge")
    assert [(each.unit, each.person) for each in found] == [("P10-KP02", None), ("P14-KP01", None)]


def test_the_channel_is_the_one_that_the_reminder_would_take(town: Town) -> None:
    thu = town.joins("Thu", "secretariat", "GV", channel="web", language="en")
    (found,) = listed(town, "2020-11-09", "2020-11-10", "weekly_summary")[-1:]
    assert (found.person, found.channel) == ("Thu", "web")
    assert "Week 45" in found.text
    add_account(town.db, thu, "zalo", "7", "z", at("2020-01-01"))
    assert listed(town, "2020-11-09", "2020-11-10", "weekly_summary")[-1].channel == "zalo"


def test_silent_neighbourhoods_are_listed_for_their_ward(town: Town) -> None:
    chair = town.joins("Hoa", "ward_chair", "P10")
    for unit in ("P10-KP01", "P10-KP02"):
        town.says_nothing_took_place(chair, unit, "2020-W44")
    assert [each.unit for each in listed(town, "2020-11-09", "2020-11-10", "silent_neighbourhoods")] == ["P14"]


def test_looking_changes_nothing(town: Town) -> None:
    town.joins("Hoa", "ward_chair", "P10")
    assert listed(town, "2020-10-01", "2020-12-31", "deadlines") == listed(
        town, "2020-10-01", "2020-12-31", "deadlines"
    )
    assert town.states() == []
    assert set(listed(town, "2020-11-04", "2020-11-05", "deadlines")[0].to_dict()) == {
        "due_at",
        "rule",
        "unit",
        "role",
        "person",
        "channel",
        "why",
        "text",
    }


def test_who_has_not_agreed_is_listed_with_what_keeps_the_reminder_back(town: Town) -> None:
    lan = town.joins("Lan", "propagandist", "P10-KP01")
    town.joins("Mai", "propagandist", "P10-KP02")
    town.db.execute(t.consent.delete().where(t.consent.c.person_id == lan))
    found = listed(town, "2020-11-06", "2020-11-07", "weekly_nudge")
    kept_back = {each.person: each.why.endswith("(chưa gửi, vì người này chưa đồng ý tham gia)") for each in found}
    assert kept_back == {"Lan": True, "Mai": False, None: False}
