"""Writes the sample's autumn into the database, a stretch at a time, as real things are handed in."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from bot.demo.autumn import ASKED, DRAFT, DUE, THEME, Handed, stories
from bot.demo.sample import AUTHOR, PEOPLE
from handlers.context import Forms
from interview import Form
from periods.days import local_day
from plan.model import Plan
from rules.handing import How, Takes
from scheduler import themes
from services import draft_plans
from services.handing import OBLIGATION
from services.projections import project
from storage import tables as t
from storage.db import settings
from storage.directory.units import UnitTree, unit_tree
from storage.records import obligations, submissions
from storage.records.obligations import Owed

TOLD_SETTING = "demo_autumn_told"
OFTEN_ENOUGH = timedelta(hours=1)
"""What is handed in may be there so much later."""


def tell(db: Connection, plan: Plan, forms: Forms, now: datetime) -> None:
    """Store what was handed in since this was last done; the first time also what is owed, and the month's theme."""
    said = settings.kept(db, TOLD_SETTING)
    since = datetime.fromisoformat(said) if said else None
    if since is not None and now - since < OFTEN_ENOUGH:
        return
    if since is None:
        _begin(db, plan)
    coming = [each for each in stories() if each.at <= now and (since is None or each.at > since)]
    if coming:
        tree = unit_tree(db)
        form = forms.current(DRAFT, tree.on(local_day(now)))
        forms.keep(db, form, now)
        for each in coming:
            _hand_in(db, plan, form, tree, each)
    settings.keep(db, TOLD_SETTING, now.isoformat())


def _begin(db: Connection, plan: Plan) -> None:
    for kind, due_on in DUE.items():
        roles = plan.duties[kind].roles
        units = [unit.id for unit in unit_tree(db).on(due_on).with_role(*roles)]
        obligations.write_down(db, units, (kind,), due_on)
    units_of_day = unit_tree(db).on(local_day(ASKED.at))
    row = obligations.ask(db, ASKED.title, Takes.BOTH, ASKED.due_on, _secretary(db), ASKED.at)
    obligations.write_down_ad_hoc(db, row, [units_of_day[code].id for code in ASKED.units], ASKED.due_on)
    themes.keep(db, 2020, THEME)


def _hand_in(db: Connection, plan: Plan, form: Form, tree: UnitTree, story: Handed) -> None:
    unit = tree.on(local_day(story.at))[story.unit]
    due_on = DUE.get(story.kind, ASKED.due_on)
    of_day = obligations.due_between(db, [unit.id], due_on, due_on)
    asked = next((each.kind for each in of_day if each.title == ASKED.title), "")
    owed = next(each for each in of_day if each.kind == (story.kind or asked))
    if not story.rows:
        _on_paper(db, owed, story)
        return
    answers = {
        OBLIGATION: str(owed.id),
        "year": str(due_on.year + 1),
        "level": str(unit.level),
        "unit": unit.code,
        "ward": unit.code if unit.code.startswith("P") else "",
        "planned": [dict(row) for row in story.rows],
    }
    author = db.scalars(select(t.person.c.id).where(t.person.c.name == AUTHOR)).one()
    draft = submissions.store_sample(
        db,
        form=(form.id, form.version),
        person_id=author,
        unit_id=unit.id,
        answers=answers,
        projected=project(form.id, answers, unit, tree, local_day(story.at)),
        sent_at=story.at,
    )
    obligations.sent(db, owed.id, draft, author, story.at, story.at)
    report = submissions.find(db, draft)
    assert report is not None  # noqa: S101 (it has just been stored)
    draft_plans.compare(db, plan, report, story.at)


def _on_paper(db: Connection, owed: Owed, story: Handed) -> None:
    taken = _secretary(db)
    obligations.mark_done(db, owed.id, owed.revision, taken, story.at, how=How.PAPER)
    obligations.write_note(db, owed.id, owed.revision + 1, taken, story.note, story.at)


def _secretary(db: Connection) -> int:
    """The person whose phone is the secretariat's."""
    name = PEOPLE[-1][2]
    return int(db.scalars(select(t.person.c.id).where(t.person.c.name == name)).one())
