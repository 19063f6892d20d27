"""Tells those whom a handover concerns: the successor is greeted with what is open, the one before is thanked."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import partial

from sqlalchemy import Connection

from handlers.people.titles import role_title
from handlers.reports.digests import days
from locales import Say, texts
from messages import Outgoing
from messages.actions import Drafts, DueNow, Me, Menu, NewReport, View, choice
from periods.days import local_day
from plan.model import Plan
from reports.wording import week_text
from scheduler.slices import Task
from services.directory import handing_over
from services.directory.handing_over import HandedOver, Open
from services.viewer import Viewer
from storage.delivery.notices import notify
from storage.directory import handovers, persons

MOST_RETURNED = 3
"""Returned reports with a button each; "my reports" has all of them."""


def tasks(plan: Plan, now: datetime) -> Iterator[Task]:
    """List what a tick does about handovers: nothing, unless somebody has come by a code that was left."""
    yield Task(handovers.arrived, partial(_arrive, plan=plan, now=now))


def _arrive(db: Connection, ids: Sequence[int], plan: Plan, now: datetime) -> None:
    for handed in handing_over.arrive(db, ids, now):
        tell(db, plan, handed, now)


def name_of(db: Connection, person_id: int) -> str:
    return persons.find_person(db, person_id).name


def tell(db: Connection, plan: Plan, handed: HandedOver, now: datetime, *, but: int = 0) -> None:
    """Tell the successor, the one before, and whoever let the role go; `but` knows already."""
    person = persons.find_person(db, handed.to)
    viewer = Viewer(db, handed.to, person.name, now, plan.levels.owing)
    unit = viewer.tree.title(handed.giver.unit)
    waiting = handing_over.open_things(db, viewer, handed.giver.unit_id)
    notify(db, handed.to, _greeting(texts(person.language), waiting, handed, unit, local_day(now)), now)
    for told in {handed.giver.person_id, handed.by} - {but, handed.to}:
        say = texts(persons.find_person(db, told).language)
        notify(db, told, _gone(say, handed, unit, person.name, is_giver=told == handed.giver.person_id), now)


def _gone(say: Say, handed: HandedOver, unit: str, name: str, *, is_giver: bool) -> Outgoing:
    role = role_title(say, handed.giver.role)
    if is_giver:
        text = say(
            "{name} is {role}, {unit} now, and has all that was open. Thank you for your work! Your name and your data "
            "stay yours: /toi shows, corrects or deletes them.",
            name=name,
            role=role,
            unit=unit,
        )
        return Outgoing(text, (choice(Me(), say("My data")), choice(Menu(), say("Menu"))))
    text = say("{name} has come and is {role}, {unit} now.", name=name, role=role, unit=unit)
    return Outgoing(text, (choice(Menu(), say("Menu")),))


def _greeting(say: Say, waiting: Open, handed: HandedOver, unit: str, today: date) -> Outgoing:
    """Say what the successor has now, and each thing that waits, with its button."""
    lines = [
        say(
            "You are {role}, {unit} now; {name} has handed it over to you.",
            role=role_title(say, handed.giver.role),
            unit=unit,
            name=handed.giver.name,
        ),
        *_waiting(say, waiting, handed),
    ]
    if len(lines) == 1:
        lines.append(say("Nothing is open. What was reported so far stands under “My reports”."))
    offers = [
        *(
            choice(View(report.id), say("Returned: {day}", day=days(report, today)))
            for report in waiting.returned[:MOST_RETURNED]
        ),
        *([choice(Drafts(), say("The drafts"))] if waiting.has_drafts else []),
        *([choice(NewReport(), say("Report now"))] if waiting.weeks else []),
        *([choice(DueNow(), say("What is due"))] if waiting.duties else []),
        choice(Menu(), say("Menu")),
    ]
    return Outgoing("\n".join(lines), tuple(offers), lasting=True)


def _waiting(say: Say, waiting: Open, handed: HandedOver) -> Iterator[str]:
    if handed.drafts:
        yield say.plural("• {n} draft, begun and not sent", "• {n} drafts, begun and not sent", handed.drafts)
    if waiting.returned:
        yield say.plural(
            "• {n} report was returned and is to be corrected",
            "• {n} reports were returned and are to be corrected",
            len(waiting.returned),
        )
    for owing in waiting.weeks:
        yield say("• the report of {week}, not sent yet", week=week_text(say, owing.week))
    if waiting.duties:
        yield say.plural("• {n} thing to be handed in", "• {n} things to be handed in", len(waiting.duties))
