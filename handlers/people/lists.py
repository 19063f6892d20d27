"""Takes a list of people to invite that is sent in the chat: tells whom it invites, and invites them after one yes."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection

from handlers import menu
from handlers.context import Replies, Turn, World
from handlers.filing import have_made
from handlers.people import giving_out
from handlers.people.titles import role_title
from handlers.reports.reporting import keep_file
from handlers.sent_tables import is_table, left_out
from locales import Say, texts
from messages import Choice, File, Outgoing
from messages.actions import Invite, InviteListed, LeaveList, Menu, Participants, PassOnCodes, PrintCards, choice
from periods.days import local_day
from reports.files.invitees import INVITEES, document_of
from reports.wording import day_text
from rules.roles import ABOVE, Role
from scheduler.filing import Read
from services.directory import lists
from services.directory.inviting import Made, Prospect
from services.limits import LARGEST_LIST
from services.results import Refused
from services.viewer import Viewer
from storage.delivery.file_orders import OrderInHand
from storage.directory import persons
from storage.records import attachments

PLACES = 20
"""Wards in a message."""


def is_list(turn: Turn, file: File) -> bool:
    """Whether a file may be a list, sent by somebody who invites people."""
    return is_table(file) and turn.viewer.holds(*ABOVE)


def take(turn: Turn, file: File) -> Replies:
    """Have a list read; what it says comes as a message of its own."""
    say = turn.say
    if file.size > LARGEST_LIST:
        text = say("This list is too large for me: please send only the sheet with the names, up to 2 MB.")
        return [Outgoing(text, menu.back_to_menu(turn))]
    attachment = int(keep_file(turn, file).ref)
    inside = "" if turn.viewer.holds(Role.SECRETARIAT) else turn.viewer.units[0]
    document = document_of(attachment, file.name[:120], inside, turn.language)
    if why_not := have_made(turn, document, again=Invite(), attachment_id=attachment):
        return [Outgoing(why_not, menu.back_to_menu(turn))]
    return [Outgoing(say("I am reading {name}, and tell you in a moment whom it invites.", name=file.name))]


def readers(world: World) -> Mapping[str, Read]:
    """What is said of lists that were read, by the kind of their document."""
    return {INVITEES: partial(_told, world)}


def _told(world: World, db: Connection, order: OrderInHand, read: Mapping[str, Any], now: datetime) -> Outgoing:
    """Say what a list would do, and keep it until the answer. The file itself is forgotten."""
    person = persons.find_person(db, order.person_id)
    viewer = Viewer(db, order.person_id, person.name, now, world.plan.levels.owing)
    attachments.drop(db, int(order.document.data["attachment"]))
    lists.keep(db, order.id, read)
    say, wanted = texts(person.language), lists.look_at(db, viewer, read["people"], world.seal)
    lines = [*_whom(say, viewer, order.document.name, wanted), *_left_out(say, read)]
    return Outgoing("\n".join(lines), _offers(say, order.id, wanted), lasting=True)


def _whom(say: Say, viewer: Viewer, name: str, wanted: Prospect) -> Iterable[str]:
    count = len(wanted.to_invite)
    yield say.plural("“{name}” invites {n} person.", "“{name}” invites {n} people.", count, name=name)
    tree = viewer.tree
    by_place = Counter((tree.ward_around(person.unit) or tree.root).name for person in wanted.to_invite)
    if len(by_place) > 1:
        yield " · ".join(f"{place}: {n}" for place, n in list(by_place.items())[:PLACES])
    by_role = Counter(role_title(say, person.role) for person in wanted.to_invite)
    if len(by_role) > 1:
        yield " · ".join(f"{role}: {n}" for role, n in by_role.items())
    if unnamed := sum(not person.name for person in wanted.to_invite):
        yield say("Without a name yet, so invited by their unit alone: {n}", n=unnamed)
    if wanted.again:
        yield say("Their code is over, so they get a new one: {n}", n=len(wanted.again))
    if wanted.kept:
        yield say("Invited already, the code that waits stays: {n}", n=len(wanted.kept))
    if wanted.joined:
        yield say("Here already, so left alone: {n}", n=len(wanted.joined))


def _left_out(say: Say, read: Mapping[str, Any]) -> Iterable[str]:
    yield from left_out(
        say, read, lambda n: say.plural("{n} row is not understood:", "{n} rows are not understood:", n)
    )
    if read["problems"] and read["people"]:
        yield say("Invite the others now, and send the mended list later: whoever has a code keeps it.")
    elif read["problems"]:
        yield say("Please mend the list and send it again.")


def _offers(say: Say, list_id: int, wanted: Prospect) -> tuple[Choice, ...]:
    menu_choice = choice(Menu(), say("Menu"))
    if wanted.to_invite:
        yes = say.plural("Yes, invite {n} person", "Yes, invite {n} people", len(wanted.to_invite))
        return (choice(InviteListed(list_id), yes, say("invite")), choice(LeaveList(list_id), say("No, leave it")))
    if wanted.kept:
        return (
            choice(PrintCards(), say("Cards to print")),
            choice(PassOnCodes(), say("Texts to send on")),
            menu_choice,
        )
    return (menu_choice,)


def invite(turn: Turn, pressed: InviteListed) -> Replies:
    """Make the invitations, and offer what brings them to people: cards to print, and texts to send on."""
    made = lists.invite_listed(turn.db, turn.viewer, pressed.list, turn.world.chance, turn.world.seal)
    say = turn.say
    if isinstance(made, Refused):
        text = say("That list was answered already, or I no longer have it. Please send it again if it is needed.")
        return [Outgoing(text, (choice(Participants(), say("Who has come")), *menu.back_to_menu(turn)))]
    place = _one_place(turn, made)
    offers = (
        *(giving_out.offer(turn) if place is None else ()),
        choice(PrintCards(place), say("Cards to print")),
        choice(PassOnCodes(place), say("Texts to send on")),
        choice(Participants(unit=place), say("Who has come")),
    )
    text = say.plural(
        "{n} invitation is ready, until {day}. How does it get to its person?",
        "{n} invitations are ready, until {day}. How do they get to their people?",
        len(made),
        day=day_text(local_day(max(invitation.expires for invitation in made))),
    )
    return [Outgoing(text, (*offers, *menu.back_to_menu(turn)), lasting=True)]


def _one_place(turn: Turn, made: Iterable[Made]) -> str | None:
    """The ward in which all of them are; `None` if there are several."""
    tree = turn.viewer.tree
    places = {(tree.ward_around(each.person.unit) or tree.root).code for each in made}
    return places.pop() if len(places) == 1 else None


def leave(turn: Turn, pressed: LeaveList) -> Replies:
    """Forget the list; nobody is invited."""
    lists.drop(turn.db, turn.viewer, pressed.list)
    return menu.show_menu(turn, greeting=turn.say("Nobody is invited, and I keep nothing of the list."))
