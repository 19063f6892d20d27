"""Invites in chat: the secretariat and ward chairs make a code, a link and a QR picture for their own units."""

from handlers import menu
from handlers.context import Replies, Turn
from handlers.people.links import link_of
from handlers.people.passing import Passing, with_texts
from handlers.people.titles import role_title
from locales import capital
from messages import Choice, Outgoing
from messages.actions import MANY, Invite, InviteWhere, MakeInvitation, choice
from periods.days import local_day
from plan.inviting import Invitee
from reports.pictures.invitation import invitation_card
from reports.wording import day_text
from rules.roles import Role, may_be_shared
from services.directory import invitations
from services.directory.codes import written
from services.directory.invitations import Issued, Place
from services.directory.inviting import Made
from services.limits import MANY_USES
from services.results import Refused

PAGE = 8


def choose_role(turn: Turn) -> Replies:
    """Ask whom to invite: a chair invites their officers and deputies, the secretariat anybody."""
    titles = {role: role_title(turn.say, role) for role in invitations.roles(turn.viewer)}
    offers = tuple(choice(InviteWhere(role), capital(title)) for role, title in titles.items())
    return [Outgoing(turn.say("Whom would you like to invite?"), (*offers, *menu.back_to_menu(turn)))]


def choose_unit(turn: Turn, pressed: InviteWhere) -> Replies:
    """Offer the units that this person may invite to, a page at a time."""
    role, page, ward = pressed.role, pressed.page, pressed.ward
    if role not in list(Role):
        return choose_role(turn)
    places = invitations.places(turn.viewer, role, ward)
    if len(places) == 1 and page == 0:
        return _at(turn, role, places[0])
    offers = [_offer(turn, role, place, ward) for place in places[page * PAGE : (page + 1) * PAGE]]
    if len(places) > (page + 1) * PAGE:
        offers.append(choice(InviteWhere(role, page + 1, ward), turn.say("More →")))
    question = turn.say("In which unit?") if any(place.many for place in places) else turn.say("For which unit?")
    return [Outgoing(question, (*offers, *menu.back_to_menu(turn)))]


def _offer(turn: Turn, role: str, place: Place, listed: str) -> Choice:
    code = place.unit.code
    then = InviteWhere(role, 0, code) if place.many else MakeInvitation(role, code)
    return choice(then, turn.viewer.tree.name_in(place.unit, listed))


def _at(turn: Turn, role: str, place: Place) -> Replies:
    code = place.unit.code
    return choose_unit(turn, InviteWhere(role, 0, code)) if place.many else make(turn, MakeInvitation(role, code))


def make(turn: Turn, pressed: MakeInvitation) -> Replies:
    """Make the invitation: code, link and picture, to show or forward."""
    role, unit, uses = pressed.role, pressed.unit or "", MANY_USES if pressed.uses == MANY else 1
    fresh, seal = turn.world.chance(), turn.world.seal
    result = invitations.invite(turn.db, turn.viewer, fresh, role=role, unit=unit, uses=uses, now=turn.now, seal=seal)
    return choose_role(turn) if isinstance(result, Refused) else _invitation(turn, result, fresh)


def _invitation(turn: Turn, issued: Issued, code: str) -> Replies:
    """What it is with its picture, then the text for whoever is invited, as a message of its own to be sent on."""
    say, link, unit = turn.say, link_of(turn.world.public_url, code), issued.unit
    last_day = local_day(issued.expires)
    title, place = role_title(say, issued.role), turn.viewer.tree.title(unit.code)
    text = say(
        "Invitation for {role}, {unit}. {uses}, until {day}. Please send them the text below, or let them scan the "
        "picture.",
        role=title,
        unit=place,
        uses=say.plural("For {n} person", "For up to {n} people", issued.uses),
        day=day_text(last_day),
    )
    picture = invitation_card(link, written(code), title, place, last_day, turn.language)
    made = Made(Invitee(0, "", Role(issued.role), unit), code, issued.expires)
    passed = Passing.of(turn).personal(made) if issued.uses == 1 else Passing.of(turn).for_many(made)
    offers: list[Choice] = []
    if issued.uses == 1 and may_be_shared(issued.role):
        offers.append(choice(MakeInvitation(issued.role, unit.code, MANY), say("One code for many people")))
    offers.append(choice(Invite(), say("Invite someone else")))
    return with_texts(
        turn, Outgoing(text, pictures=(picture,), lasting=True), [passed], (*offers, *menu.back_to_menu(turn))
    )
