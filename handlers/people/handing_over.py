"""Hands a role over in chat: to somebody who takes part already, or by a code that is left for a successor."""

from handlers import menu
from handlers.context import Replies, Turn
from handlers.people import successors
from handlers.people.links import link_of
from handlers.people.titles import role_title
from messages import MAX_NAME, Choice, Outgoing
from messages.actions import YES, HandOver, HandOverTo, LeaveCode, Me, choice
from periods.days import local_day
from reports.pictures.invitation import invitation_card
from reports.wording import day_text
from services.directory import handing_over
from services.directory.codes import written
from services.directory.handing_over import CodeLeft
from services.results import Refused
from storage.directory.staff import Member

PAGE = 6


def show(turn: Turn, pressed: HandOver) -> Replies:
    """Ask to whom a role goes: somebody near who takes part, or somebody new, by a code."""
    if not pressed.assignment:
        return _which(turn)
    member = handing_over.hold(turn.db, turn.viewer, pressed.assignment)
    return _gone(turn) if isinstance(member, Refused) else _to_whom(turn, member, pressed.page)


def _which(turn: Turn) -> Replies:
    """Ask which of one's own roles goes; a single one needs no question."""
    own = handing_over.own_roles(turn.db, turn.viewer)
    if len(own) == 1:
        return _to_whom(turn, own[0], 0)
    if not own:
        return menu.show_menu(turn)
    offers = tuple(choice(HandOver(member.assignment_id), role_of(turn, member)) for member in own)
    return [Outgoing(turn.say("Which of your roles do you hand over?"), (*offers, *menu.back_to_menu(turn)))]


def role_of(turn: Turn, member: Member) -> str:
    """Name a role as people do: "cán bộ tuyên truyền, Khu phố 5, Phường 10"."""
    say, unit = turn.say, turn.viewer.tree.title(member.unit)
    return say("{role}, {unit}", role=role_title(say, member.role), unit=unit)


def _to_whom(turn: Turn, member: Member, page: int) -> Replies:
    say, row = turn.say, member.assignment_id
    near = handing_over.successors(turn.db, turn.viewer, row, offset=page * PAGE, limit=PAGE + 1)
    text = say(
        "Who takes over from {name} as {role}? Drafts, returned reports, what is due and the reports so far go along. "
        "Choose somebody who takes part already; for somebody new write: hand over to Nguyễn Thị Lan – and I make a "
        "code for that person.",
        name=member.name,
        role=role_of(turn, member),
    )
    offers = [choice(HandOverTo(row, other.person_id), _label(turn, other)) for other in near[:PAGE]]
    if len(near) > PAGE:
        offers.append(choice(HandOver(row, page + 1), say("More →")))
    offers.append(choice(LeaveCode(row), say("Somebody new: make a code")))
    return [Outgoing(text, (*offers, *menu.back_to_menu(turn)))]


def _label(turn: Turn, member: Member) -> str:
    return f"{member.name} · {turn.viewer.tree.title(member.unit)}"


def _gone(turn: Turn) -> Replies:
    return menu.show_menu(turn, greeting=turn.say("I find no such role any more: it may have ended meanwhile."))


def to_person(turn: Turn, pressed: HandOverTo) -> Replies:
    """Ask first; then the role is the other person's, and both are told."""
    if pressed.sure != YES:
        return _ask(turn, pressed)
    result = handing_over.hand_over(turn.db, turn.viewer, pressed.assignment, pressed.person, turn.now)
    if isinstance(result, Refused):
        return _gone(turn)
    successors.tell(turn.db, turn.plan, result, turn.now, but=turn.person_id)
    say, name = turn.say, successors.name_of(turn.db, result.to)
    text = say(
        "Done: {name} is {role} now, and has been told what is open.", name=name, role=role_of(turn, result.giver)
    )
    return [Outgoing(text, _afterwards(turn, result.giver), lasting=True)]


def _afterwards(turn: Turn, giver: Member) -> tuple[Choice, ...]:
    """What somebody can do who has just let a role go, their own or another person's."""
    own = giver.person_id == turn.person_id
    mine = (choice(Me(), turn.say("My data")),) if own else ()
    return (*mine, *menu.back_to_menu(turn))


def _ask(turn: Turn, pressed: HandOverTo) -> Replies:
    member = handing_over.hold(turn.db, turn.viewer, pressed.assignment)
    other = handing_over.successor(turn.db, turn.viewer, pressed.assignment, pressed.person)
    if isinstance(member, Refused) or other is None:
        return _gone(turn)
    say = turn.say
    text = say(
        "{name} becomes {role} now, and the role of {giver} ends. Shall I do it?",
        name=other.name,
        role=role_of(turn, member),
        giver=member.name,
    )
    yes = choice(HandOverTo(pressed.assignment, pressed.person, YES), say("Yes, hand over"), say("hand over"))
    return [
        Outgoing(text, (yes, choice(HandOver(pressed.assignment), say("No, somebody else")), *menu.back_to_menu(turn)))
    ]


def leave_code(turn: Turn, pressed: LeaveCode) -> Replies:
    """Leave a code for somebody whose name is not known yet."""
    return _left(turn, pressed.assignment, "")


def take_name(turn: Turn, name: str) -> Replies:
    """Leave a code for somebody of a name, after "bàn giao cho Nguyễn Thị Lan"."""
    row = next((action.assignment for action in turn.offered_actions if isinstance(action, LeaveCode)), 0)
    own = [] if row else handing_over.own_roles(turn.db, turn.viewer)
    if not row and len(own) != 1:
        return _which(turn)
    return _left(turn, row or own[0].assignment_id, name[:MAX_NAME])


def _left(turn: Turn, row: int, name: str) -> Replies:
    code = turn.world.chance()
    result = handing_over.leave_code(turn.db, turn.viewer, row, code, name, turn.now)
    return _gone(turn) if isinstance(result, Refused) else [_code(turn, result, code, name)]


def _code(turn: Turn, left: CodeLeft, code: str, name: str) -> Outgoing:
    say, link, role = turn.say, link_of(turn.world.public_url, code), role_of(turn, left.giver)
    last_day = local_day(left.expires)
    whose = say("The code for {name}, who takes over as {role}:", name=name, role=role) if name else ""
    text = say(
        "{whose}\n{code}\n{link}\nFor one person, until {day}. Forward this message. The role goes over with all that "
        "is open once somebody has come by it; until then everything stays as it is.",
        whose=whose or say("The code for whoever takes over as {role}:", role=role),
        code=written(code),
        link=link,
        day=day_text(last_day),
    )
    unit = turn.viewer.tree.title(left.giver.unit)
    picture = invitation_card(link, written(code), role_title(say, left.giver.role), unit, last_day, turn.language)
    return Outgoing(text, menu.back_to_menu(turn), (picture,))
