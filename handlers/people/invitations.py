"""Inviting in chat: the secretariat and ward chairs make a code, a link and a QR picture for their own units."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from handlers import menu
from handlers.context import Replies, Turn, choice, number_at
from handlers.people import places
from handlers.people.joining import hash_code, written
from handlers.people.titles import role_title
from messages import Choice, Outgoing
from periods.days import local_day
from reports.pictures import invitation_card
from reports.wording import day_text
from rules.roles import ABOVE, LEVEL_OF, Role
from storage.directory import invitations
from storage.directory.units import Unit

VALID = timedelta(days=14)
MANY_USES = 30
"""An invitation for a meeting: enough for all officers of the largest ward."""
PAGE = 8


def make_invitation(
    db: Connection,
    code: str,
    *,
    role: str,
    unit_id: int,
    by: int | None,
    now: datetime,
    uses: int = 1,
    valid: timedelta = VALID,
) -> datetime:
    """Store an invitation for a fresh code; when it expires."""
    expires = now + valid
    invitations.add_invitation(
        db, code_hash=hash_code(code), role=role, unit=unit_id, created_by=by, now=now, expires_at=expires, uses=uses
    )
    return expires


def link_of(public_url: str, code: str) -> str:
    """The page that joins by a code."""
    return f"{public_url}/j/{written(code)}"


def choose_role(turn: Turn, _: tuple[str, ...] = ()) -> Replies:
    """Whom to invite: a chair their officers and deputies, the secretariat anybody."""
    roles = (
        (Role.PROPAGANDIST, Role.WARD_CHAIR, Role.AGENCY, Role.SECRETARIAT)
        if turn.viewer.holds(Role.SECRETARIAT)
        else (Role.PROPAGANDIST, Role.WARD_CHAIR)
    )
    offers = tuple(choice(f"invite_unit:{role}:0", role_title(turn.say, role).capitalize()) for role in roles)
    return [Outgoing(turn.say("Whom would you like to invite?"), (*offers, *menu.back_to_menu(turn)))]


def choose_unit(turn: Turn, arguments: tuple[str, ...]) -> Replies:
    """ "invite_unit:<role>:<page>:<ward>": the units that this person may invite to, a page at a time."""
    role, _, ward = (*arguments, "", "", "")[:3]
    page = number_at(arguments, 1)
    if role not in LEVEL_OF:
        return choose_role(turn)
    if role == Role.PROPAGANDIST and not ward and turn.viewer.holds(Role.SECRETARIAT):
        return _choose_ward(turn, role, page)
    units = [unit for unit in _invitable(turn, role) if not ward or _ward(turn, unit) == ward]
    shown = units[page * PAGE : (page + 1) * PAGE]
    offers = [choice(f"invite_make:{role}:{unit.code}:1", unit.name) for unit in shown]
    if len(units) > (page + 1) * PAGE:
        offers.append(choice(f"invite_unit:{role}:{page + 1}:{ward}", turn.say("More →")))
    if len(shown) == 1 and page == 0:
        return make(turn, (role, shown[0].code, "1"))
    return [Outgoing(turn.say("For which unit?"), (*offers, *menu.back_to_menu(turn)))]


def _choose_ward(turn: Turn, role: str, page: int) -> Replies:
    wards = _invitable(turn, Role.WARD_CHAIR)
    offers = [choice(f"invite_unit:{role}:0:{ward.code}", ward.name) for ward in wards[page * PAGE : (page + 1) * PAGE]]
    if len(wards) > (page + 1) * PAGE:
        offers.append(choice(f"invite_unit:{role}:{page + 1}", turn.say("More →")))
    return [Outgoing(turn.say("In which ward?"), (*offers, *menu.back_to_menu(turn)))]


def _invitable(turn: Turn, role: str) -> list[Unit]:
    return [unit for unit in turn.viewer.tree.of_level(LEVEL_OF[role]) if turn.viewer.sees_unit(unit.code, ABOVE)]


def _ward(turn: Turn, unit: Unit) -> str:
    ward = turn.viewer.tree.ward_of(unit.code)
    return ward.code if ward else ""


def make(turn: Turn, arguments: tuple[str, ...]) -> Replies:
    """ "invite_make:<role>:<unit>:<uses>": the code, the link and the picture to show or forward."""
    role, code, uses_text = (*arguments, "", "", "")[:3]
    unit = next((each for each in _invitable(turn, role) if each.code == code), None) if role in LEVEL_OF else None
    if unit is None or (role == Role.SECRETARIAT and not turn.viewer.holds(Role.SECRETARIAT)):
        return choose_role(turn)
    uses = MANY_USES if uses_text == "many" else 1
    fresh = turn.world.chance()
    expires = make_invitation(turn.db, fresh, role=role, unit_id=unit.id, by=turn.person_id, now=turn.now, uses=uses)
    return [_invitation(turn, unit, role, fresh, expires, uses)]


def _invitation(turn: Turn, unit: Unit, role: str, code: str, expires: datetime, uses: int) -> Outgoing:
    say, link = turn.say, link_of(turn.world.public_url, code)
    last_day = local_day(expires)
    title, place = role_title(say, role), turn.viewer.tree.title(unit.code)
    text = say(
        "Invitation for {role}, {unit}:\n{code}\n{link}\n{uses}, until {day}. Forward this message, "
        "or let them scan the picture.",
        role=title,
        unit=place,
        code=written(code),
        link=link,
        uses=say.plural("For {n} person", "For up to {n} people", uses),
        day=day_text(last_day),
    )
    elsewhere = places.ways_to_join(turn.db, unit.id, say)
    if elsewhere:
        text = f"{text}\n{elsewhere}"
    offers: list[Choice] = []
    if uses == 1:
        offers.append(choice(f"invite_make:{role}:{unit.code}:many", say("One code for many people")))
    offers.append(choice("invite", say("Invite someone else")))
    picture = invitation_card(link, written(code), title, place, last_day, turn.language)
    return Outgoing(text, (*offers, *menu.back_to_menu(turn)), (picture,))
