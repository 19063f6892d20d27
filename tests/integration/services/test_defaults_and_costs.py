"""Numbers nobody gave, summaries in another language, what an announcement costs of each bot, what wakes a chat."""

from sqlalchemy import Connection, select

from messages import Outgoing
from periods.days import local_day
from periods.period import week_period
from reports.frozen import to_json
from reports.reckoning import figures_of
from rules.audiences import Audience
from rules.drafts import Source
from services import announcing, draft_facts, issuing
from services.announcing import Wanted
from services.viewer import Viewer
from storage import tables as t
from storage.delivery import notices, outbox, usage
from storage.directory import accounts, bots
from storage.directory.units import unit_tree
from storage.records import issued
from storage.records.drafts import DraftFacts
from tests.conversation import Town, shipped_plan

BARE = {"content": "Nói chuyện", "activity": "A2", "group": "residents", "form": "talk", "sessions": 2, "month": 3}


def test_what_nobody_gave_in_a_draft_is_nothing(gv: Town) -> None:
    entries = [BARE, {**BARE, "has_cost": "yes"}, {**BARE, "has_cost": "yes", "quantity": 3, "rate": 1000}]
    answers = {"year": 2027, "planned": entries, "more_costs": [{"cost_row": 9, "cost_quantity": 2}]}

    def read(db: Connection) -> DraftFacts:
        units = unit_tree(db).on(local_day(gv.now))
        return draft_facts.read(answers, units["P10"], units)

    facts = gv.database.read(read)
    assert [(row["women"], row["men"], row["partners"], row["site"]) for row in facts.rows] == [(0, 0, "", "")] * 3
    assert [(cost["row"], cost["quantity"], cost["rate"], cost["amount"]) for cost in facts.costs] == [
        *((2, 0, 0, 0), (3, 3, 1000, 3000), (3, 2, 0, 0)),
    ]
    assert {(cost["item"], cost["measure"], cost["basis"], cost["source"]) for cost in facts.costs} == {
        ("", "", "", Source.OTHER)
    }
    assert draft_facts.amounts_of(answers) == {2: 0, 3: 3000}


def test_a_summary_is_held_against_the_one_that_was_sent_in_its_own_language_only(gv: Town) -> None:
    officer, chair = gv.joined("propagandist", "P10-KP05"), gv.joined("ward_chair", "P10")
    officer.reports()
    week, plan = week_period("2026-W47"), shipped_plan()

    def job(db: Connection) -> None:
        viewer = viewer_of(gv, db, chair.account)
        mine, theirs = (figures_of(db, plan, "P10", week, gv.now, language) for language in ("vi", "en"))
        sent = issued.issue_summary(db, "of the week", viewer.tree["P10"].id, week.code, {"vi": to_json(mine)}, gv.now)
        assert issuing.since_sent(db, viewer, mine) == issuing.Sent(sent.id, mine)
        assert issuing.since_sent(db, viewer, theirs) is None

    gv.database.write(job).result()


def viewer_of(gv: Town, db: Connection, account: str) -> Viewer:
    person = db.scalar(select(t.account.c.person_id).where(t.account.c.external_id == account))
    return Viewer(db, int(person or 0), "", gv.now, shipped_plan().levels.owing)


def test_an_announcement_costs_of_each_bot_whose_messages_are_counted_what_goes_by_it(gv: Town) -> None:
    for number, unit in (("1", "P10-KP01"), ("1", "P10-KP02"), ("2", "P10-KP03")):
        joins(gv, "zalo", number, unit)
    for channel, unit in (("telegram", "P10-KP04"), ("web", "P10-KP05")):
        joins(gv, channel, "bot", unit)
    chair = gv.joined("ward_chair", "P10")

    def job(db: Connection) -> None:
        bots.introduce(db, "zalo", "1", "Gò Vấp 1")
        month = usage.month_of(gv.now)
        usage.add(db, "zalo", "2", month, sent=7)
        viewer = viewer_of(gv, db, chair.account)
        seen = announcing.preview(db, viewer, Wanted("P10", Audience.WITHIN, ("P10",), "Họp"), gv.now)
        assert isinstance(seen, announcing.Preview)
        assert (seen.people, seen.unreached) == (5, 0)
        assert {(cost.bot, cost.people, cost.usage.sent) for cost in seen.costs} == {
            *(("Gò Vấp 1", 2, usage.of(db, "zalo", "1", month).sent), ("2", 1, usage.of(db, "zalo", "2", month).sent)),
        }
        assert usage.of(db, "zalo", "2", month).sent >= 7

    gv.database.write(job).result()


def joins(gv: Town, channel: str, bot: str, unit: str) -> None:
    officer = gv.stranger(channel=channel)
    officer.bot = bot
    officer.says(f"/start {gv.invitation('propagandist', unit)}")
    officer.taps("Tôi đồng ý, bắt đầu")


def test_what_waits_for_a_chat_that_ended_wakes_the_other_one(gv: Town) -> None:
    """Whoever follows commits hears of the chat that the messages are in now, and of none if nothing was moved."""
    first, other = gv.joined("propagandist", "P10-KP05"), gv.stranger()

    def job(db: Connection) -> list[int]:
        old = db.execute(select(t.account).where(t.account.c.external_id == first.account)).one()
        new = accounts.add_account(db, old.person_id, "web", "bot", other.account, gv.now)
        db.info.pop("touched", None)
        outbox.move_waiting(db, old.person_id, old.id, new)
        assert "touched" not in db.info
        notices.notify(db, old.person_id, Outgoing("Xin chào"), gv.now)
        db.info.pop("touched", None)
        there = db.scalar(select(t.outbox.c.account_id).order_by(t.outbox.c.id.desc()).limit(1))
        source, target = (old.id, new) if there == old.id else (new, old.id)
        outbox.move_waiting(db, old.person_id, source, target)
        assert db.info["touched"] == [target]
        return [target, int(db.scalar(select(t.outbox.c.account_id).order_by(t.outbox.c.id.desc()).limit(1)) or 0)]

    target, moved_to = gv.database.write(job).result()
    assert target == moved_to
