"""A ward's chair hears once a week in which neighbourhoods nobody takes part yet, until all are there."""

from sqlalchemy import Connection

from services.directory.invitations import issue
from tests.integration.scheduler.town import CALENDAR, Town, at

MONDAY, TUESDAY, NEXT_MONDAY = "2020-11-09 07:31", "2020-11-10 07:31", "2020-11-16 07:31"
RULES = {name: CALENDAR[name] for name in ("weekly_summary", "who_has_not_joined")}


def said(town: Town, chair: int, when: str) -> str:
    return "".join(message.text for person, message in town.ticks_and_delivers(when).items() if person == chair)


def test_a_chair_hears_once_a_week_where_nobody_takes_part_yet(db: Connection) -> None:
    town = Town(db, RULES)
    chair = town.joins("Hoa", "ward_chair", "P10")
    elsewhere = town.joins("Mai", "ward_chair", "P14")
    town.joins("Lan", "propagandist", "P14-KP01")
    unit = town.unit["P10-KP02"]
    issue(db, "K7MP4XQ2", role="propagandist", unit_id=unit, by=chair, now=at("2020-11-08 09:00"), name="Tâm")
    heard = town.ticks_and_delivers(MONDAY)
    assert "Chưa có người tham gia: Khu phố 1, Khu phố 2 (đã mời Tâm, chưa vào)." in heard[chair].text
    assert "Ai đã tham gia: Phường 10" in [each.label for each in heard[chair].choices]
    assert "Chưa có người" not in heard[elsewhere].text
    assert "Chưa có người" not in said(town, chair, TUESDAY)
    town.joins("Lan 2", "propagandist", "P10-KP01", since=at("2020-11-11 09:00"))
    assert "Chưa có người tham gia: Khu phố 2 (đã mời Tâm, chưa vào)." in said(town, chair, NEXT_MONDAY)
    town.joins("Tâm", "propagandist", "P10-KP02", since=at("2020-11-17 09:00"))
    assert "Chưa có người" not in said(town, chair, "2020-11-23 07:31")
