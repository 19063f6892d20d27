"""What people are reminded of, and that it is once, whatever happens to the process and the clock."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, update

from messages import Outgoing
from periods.weeks import week_of
from plan.calendar import Calendar
from scheduler import chairs, not_joined, themes
from storage import tables as t
from storage.directory.accounts import add_account
from storage.directory.consents import REPORTING, agree
from storage.records import free_weeks
from storage.records.activities import Projection, record
from tests.integration.scheduler.town import CALENDAR, Town, at

FRIDAY = "2020-11-06 15:00"
MONDAY = "2020-11-09 07:30"


def only(rule: str, version: str = "1") -> Calendar:
    return {rule: replace(CALENDAR[rule], version=version)}


def bars(message: Outgoing) -> Mapping[str, Any]:
    (picture,) = message.pictures
    return picture.data


def test_a_neighbourhood_that_has_not_reported_is_nudged_on_friday(town: Town) -> None:
    lan = town.joins("Lan", "propagandist", "P10-KP01")
    town.tick("2020-11-06 14:59")
    assert town.states() == []
    message = town.ticks_and_delivers(FRIDAY)[lan]
    assert message.text.startswith("Chào anh/chị Lan,\n\nKhu phố 1, Phường 10 chưa có báo cáo tuần này")
    assert [choice.id for choice in message.choices] == [
        "report",
        "nil:P10-KP01:2020-W45",
        "put_off:weekly_nudge:2020-11-02",
    ]


def test_whoever_said_that_nothing_took_place_is_left_alone(town: Town) -> None:
    lan = town.joins("Lan", "propagandist", "P10-KP01")
    town.says_nothing_took_place(lan, "P10-KP01", "2020-W45")
    assert town.ticks_and_delivers(FRIDAY) == {}
    assert town.dues(lan) == []


def test_whoever_takes_it_back_owes_the_week_again_and_hears_of_it_while_that_helps(town: Town) -> None:
    lan = town.joins("Lan", "propagandist", "P10-KP01")
    town.says_nothing_took_place(lan, "P10-KP01", "2020-W45")
    town.tick(FRIDAY)
    town.takes_back(lan, "P10-KP01", "2020-W45", at("2020-11-06 16:00"))
    assert set(town.ticks_and_delivers("2020-11-07 10:00")) == {lan}
    assert town.ticks_and_delivers("2020-11-08 10:00") == {}


def test_a_report_between_the_tick_and_the_sending_withdraws_the_nudge(town: Town) -> None:
    lan = town.joins("Lan", "propagandist", "P10-KP01")
    town.tick(FRIDAY)
    town.says_nothing_took_place(lan, "P10-KP01", "2020-W45")
    assert town.delivers(FRIDAY) == {}
    assert town.states() == ["skipped"]
    assert town.dues(lan) == [("weekly_nudge", "done", "nothing_owed")]


@pytest.mark.parametrize("state", ["sent", "approved", "returned"])
def test_whoever_has_a_report_is_left_alone_also_while_it_is_being_mended(town: Town, state: str) -> None:
    """Whoever is to mend it was told so when it was returned."""
    town.joins("Lan", "propagandist", "P10-KP01")
    mai = town.joins("Mai", "propagandist", "P10-KP02")
    town.has_report("P10-KP01", "2020-W45", state)
    assert set(town.ticks_and_delivers(FRIDAY)) == {mai}


def test_what_was_said_before_thursday_is_asked_about_once_more(town: Town) -> None:
    lan = town.joins("Lan", "propagandist", "P10-KP01")
    town.says_nothing_took_place(lan, "P10-KP01", "2020-W45", at("2020-11-04 10:00"))
    message = town.ticks_and_delivers(FRIDAY)[lan]
    assert "Đầu tuần anh/chị có báo Khu phố 1, Phường 10 tuần này" in message.text
    assert "chưa có báo cáo" not in message.text
    assert [choice.label for choice in message.choices] == ["Báo cáo ngay", "Vẫn không có hoạt động", "Để mai"]
    assert town.ticks_and_delivers("2020-11-07 10:00") == {}


def test_in_a_free_week_nobody_is_nudged(town: Town) -> None:
    lan = town.joins("Lan", "propagandist", "P10-KP01")
    free_weeks.declare(town.db, "2020-W45", "", lan, at("2020-11-02 08:00"))
    assert town.ticks_and_delivers(FRIDAY) == {}
    free_weeks.revoke(town.db, "2020-W45")
    assert set(town.ticks_and_delivers("2020-11-13 15:00")) == {lan}


def test_a_free_week_breaks_a_silence(town: Town) -> None:
    town.calendar = only("silent_neighbourhoods")
    chair = town.joins("Hoa", "ward_chair", "P10")
    free_weeks.declare(town.db, "2020-W44", "Tết", chair, at("2020-10-12 08:00"))
    assert town.ticks_and_delivers(MONDAY) == {}
    assert set(town.ticks_and_delivers("2020-11-16 07:30")) == {chair}


def test_a_neighbourhood_that_is_mending_its_report_is_not_silent(town: Town) -> None:
    town.calendar = only("silent_neighbourhoods")
    chair = town.joins("Hoa", "ward_chair", "P14")
    town.has_report("P14-KP01", "2020-W45", "returned")
    assert town.ticks_and_delivers(MONDAY) == {}
    assert set(town.ticks_and_delivers("2020-11-23 07:30")) == {chair}


@pytest.mark.parametrize("is_free", [False, True])
def test_four_weeks_without_activity_are_named_to_the_chair_and_a_free_week_is_none(town: Town, is_free: bool) -> None:
    town.calendar = only("quiet_neighbourhoods")
    chair = town.joins("Hoa", "ward_chair", "P10")
    for week in ("2020-W41", "2020-W42", "2020-W44", "2020-W45"):
        town.says_nothing_took_place(chair, "P10-KP01", week)
    if is_free:
        free_weeks.declare(town.db, "2020-W43", "Tết", chair, at("2020-11-09 07:00"))
    texts = [message.text for message in town.ticks_and_delivers(MONDAY).values()]
    first = [text.split("\n\n")[1].partition(".")[0] for text in texts]
    assert first == ["Bốn tuần liền chưa có hoạt động: Khu phố 1"] * is_free


def test_ticking_again_sends_nothing_again(town: Town) -> None:
    town.joins("Lan", "propagandist", "P10-KP01")
    assert len(town.ticks_and_delivers(FRIDAY)) == 1
    for later in (FRIDAY, "2020-11-06 15:01", "2020-11-06 16:00", "2020-11-07 09:00", "2020-11-08 20:29"):
        assert town.ticks_and_delivers(later) == {}


def test_what_fell_due_while_the_bot_was_down_is_caught_up_once(town: Town) -> None:
    lan = town.joins("Lan", "propagandist", "P10-KP01")
    assert set(town.ticks_and_delivers("2020-11-08 10:00")) == {lan}
    assert town.ticks_and_delivers("2020-11-08 10:01") == {}


def test_what_is_no_longer_useful_is_not_caught_up(town: Town) -> None:
    town.joins("Lan", "propagandist", "P10-KP01")
    assert town.ticks_and_delivers("2020-11-08 21:00") == {}
    assert town.ticks_and_delivers("2020-11-09 07:10") == {}


def test_what_nobody_could_say_while_nothing_ran_is_written_down_as_missed(town: Town) -> None:
    lan, mai = town.joins("Lan", "propagandist", "P10-KP01"), town.joins("Mai", "propagandist", "P10-KP02")
    town.calendar = only("weekly_nudge")
    town.tick("2020-11-05 10:00")
    town.says_nothing_took_place(mai, "P10-KP02", "2020-W45")
    assert town.ticks_and_delivers("2020-11-09 10:00") == {}
    assert (town.dues(lan), town.dues(mai)) == ([("weekly_nudge", "missed", "down")], [])
    assert set(town.ticks_and_delivers("2020-11-13 15:00")) == {lan, mai}
    town.tick("2020-11-16 10:00")
    assert [state for _, state, _ in town.dues(lan)] == ["missed", "digested"]


def test_what_waited_too_long_for_an_account_is_missed(town: Town) -> None:
    lan = town.joins("Lan", "propagandist", "P10-KP01")
    town.db.execute(update(t.account).values(usable=False))
    town.tick(FRIDAY)
    assert town.dues(lan) == [("weekly_nudge", "waiting", "")]
    town.tick("2020-11-09 07:10")
    assert town.dues(lan) == [("weekly_nudge", "missed", "too_late")]


def test_nobody_is_woken_at_night(town: Town) -> None:
    lan = town.joins("Lan", "propagandist", "P10-KP01")
    assert town.ticks_and_delivers("2020-11-06 23:00") == {}
    assert town.ticks_and_delivers("2020-11-07 07:59") == {}
    assert set(town.ticks_and_delivers("2020-11-07 08:00")) == {lan}


def test_who_joins_later_does_not_get_what_fell_due_before(town: Town) -> None:
    town.joins("Lan", "propagandist", "P10-KP01", since=at("2020-11-06 15:01"))
    assert town.ticks_and_delivers("2020-11-06 15:02") == {}


def test_who_has_handed_over_is_not_reminded(town: Town) -> None:
    town.joins("Lan", "propagandist", "P10-KP01")
    town.db.execute(update(t.assignment).values(until=at("2020-11-06 15:30")))
    assert town.ticks_and_delivers("2020-11-06 16:00") == {}


@pytest.mark.parametrize("year", [2019, 2020, 2026])
def test_wards_and_agencies_hear_how_many_days_are_left(town: Town, year: int) -> None:
    chair = town.joins("Hoa", "ward_chair", "P10")
    officer = town.joins("Minh", "agency", "CQ-VHTT", language="en")
    messages = town.ticks_and_delivers(f"{year}-10-28 08:00")
    assert f"Phường 10 còn 7 ngày để nộp, trước ngày 5/11/{year} (ngày cuối: 4/11/{year})" in messages[chair].text
    assert f"năm {year + 1}" in messages[chair].text
    assert "has 7 days left to hand in" in messages[officer].text
    assert "là ngày cuối" in town.ticks_and_delivers(f"{year}-11-04 08:00")[chair].text


def test_what_was_handed_in_is_not_asked_for_again(town: Town) -> None:
    town.calendar = only("deadlines")
    chair = town.joins("Hoa", "agency", "CQ-VHTT")
    message = town.ticks_and_delivers("2020-10-21 08:00")[chair]
    done = [choice.id for choice in message.choices if choice.id.startswith("done:")]
    assert len(done) == 2
    handed_in = update(t.obligation).values(done_at=at("2020-10-22 09:00"), done_by=chair)
    town.db.execute(handed_in.where(t.obligation.c.id == int(done[0].split(":")[1])))
    later = town.ticks_and_delivers("2020-10-28 08:00")[chair]
    assert [choice.id for choice in later.choices] == [
        *(f"hand_in:{done[1].split(':')[1]}", done[1], "put_off:deadlines:2020-10-28"),
    ]
    assert "dự thảo" not in later.text
    town.db.execute(handed_in)
    assert town.ticks_and_delivers("2020-10-30 08:00") == {}


def test_a_deadline_is_caught_up_with_the_days_that_are_left_then(town: Town) -> None:
    town.calendar = only("deadlines")
    chair = town.joins("Hoa", "ward_chair", "P10")
    message = town.ticks_and_delivers("2020-11-03 09:00")[chair]
    assert message.text.count("Phường 10 còn 1 ngày") == 1
    assert [state for _, state, _ in town.dues(chair)] == ["digested"]


def test_the_chair_gets_the_week_that_ended_with_its_silent_neighbourhoods(town: Town) -> None:
    chair, secretary = town.joins("Hoa", "ward_chair", "P10"), town.joins("Thu", "secretariat", "GV")
    town.says_nothing_took_place(chair, "P10-KP01", "2020-W44")
    messages = town.ticks_and_delivers(MONDAY)
    assert "chưa nhận được báo cáo của: Khu phố 2." in messages[chair].text
    assert "summary:P10:2020-W45" in [choice.id for choice in messages[chair].choices]
    assert bars(messages[chair])["period"]["code"] == "2020-W45"
    assert "chưa có tin" not in messages[secretary].text
    assert bars(messages[secretary])["unit"] == "Quận Gò Vấp"


def test_many_silent_neighbourhoods_are_counted_and_one_tap_away(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """The summary in the same message names those who did not report, or says that nobody did."""
    monkeypatch.setattr(chairs, "MOST_NAMED", 1)
    monkeypatch.setattr(not_joined, "MOST_NAMED", 1)
    chair = town.joins("Hoa", "ward_chair", "P10")
    message = town.ticks_and_delivers(MONDAY)[chair]
    assert "chưa nhận được báo cáo của: 2 khu phố." in message.text
    assert "Cả 2 khu phố đều chưa báo cáo." in message.text
    assert "Khu phố 1" not in message.text
    assert {"summary:P10:2020-W45", "missing:P10:2020-W45"} <= {choice.id for choice in message.choices}


def test_an_opening_on_a_sunday_joins_mondays_digest(town: Town) -> None:
    chair, lan = town.joins("Hoa", "ward_chair", "P10"), town.joins("Lan", "propagandist", "P10-KP01")
    town.calendar = {rule: CALENDAR[rule] for rule in CALENDAR if rule != "weekly_nudge"}
    assert town.ticks_and_delivers("2020-11-15 08:00") == {}
    messages = town.ticks_and_delivers("2020-11-16 07:30")
    assert set(messages) == {chair, lan}
    assert all("Tháng hành động" in message.text for message in messages.values())
    assert messages[chair].pictures
    assert town.ticks_and_delivers("2020-11-16 08:00") == {}


def test_an_opening_on_a_monday_is_spoken_of_once(town: Town) -> None:
    lan = town.joins("Lan", "propagandist", "P10-KP01")
    message = town.ticks_and_delivers("2021-11-15 07:30")[lan]
    assert message.text.count("Tháng hành động") == 1
    assert "diễn ra" in message.text


@pytest.mark.parametrize(
    ("when", "said"), [("2020-12-15 08:00", "hôm nay khép lại"), ("2020-12-16 09:00", "đã khép lại")]
)
def test_the_action_month_ends_on_its_last_day_and_not_before(town: Town, when: str, said: str) -> None:
    town.calendar = only("action_month_closing")
    lan = town.joins("Lan", "ward_chair", "P10")
    assert said in town.ticks_and_delivers(when)[lan].text


def test_the_secretariat_hears_of_the_district_in_the_action_month(town: Town) -> None:
    town.calendar = only("action_month_monday")
    thu, chair = town.joins("Thu", "secretariat", "GV"), town.joins("Hoa", "ward_chair", "P10")
    messages = town.ticks_and_delivers("2020-11-16 07:30")
    assert "Các đơn vị của Quận Gò Vấp được nhắc báo cáo" in messages[thu].text
    assert [choice.id for choice in messages[thu].choices] == ["summary:GV:2020-W46"]
    assert "anh/chị nhớ báo cáo giúp" in messages[chair].text


def test_on_the_day_of_the_nudge_a_propagandist_hears_everything_at_three(town: Town) -> None:
    lan, chair = town.joins("Lan", "propagandist", "P10-KP01"), town.joins("Hoa", "ward_chair", "P10")
    assert set(town.ticks_and_delivers("2019-11-15 08:00")) == {chair}
    message = town.ticks_and_delivers("2019-11-15 15:00")[lan]
    assert "chưa có báo cáo tuần này" in message.text
    assert "Tháng hành động" in message.text
    assert town.ticks_and_delivers("2019-11-15 15:01") == {}


def test_a_new_version_replaces_what_was_not_sent(town: Town) -> None:
    lan = town.joins("Lan", "propagandist", "P10-KP01")
    town.tick(FRIDAY)
    town.calendar = only("weekly_nudge", version="2")
    assert set(town.ticks_and_delivers("2020-11-06 15:01")) == {lan}
    assert town.ticks_and_delivers("2020-11-06 15:02") == {}
    assert len(town.dues(lan)) == 1


def test_a_new_version_does_not_repeat_what_was_sent(town: Town) -> None:
    lan = town.joins("Lan", "propagandist", "P10-KP01")
    assert set(town.ticks_and_delivers(FRIDAY)) == {lan}
    town.calendar = only("weekly_nudge", version="2")
    assert town.ticks_and_delivers("2020-11-06 15:01") == {}


def test_a_rule_that_is_gone_takes_its_waiting_reminders_along(town: Town) -> None:
    lan = town.joins("Lan", "propagandist", "P10-KP01")
    town.tick(FRIDAY)
    town.calendar = only("weekly_summary")
    assert town.ticks_and_delivers("2020-11-06 15:01") == {}
    assert town.dues(lan) == []


def test_on_the_web_the_digest_is_there_to_be_looked_at(town: Town) -> None:
    lan = town.joins("Lan", "propagandist", "P10-KP01", channel="web")
    town.tick(FRIDAY)
    row = town.db.execute(t.outbox.select()).one()
    assert (row.state, row.account_id) == ("pending", town.account(lan, "web"))
    assert "chưa có báo cáo" in row.body
    assert town.delivers(FRIDAY) == {}


def test_an_uncertain_reminder_is_healed_by_the_next_days_digest(town: Town) -> None:
    lan = town.joins("Lan", "propagandist", "P10-KP01")
    town.tick(FRIDAY)
    town.finish(town.claim(FRIDAY), FRIDAY, "uncertain")
    assert town.ticks_and_delivers("2020-11-06 18:00") == {}
    assert set(town.ticks_and_delivers("2020-11-07 08:00")) == {lan}
    assert town.states() == ["uncertain", "sent"]


def test_an_uncertain_reminder_whose_week_was_reported_is_not_repeated(town: Town) -> None:
    lan = town.joins("Lan", "propagandist", "P10-KP01")
    town.tick(FRIDAY)
    town.finish(town.claim(FRIDAY), FRIDAY, "uncertain")
    town.says_nothing_took_place(lan, "P10-KP01", "2020-W45")
    assert town.ticks_and_delivers("2020-11-07 08:00") == {}


def test_a_reminder_goes_to_the_pushing_channel_used_last(town: Town) -> None:
    lan = town.joins("Lan", "propagandist", "P10-KP01")
    later = at("2020-11-01 08:00")
    add_account(town.db, lan, "web", "", "page", later + timedelta(days=1))
    zalo = add_account(town.db, lan, "zalo", "7", "z", later)
    town.tick(FRIDAY)
    assert town.db.execute(t.outbox.select()).one().account_id == zalo


def test_who_has_not_agreed_is_not_reminded_until_they_have(town: Town) -> None:
    lan = town.joins("Lan", "propagandist", "P10-KP01")
    town.db.execute(t.consent.delete())
    assert town.ticks_and_delivers(FRIDAY) == {}
    agree(town.db, lan, REPORTING, "1", at("2020-11-06 15:30"))
    assert town.ticks_and_delivers("2020-11-06 16:00") == {}
    assert set(town.ticks_and_delivers("2020-11-13 15:00")) == {lan}


def test_who_takes_back_their_consent_hears_no_more_even_of_what_is_queued(town: Town) -> None:
    lan = town.joins("Lan", "propagandist", "P10-KP01")
    town.tick(FRIDAY)
    town.db.execute(update(t.consent).values(withdrawn_at=at("2020-11-06 15:01")))
    assert town.delivers("2020-11-06 15:02") == {}
    assert town.dues(lan) == [("weekly_nudge", "done", "nothing_owed")]


def test_nobody_gets_more_than_four_digests_a_week_but_for_a_deadline(town: Town) -> None:
    town.calendar = {rule: CALENDAR[rule] for rule in ("requests_that_wait", "deadlines_of_others")}
    thu = town.joins("Thu", "secretariat", "GV")
    town.waits_for_the_secretariat(thu)
    days = ["2020-10-19 07:30", *(f"2020-10-{day} 08:00" for day in (20, 21, 22, 23))]
    assert [bool(town.ticks_and_delivers(day)) for day in days] == [True] * 4 + [False]
    assert town.ticks_and_delivers("2020-10-24 08:00") == {}
    days = ["2020-10-26 07:30", *(f"2020-10-{day} 08:00" for day in (27, 28, 29, 30))]
    assert [bool(town.ticks_and_delivers(day)) for day in days[:4]] == [True] * 4
    town.owes("GV", "results_review", "2020-11-01")
    assert "còn 2 ngày" in town.ticks_and_delivers(days[4])[thu].text


def test_on_a_free_day_only_what_cannot_wait_is_caught_up(town: Town) -> None:
    """The process was down on Friday, a public holiday comes after the weekend."""
    lan, chair = town.joins("Lan", "propagandist", "P10-KP01"), town.joins("Hoa", "ward_chair", "P10")
    assert set(town.ticks_and_delivers("2020-11-14 10:00")) == {lan}
    assert town.ticks_and_delivers("2020-11-15 10:00") == {}
    assert chair in town.ticks_and_delivers("2020-11-16 07:30")


def test_a_digest_that_could_not_go_before_the_night_goes_the_next_day_with_what_is_owed_then(town: Town) -> None:
    lan = town.joins("Lan", "propagandist", "P10-KP01")
    town.tick(FRIDAY)
    assert town.delivers("2020-11-06 20:30") == {}
    assert (town.states(), town.dues(lan)) == (["skipped"], [("weekly_nudge", "waiting", "")])
    assert set(town.ticks_and_delivers("2020-11-07 08:00")) == {lan}


def test_an_edit_of_a_rules_day_or_time_repeats_nothing(town: Town) -> None:
    lan = town.joins("Lan", "propagandist", "P10-KP01")
    assert set(town.ticks_and_delivers(FRIDAY)) == {lan}
    rule = CALENDAR["weekly_nudge"]
    for version, edited in enumerate(
        (replace(rule, weekday=5), replace(rule, weekday=3), replace(rule, afternoon=False))
    ):
        town.calendar = {"weekly_nudge": replace(edited, version=f"edit {version}")}
        assert town.ticks_and_delivers("2020-11-07 16:00") == {}
        assert town.ticks_and_delivers("2020-11-08 16:00") == {}
    assert len(town.dues(lan)) == 1


def has_event(town: Town, unit: str, person: int, day: str) -> None:
    """A report of an event that counts."""
    on, moment = at(day).date(), at(f"{day} 20:00")
    report = {"form_id": "f", "form_version": "1", "person_id": person, "unit_id": town.unit[unit], "state": "sent"}
    row = insert(t.submission).values(**report, revision=1, sample=False, created_at=moment, updated_at=moment)
    submission = town.db.scalar(row.returning(t.submission.c.id))
    facts = {"activity": "A1.1", "kind": "event", "first_day": on, "last_day": on, "week": week_of(on)}
    said = insert(t.activity).values(submission_id=submission, unit_id=town.unit[unit], **facts, sent_at=moment)
    town.db.execute(said)


def test_at_half_time_a_chair_hears_which_neighbourhoods_had_no_event(town: Town) -> None:
    town.calendar = only("action_month_half_time")
    chair = town.joins("Hoa", "ward_chair", "P10")
    text = town.ticks_and_delivers("2020-11-30 07:30")[chair].text
    assert "chưa có buổi nào từ: Khu phố 1, Khu phố 2" in text


def test_the_same_days_of_last_year_stand_beside_this_years(town: Town) -> None:
    town.calendar = only("action_month_monday")
    chair = town.joins("Hoa", "ward_chair", "P10")
    line = {"target_group": "residents", "item": "", "mode": "", "women": 20, "men": 5, "unsorted": 0}
    for day, groups in (("2020-11-20", 2), ("2019-11-20", 1), ("2018-11-20", 1), ("2019-12-10", 1)):
        on = at(day).date()
        for _ in range(groups):
            row = {"form_id": "f", "form_version": "1", "person_id": chair, "unit_id": town.unit["P10-KP01"]}
            row |= {"state": "sent", "revision": 1, "sample": False, "created_at": at(day), "updated_at": at(day)}
            submission = town.db.scalar(insert(t.submission).values(row).returning(t.submission.c.id)) or 0
            facts = {"activity": "A1.4", "kind": "event", "first_day": on, "last_day": on, "week": week_of(on)}
            facts |= {"unit_id": town.unit["P10-KP01"], "place": "unit", "place_unit_id": town.unit["P10-KP01"]}
            record(town.db, submission, Projection(facts, (line,)), at(day))
    text = town.ticks_and_delivers("2020-11-23 07:30")[chair].text
    assert "Phường 10: 2 buổi, 50 lượt (40 nữ, 10 nam); cùng kỳ năm trước: 1 buổi, 25 lượt (20 nữ, 5 nam)" in text


def test_the_opening_says_the_theme_and_asks_the_secretariat_to_set_one(town: Town) -> None:
    town.calendar = only("action_month_opening")
    thu, lan = town.joins("Thu", "secretariat", "GV"), town.joins("Lan", "propagandist", "P10-KP01")
    messages = town.ticks_and_delivers("2020-11-16 07:30")
    assert "theme:2020" in [choice.id for choice in messages[thu].choices]
    assert "Chủ đề" not in messages[lan].text
    themes.keep(town.db, 2021, "Chấm dứt bạo lực")
    messages = town.ticks_and_delivers("2021-11-15 07:30")
    assert "Chủ đề năm nay: “Chấm dứt bạo lực" in messages[lan].text
    assert "theme:2021" not in [choice.id for choice in messages[thu].choices]


def test_whoever_took_part_is_thanked_at_the_end_and_nobody_else(town: Town) -> None:
    town.calendar = only("action_month_closing")
    lan, chair = town.joins("Lan", "propagandist", "P10-KP01"), town.joins("Hoa", "ward_chair", "P10")
    town.joins("Mai", "propagandist", "P10-KP02")
    has_event(town, "P10-KP01", lan, "2020-11-20")
    assert set(town.ticks_and_delivers("2020-12-15 08:00")) == {lan, chair}


def test_mondays_card_rides_on_the_next_message_and_is_none_of_its_own(town: Town) -> None:
    town.calendar = {rule: CALENDAR[rule] for rule in ("weekly_card", "weekly_nudge")}
    lan = town.joins("Lan", "propagandist", "P10-KP01")
    has_event(town, "P10-KP01", lan, "2020-11-05")
    assert town.ticks_and_delivers("2020-11-09 07:30") == {}
    assert town.dues(lan) == [("weekly_card", "waiting", "")]
    text = town.ticks_and_delivers("2020-11-13 15:00")[lan].text
    assert "Tuần vừa qua của anh/chị (2/11 – 8/11/2020)" in text
    assert text.index("chưa có báo cáo") < text.index("Tuần vừa qua")
