"""Shows the people of one's own units: who takes part, since when; and ends a role."""

from collections.abc import Iterator

from handlers import menu
from handlers.context import Replies, Turn
from handlers.people.titles import role_title
from messages import Choice, Outgoing
from messages.actions import YES, EndChats, EndRole, HandOver, Invite, MakeInvitation, Me, Staff, ViewMember, choice
from periods.days import local_day
from reports.wording import day_text
from rules.roles import Role
from services.access import may_end
from services.directory import staff
from services.results import Refusal, Refused
from storage.delivery.notices import notify
from storage.directory.staff import Member
from storage.directory.units import Unit
from storage.records import lists

PAGE = 8


def show_staff(turn: Turn, pressed: Staff, *, intro: str = "") -> Replies:
    """Show who takes part in a unit and all in it; of the root only its own offices, if others have chairs."""
    if pressed.unit is None and turn.viewer.holds(Role.SECRETARIAT) and len(places := staff.places(turn.viewer)) > 1:
        return _choose_place(turn, places, intro)
    home = turn.viewer.home
    assert home is not None  # noqa: S101 (its roles are checked before a handler runs)
    unit, page = pressed.unit or home.unit, pressed.page
    members = staff.members(turn.db, turn.viewer, unit, offset=page * PAGE, limit=PAGE + 1)
    say, name = turn.say, turn.viewer.tree.title(unit)
    head = say("Who takes part, {unit}:", unit=name) if members else say("Nobody takes part yet, {unit}.", unit=name)
    offers = [
        choice(
            ViewMember(member.assignment_id),
            f"{turn.viewer.tree.name_in(turn.viewer.tree[member.unit], unit)} · {member.name}",
        )
        for member in members[:PAGE]
    ]
    if len(members) > PAGE:
        offers.append(choice(Staff(unit, page + 1), say("More →")))
    offers.append(choice(Invite(), say("Invite someone")))
    return [Outgoing(f"{intro}\n\n{head}".strip(), (*offers, *menu.back_to_menu(turn)))]


def _choose_place(turn: Turn, places: list[Unit], intro: str) -> Replies:
    offers = tuple(choice(Staff(unit.code), unit.name) for unit in places)
    text = f"{intro}\n\n{turn.say('Whose people?')}".strip()
    return [Outgoing(text, (*offers, *menu.back_to_menu(turn)))]


def show_member(turn: Turn, pressed: ViewMember) -> Replies:
    """Show one of those who take part, and what this person may do about it."""
    member = staff.find(turn.db, turn.viewer, pressed.assignment)
    if member is None:
        return show_staff(turn, Staff())
    say = turn.say
    used = day_text(local_day(member.last_used_at)) if member.last_used_at else say("never")
    lines = [
        member.name,
        say("{role}, {unit}", role=role_title(say, member.role), unit=turn.viewer.tree.title(member.unit)),
        say("Takes part since {day}, last here: {used}", day=day_text(local_day(member.since)), used=used),
        say.plural("{n} report sent", "{n} reports sent", lists.count_by_person(turn.db, member.person_id)),
    ]
    offers = list(_deeds(turn, member)) if may_end(turn.viewer, member) else []
    return [Outgoing("\n".join(lines), (*offers, choice(Staff(), say("Who takes part")), *menu.back_to_menu(turn)))]


def _deeds(turn: Turn, member: Member) -> Iterator[Choice]:
    """What those above may do about one of their people."""
    yield choice(HandOver(member.assignment_id), turn.say("Hand over to somebody else"))
    yield choice(EndChats(member.assignment_id), turn.say("Lost the phone: end the chats"))
    yield choice(EndRole(member.assignment_id), turn.say("Has left: end this role"))


def end_role(turn: Turn, pressed: EndRole) -> Replies:
    """Ask first; then end the role and tell its holder."""
    if pressed.sure != YES:
        member = staff.hold_to_end(turn.db, turn.viewer, pressed.assignment)
        return _not_ended(turn, member) if isinstance(member, Refused) else _ask(turn, member)
    result = staff.end_role(turn.db, turn.viewer, pressed.assignment, turn.now)
    if isinstance(result, Refused):
        return _not_ended(turn, result)
    say, member = turn.say, result.member
    _tell(turn, member)
    again = (
        choice(HandOver(member.assignment_id), say("Name who takes over")),
        choice(MakeInvitation(member.role, member.unit), say("Invite someone")),
    )
    text = say("Done. {unit} can have somebody else now.", unit=turn.viewer.tree.title(member.unit))
    return [Outgoing(text, (*again, choice(Staff(), say("Who takes part")), *menu.back_to_menu(turn)), lasting=True)]


def _not_ended(turn: Turn, refusal: Refused) -> Replies:
    if refusal.why is Refusal.NOT_THEIRS:
        return show_staff(turn, Staff())
    return show_staff(turn, Staff(), intro=turn.say("I find no such role any more: it may have ended meanwhile."))


def _ask(turn: Turn, member: Member) -> Replies:
    say = turn.say
    text = say(
        "End the role of {name}, {unit}? They will no longer be reminded and can no longer report there. "
        "What they reported stays.",
        name=member.name,
        unit=turn.viewer.tree.title(member.unit),
    )
    yes = choice(EndRole(member.assignment_id, YES), say("Yes, end it"), say("end"))
    instead = choice(HandOver(member.assignment_id), say("Hand over to somebody else"))
    return [Outgoing(text, (yes, instead, choice(ViewMember(member.assignment_id), say("No, keep it"))))]


def _tell(turn: Turn, member: Member) -> None:
    say = turn.speaking_to(member.person_id).say
    text = say(
        "Your role as {role}, {unit}, has ended. Thank you for your work! If that is a mistake, please ask whoever "
        "invited you for a new invitation.",
        role=role_title(say, member.role),
        unit=turn.viewer.tree.title(member.unit),
    )
    notify(turn.db, member.person_id, Outgoing(text, (choice(Me(), say("My data")),)), turn.now)
