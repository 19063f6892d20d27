"""Gives a period's figures as files, and sends the chairs of a unit their own ones."""

from handlers import menu
from handlers.context import Replies, Turn
from handlers.figures import issuing
from handlers.figures.asked import asked_of
from handlers.filing import apology, order_file
from messages import Choice, Outgoing
from messages.actions import Export, Issue, ShareOut, Summary, choice
from messages.actions.base import YES
from periods.period import Period
from reports.wording import period_text
from services import exporting, ordering
from services.exporting import ForChair
from services.results import Refused

SHARED_FORM = "xlsx"
"""Chairs get a workbook: it opens on a phone."""


def export(turn: Turn, pressed: Export) -> Replies:
    """Have a file of a unit's period made."""
    asked = asked_of(turn, pressed.unit, pressed.period)
    if asked is None:
        return menu.show_menu(turn)
    unit, period = asked
    found = exporting.exported(turn.viewer, unit, period, pressed.form, turn.language)
    if isinstance(found, Refused):
        return menu.show_menu(turn)
    again, back = Export(unit, period, pressed.form), choice(Summary(unit, period), turn.say("Summary"))
    issue = issuing.offer(turn, unit, Issue(unit, period, pressed.form), found)
    return order_file(turn, found, again=again, after=(*issue, back))


def share_out(turn: Turn, pressed: ShareOut) -> Replies:
    """Say first who would get a file; after a yes have them made, one for each unit."""
    asked = asked_of(turn, pressed.unit, pressed.period)
    if asked is None:
        return menu.show_menu(turn)
    unit, period = asked
    chairs = exporting.chairs_in(turn.db, turn.viewer, unit, period, SHARED_FORM)
    if isinstance(chairs, Refused):
        return menu.show_menu(turn)
    back = choice(Summary(unit, period), turn.say("Summary"))
    if not chairs:
        text = turn.say("No chair has joined yet, so there is nobody to send it to.")
        return [Outgoing(text, (back, *menu.back_to_menu(turn)))]
    if pressed.sure != YES:
        return [_asked(turn, unit, period, chairs, back)]
    sent = [chair for chair in chairs if _send(turn, chair, period)]
    if not sent:
        text = turn.say("They have got it a moment ago; the same file is sent again after an hour at the earliest.")
        return [Outgoing(text, (back, *menu.back_to_menu(turn)))]
    text = turn.say.plural(
        "Done: {n} person gets the file of their own unit in a moment.",
        "Done: {n} people get the file of their own unit in a moment.",
        len(sent),
    )
    return [Outgoing(text, (back, *menu.back_to_menu(turn)), lasting=True)]


def _asked(turn: Turn, unit: str, period: Period, chairs: list[ForChair], back: Choice) -> Outgoing:
    say, tree = turn.say, turn.viewer.tree
    there = {each.unit for each in chairs}
    silent = [below.name for below in tree.chaired(unit) if below.code not in there]
    head = say.plural(
        "Send {n} person the workbook of {period}, each of their own unit only?",
        "Send {n} people the workbook of {period}, each of their own unit only?",
        len(chairs),
        period=period_text(say, period),
    )
    lines = [head, say("Units: {units}", units=", ".join(sorted({tree[each].name for each in there})))]
    if silent:
        lines.append(say("Nobody has joined for: {units}", units=", ".join(silent)))
    yes = choice(ShareOut(unit, period, YES), say("Send to {count}", count=len(chairs)))
    return Outgoing("\n".join(lines), (yes, back, *menu.back_to_menu(turn)))


def _send(turn: Turn, chair: ForChair, period: Period) -> bool:
    theirs = turn.speaking(chair.language)
    again = Export(chair.unit, period, SHARED_FORM)
    after = (choice(Summary(chair.unit, period), theirs.say("Summary")), *menu.back_to_menu(theirs))
    return ordering.send_to(
        turn.db,
        chair.person_id,
        chair.document,
        choices=after,
        sorry=apology(theirs, chair.document, again),
        now=turn.now,
    )
