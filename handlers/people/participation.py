"""Shows who takes part and who has not come yet, ward by ward, and invites all who are missing at once."""

from collections.abc import Iterable, Mapping

from handlers import menu
from handlers.context import Replies, Turn
from handlers.people.invitations import link_of
from handlers.people.titles import channel_title
from messages import Choice, Outgoing
from messages.actions import YES, InviteMissing, Participants, RevokeCode, Staff, UnusedCodes, choice
from periods.days import local_day
from reports.wording import day_text
from services.directory import participation
from services.directory.codes import written
from services.directory.inviting import Made
from services.directory.participation import Participation, Place, Standing, missing
from services.results import Refused
from storage.directory.invitations import Waiting
from storage.directory.staff import Member

PLACES, UNITS, CODES = 10, 12, 8
"""Lines on a page: wards with a button each, units, invitations with a button each."""
LONGEST = 1_800
"""Characters of a message of codes, so that every channel takes it in one piece."""


def show(turn: Turn, pressed: Participants, *, intro: str = "") -> Replies:
    """Show how many of all units take part, ward by ward; of one ward, unit by unit."""
    place = pressed.unit
    if place is None:
        places = participation.places(turn.db, turn.viewer)
        if len(places) > 1:
            return _show_places(turn, places, pressed.page, intro)
        place = places[0].unit.code if places else ""
    listed = participation.inside(turn.db, turn.viewer, place)
    return (
        menu.show_menu(turn) if isinstance(listed, Refused) else _show_units(turn, place, listed, pressed.page, intro)
    )


def _show_places(turn: Turn, places: list[Place], page: int, intro: str) -> Replies:
    say, shown = turn.say, places[page * PLACES : (page + 1) * PLACES]
    joined, expected = sum(place.joined for place in places), sum(place.expected for place in places)
    head = say("Takes part: {joined} of {expected} units.", joined=joined, expected=expected)
    offers = [choice(Participants(unit=place.unit.code), place.unit.name) for place in shown]
    if len(places) > (page + 1) * PLACES:
        offers.append(choice(Participants(page + 1), say("More →")))
    lines = [_place_line(turn, place) for place in shown]
    return [Outgoing("\n".join(filter(None, (intro, head, *lines))), (*offers, *menu.back_to_menu(turn)))]


def _place_line(turn: Turn, place: Place) -> str:
    say = turn.say
    parts = [
        say("{joined} of {expected}", joined=place.joined, expected=place.expected),
        *(
            f"{_standings(turn)[standing]} {place.counts[standing]}"
            for standing in (Standing.INVITED, Standing.EXPIRED, Standing.NEVER)
            if place.counts[standing]
        ),
    ]
    return f"• {place.unit.name}: {', '.join(parts)}"


def _show_units(turn: Turn, place: str, listed: list[Participation], page: int, intro: str) -> Replies:
    say, shown, absent = turn.say, listed[page * UNITS : (page + 1) * UNITS], missing(listed)
    head = say(
        "{unit}, takes part: {joined} of {expected} units.",
        unit=turn.viewer.tree.title(place),
        joined=len(listed) - len(absent),
        expected=len(listed),
    )
    offers: list[Choice] = []
    if absent:
        offers.append(choice(InviteMissing(place), say("Invite all who are missing ({n})", n=len(absent))))
    if any(each.invitations for each in listed):
        offers.append(choice(UnusedCodes(place), say("Codes that nobody used")))
    if len(listed) > (page + 1) * UNITS:
        offers.append(choice(Participants(page + 1, place), say("More →")))
    offers.append(choice(Staff(place), say("Who takes part")))
    lines = [_unit_line(turn, place, each) for each in shown]
    return [Outgoing("\n".join(filter(None, (intro, head, *lines))), (*offers, *menu.back_to_menu(turn)))]


def _unit_line(turn: Turn, place: str, there: Participation) -> str:
    name = turn.viewer.tree.name_in(there.unit, place)
    if there.members:
        return f"✓ {name}: {'; '.join(_member(turn, member) for member in there.members)}"
    known = [_standings(turn)[there.standing], *there.names]
    if there.standing is Standing.INVITED:
        until = max(invitation.expires_at for invitation in there.invitations)
        known.append(turn.say("until {day}", day=day_text(local_day(until))))
    return f"– {name}: {', '.join(known)}"


def _member(turn: Turn, member: Member) -> str:
    if member.last_used_at is None or member.channel is None:
        return member.name
    day, channel = day_text(local_day(member.last_used_at)), channel_title(turn.say, member.channel)
    return turn.say("{name} (last here {day}, {channel})", name=member.name, day=day, channel=channel)


def _standings(turn: Turn) -> Mapping[Standing, str]:
    say = turn.say
    return {
        Standing.INVITED: say("invited"),
        Standing.EXPIRED: say("code expired"),
        Standing.NEVER: say("not invited"),
    }


def invite_missing(turn: Turn, pressed: InviteMissing) -> Replies:
    """Ask first, since older codes end; then make the codes and show them, to be forwarded."""
    place = pressed.unit or ""
    listed = participation.inside(turn.db, turn.viewer, place)
    if isinstance(listed, Refused):
        return menu.show_menu(turn)
    absent = missing(listed)
    if not absent:
        return show(turn, Participants(unit=place), intro=turn.say("Everybody is here."))
    if pressed.sure != YES:
        return _ask(turn, place, absent)
    made = participation.invite_missing(turn.db, turn.viewer, place, turn.world.chance)
    return menu.show_menu(turn) if isinstance(made, Refused) else _codes(turn, place, made)


def _ask(turn: Turn, place: str, absent: list[Participation]) -> Replies:
    say, old = turn.say, sum(len(each.invitations) for each in absent)
    text = say.plural(
        "Make a personal code for {n} unit of {place}?",
        "Make a personal code for each of {n} units of {place}?",
        len(absent),
        place=turn.viewer.tree.title(place),
    )
    if old:
        text = f"{text}\n{say('Codes sent before that nobody used will no longer work: {n}.', n=old)}"
    yes = choice(InviteMissing(place, YES), say("Yes, invite all"), say("invite"))
    return [Outgoing(text, (yes, choice(Participants(unit=place), say("No, keep it"))))]


def _codes(turn: Turn, place: str, made: Iterable[Made]) -> Replies:
    """The codes as messages to forward to the ward's group, each short enough for every channel."""
    say, tree, url = turn.say, turn.viewer.tree, turn.world.public_url
    head = say(
        "Invitations, {place}. Please open your own link, or send your code to the bot:", place=tree.title(place)
    )
    pages, lines = list[str](), [head]
    for invitation in made:
        person, code = invitation.person, invitation.code
        name = ", ".join(filter(None, (tree.name_in(person.unit, place), person.name)))
        line = f"• {name}: {written(code)}\n{link_of(url, code)}"
        if len("\n".join((*lines, line))) > LONGEST:
            pages.append("\n".join(lines))
            lines = [head]
        lines.append(line)
    last = Outgoing("\n".join(lines), (choice(Participants(unit=place), say("Who has come")), *menu.back_to_menu(turn)))
    return [*(Outgoing(text, lasting=True) for text in pages), last]


def show_unused(turn: Turn, pressed: UnusedCodes, *, intro: str = "") -> Replies:
    """List the codes of a place that nobody has used, and offer to take each back."""
    place, page, say = pressed.unit or "", pressed.page, turn.say
    listed = participation.inside(turn.db, turn.viewer, place)
    if isinstance(listed, Refused):
        return menu.show_menu(turn)
    codes = [(each, invitation) for each in listed for invitation in each.invitations]
    if not codes:
        return show(turn, Participants(unit=place), intro=intro or say("No code is left unused."))
    shown = codes[page * CODES : (page + 1) * CODES]
    lines = [_code_line(turn, place, each, invitation) for each, invitation in shown]
    offers = [
        choice(RevokeCode(place, old.id), say("Take back: {unit}", unit=turn.viewer.tree.name_in(each.unit, place)))
        for each, old in shown
    ]
    if len(codes) > (page + 1) * CODES:
        offers.append(choice(UnusedCodes(place, page + 1), say("More →")))
    offers.append(choice(Participants(unit=place), say("Who has come")))
    head = say("Codes that nobody used: {n}", n=len(codes))
    return [Outgoing("\n".join(filter(None, (intro, head, *lines))), (*offers, *menu.back_to_menu(turn)))]


def _code_line(turn: Turn, place: str, there: Participation, code: Waiting) -> str:
    say, until = turn.say, day_text(local_day(code.expires_at))
    name = ", ".join(filter(None, (turn.viewer.tree.name_in(there.unit, place), code.name)))
    made = say("made on {day}", day=day_text(local_day(code.created_at)))
    ends = say("until {day}", day=until) if code.is_open(turn.now) else say("expired on {day}", day=until)
    uses = "" if code.uses_left == 1 else say("{n} uses left", n=code.uses_left)
    return f"• {name}: {', '.join(filter(None, (made, ends, uses)))}"


def revoke(turn: Turn, pressed: RevokeCode) -> Replies:
    """Take a code back, and show those that are left."""
    place = pressed.unit or ""
    done = participation.revoke(turn.db, turn.viewer, place, pressed.invitation)
    told = turn.say("Taken back: nobody comes in by that code any more.") if done else turn.say("That code is gone.")
    return show_unused(turn, UnusedCodes(place), intro=told)
