"""Takes the workbook of a draft plan in the middle of its form: shows the rows, and fills the form in after one yes."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection

from handlers.context import Replies, Turn, World
from handlers.filing import have_made
from handlers.obligations import handing_in
from handlers.reports import interviewing
from handlers.reports.reporting import keep_file
from handlers.sent_tables import is_table, left_out
from interview import from_json, values
from locales import Say, texts
from messages import Choice, File, Outgoing
from messages.actions import DueNow, HandIn, TakeSheet, choice
from plan.form_names import PLAN_DRAFT
from plan.model import Plan
from reports.amounts import dong
from reports.files.draft_sheets import DRAFT_SHEET, document_of
from scheduler.filing import Read
from services.draft_facts import amounts_of
from services.handing import OBLIGATION
from services.limits import LARGEST_LIST
from storage.conversation.turns import OpenInterview
from storage.delivery import file_orders
from storage.delivery.file_orders import OrderInHand
from storage.directory import persons
from storage.records import attachments

ROWS = 15
"""Activities in a message."""


def is_sheet(turn: Turn, file: File) -> bool:
    """Whether a file may be the draft whose form is open, with nothing planned yet: later it is handed in beside."""
    opened = turn.interview
    if opened is None or opened.form_id != PLAN_DRAFT or opened.corrects is not None:
        return False
    return is_table(file) and not any(entry.get("content") for entry in _values(turn, opened).get("planned") or ())


def _values(turn: Turn, opened: OpenInterview) -> Mapping[str, Any]:
    return values(interviewing.form_of(turn, opened), from_json(opened.state), turn.now)


def take(turn: Turn, file: File) -> Replies:
    """Have the workbook read; what it says comes as a message of its own."""
    say, opened = turn.say, turn.interview
    assert opened is not None  # noqa: S101 (its form is open)
    if file.size > LARGEST_LIST:
        text = say("This workbook is too large for me: please send only the sheet with the draft, up to 2 MB.")
        return interviewing.repeat(turn, opened, text)
    obligation = int(_values(turn, opened).get(OBLIGATION) or 0)
    attachment = int(keep_file(turn, file).ref)
    document = document_of(attachment, file.name[:120], obligation, turn.language)
    if why_not := have_made(turn, document, again=HandIn(obligation), attachment_id=attachment):
        return interviewing.repeat(turn, opened, why_not)
    return [Outgoing(say("I am reading {name}, and show you its rows in a moment.", name=file.name))]


def readers(world: World) -> Mapping[str, Read]:
    """What is said of drafts that were read, by the kind of their document."""
    return {DRAFT_SHEET: partial(_told, world)}


def _told(world: World, db: Connection, order: OrderInHand, read: Mapping[str, Any], _now: datetime) -> Outgoing:
    """Show what a workbook says, and keep it until the answer. The file itself is forgotten."""
    person = persons.find_person(db, order.person_id)
    attachments.drop(db, int(order.document.data["attachment"]))
    file_orders.note(db, order.id, {name: read[name] for name in ("obligation", "planned", "more_costs")})
    say = texts(person.language)
    lines = [*_rows(say, world.plan, order.document.name, read), *_left_out(say, read)]
    return Outgoing("\n".join(lines), tuple(_offers(say, order.id, read)), lasting=True)


def _rows(say: Say, plan: Plan, name: str, read: Mapping[str, Any]) -> Iterator[str]:
    planned, amounts = read["planned"], amounts_of(read)
    yield say.plural(
        "“{name}” plans {n} activity, {sum} in all.",
        "“{name}” plans {n} activities, {sum} in all.",
        len(planned),
        name=name,
        sum=dong(sum(amounts.values())),
    )
    begins = _begins(say, read)
    for at, entry in enumerate(planned[:ROWS], 1):
        yield from begins.get(at, ())
        parts = [
            entry["content"],
            plan.name(entry["group"], say.language) if "group" in entry else "",
            say("month {month}", month=entry["month"]) if "month" in entry else "",
            dong(amounts[at]) if at in amounts else "",
        ]
        yield f"{at}. {' · '.join(part for part in parts if part)}"
    if len(planned) > ROWS:
        yield say("… and {n} more", n=len(planned) - ROWS)


def _begins(say: Say, read: Mapping[str, Any]) -> Mapping[int, tuple[str]]:
    """Where several sheets were read, a line for each, by the number of its first activity."""
    lines, at = dict[int, tuple[str]](), 1
    for sheet, n in read["sheets"] if len(read["sheets"]) > 1 else ():
        if n:
            lines[at] = (say("Sheet {sheet}:", sheet=sheet),)
        at += n
    return lines


def _left_out(say: Say, read: Mapping[str, Any]) -> Iterator[str]:
    if read["others"]:
        yield say("Not read, since the column “Nội dung” is missing there: {sheets}", sheets=", ".join(read["others"]))
    yield from left_out(
        say, read, lambda n: say.plural("{n} cell is not understood:", "{n} cells are not understood:", n)
    )
    if read["problems"]:
        yield say("Mend the workbook and send it again, or take the rows: I ask for what is missing.")


def _offers(say: Say, order_id: int, read: Mapping[str, Any]) -> Iterable[Choice]:
    if read["planned"]:
        yield choice(TakeSheet(order_id), say("Yes, take these rows"))
    yield choice(HandIn(read["obligation"]), say("No, fill in the form"))
    yield choice(DueNow(), say("What is due"))


def use(turn: Turn, pressed: TakeSheet) -> Replies:
    """Fill the form in with the rows of a workbook that this person sent; what is missing is asked."""
    read = file_orders.read_of(turn.db, pressed.order, turn.person_id, DRAFT_SHEET) or {}
    rows = {name: read.get(name) or [] for name in ("planned", "more_costs")}
    return handing_in.begin(turn, HandIn(int(read.get("obligation") or 0)), rows)
