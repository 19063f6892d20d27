"""Reminding by hand: at once, once a day a matter, at decent hours, and only those who can be told."""

from datetime import timedelta

from sqlalchemy import Connection, select, update

from locales import Say
from messages import Outgoing, decode
from services.nudging import Nudge, NudgeOutcome, nudge, nudged_today
from storage import tables as t
from tests.integration.scheduler.town import Town, at

NOON = at("2020-11-03 12:00")


def words(say: Say) -> Outgoing:
    return Outgoing(say("Nothing is due for you now. Thank you!"))


def week(town: Town) -> Nudge:
    return Nudge("week:P10-KP01:2020-W45", town.unit["P10-KP01"], ("propagandist",), words)


def sent(town: Town) -> list[tuple[int, str]]:
    rows = town.db.execute(select(t.outbox.c.person_id, t.outbox.c.body).where(t.outbox.c.kind == "notice"))
    return [(person, decode(body).text) for person, body in rows]


def test_everybody_in_the_unit_is_told_in_their_language_and_nobody_else(db: Connection) -> None:
    town = Town(db)
    chair = town.joins("Hoa", "ward_chair", "P10")
    lan, tam = (
        town.joins(name, "propagandist", "P10-KP01", language=lang) for name, lang in (("L", "vi"), ("T", "en"))
    )
    town.joins("Mai", "propagandist", "P10-KP02")
    assert nudge(db, week(town), chair, NOON).people == 2
    assert [person for person, _ in sent(town)] == [lan, tam]
    assert len({text for _, text in sent(town)}) == 2


def test_once_a_day_whoever_asks(db: Connection) -> None:
    town = Town(db)
    chair, thu = town.joins("Hoa", "ward_chair", "P10"), town.joins("Thu", "secretariat", "GV")
    town.joins("Lan", "propagandist", "P10-KP01")
    nudge(db, week(town), chair, NOON)
    again = nudge(db, week(town), thu, NOON + timedelta(hours=3))
    assert again.outcome is NudgeOutcome.TODAY_ALREADY
    assert nudged_today(db, ["week:P10-KP01:2020-W45", "week:P10-KP02:2020-W45"], NOON) == {week(town).about}
    assert nudge(db, week(town), thu, NOON + timedelta(days=1)).outcome is NudgeOutcome.SENT
    assert len(sent(town)) == 2


def test_nobody_is_written_to_at_night_and_the_day_stays_free(db: Connection) -> None:
    town = Town(db)
    chair = town.joins("Hoa", "ward_chair", "P10")
    town.joins("Lan", "propagandist", "P10-KP01")
    for night in ("2020-11-03 06:59", "2020-11-03 20:30", "2020-11-03 23:00"):
        assert nudge(db, week(town), chair, at(night)).outcome is NudgeOutcome.AT_NIGHT
    assert nudge(db, week(town), chair, at("2020-11-03 20:29")).outcome is NudgeOutcome.SENT


def test_where_nobody_can_be_told_it_is_said_and_the_day_stays_free(db: Connection) -> None:
    town = Town(db)
    chair = town.joins("Hoa", "ward_chair", "P10")
    assert nudge(db, week(town), chair, NOON).outcome is NudgeOutcome.NOBODY
    lan = town.joins("Lan", "propagandist", "P10-KP01")
    db.execute(update(t.account).where(t.account.c.person_id == lan).values(usable=False))
    assert nudge(db, week(town), chair, NOON).outcome is NudgeOutcome.NOBODY
    db.execute(update(t.account).values(usable=True))
    assert nudge(db, week(town), chair, NOON).outcome is NudgeOutcome.SENT
