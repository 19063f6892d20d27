"""Shows who takes part and who has not come yet, ward by ward, and invites all who are missing at once."""

from collections.abc import Mapping, Sequence

from handlers import menu
from handlers.context import Replies, Turn
from handlers.filing import order_file
from handlers.passing_on import pass_on as pass_on_text
from handlers.people import giving_out
from handlers.people.cards import cards
from handlers.people.passing import Passing, with_texts
from handlers.people.titles import channel_title
from messages import Choice, Outgoing
from messages.actions import (
    YES,
    InviteMissing,
    Newcomers,
    Participants,
    PassOnCodes,
    PrintCards,
    RemindJoining,
    ShowWardCode,
    Staff,
    UnusedCodes,
    choice,
)
from periods.days import local_day
from reports.invitation_sheet import document_of
from reports.wording import day_text
from services.directory import newcomers, participation, ward_codes
from services.directory.inviting import Made
from services.directory.participation import Participation, Place, Standing, missing
from services.results import Refused
from storage.directory.staff import Member

PLACES, UNITS = 10, 12
"""Lines on a page: wards with a button each, units."""


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
    if any(place.counts[Standing.INVITED] for place in places):
        offers += giving_out.offer(turn)
        offers.append(choice(PassOnCodes(), say("Texts to send on")))
        offers.append(choice(PrintCards(), say("Cards to print")))
    lines = [_place_line(turn, place) for place in shown]
    return [Outgoing("\n".join(filter(None, (intro, head, *lines))), (*offers, *menu.back_to_menu(turn)))]


def _place_line(turn: Turn, place: Place) -> str:
    say = turn.say
    parts = [
        say("{joined} of {expected}", joined=place.joined, expected=place.expected),
        *(
            say("{standing}: {n}", standing=_standings(turn)[standing], n=place.counts[standing])
            for standing in (Standing.INVITED, Standing.EXPIRED, Standing.NEVER)
            if place.counts[standing]
        ),
    ]
    return f"• {place.unit.name}: {' · '.join(parts)}"


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
    if any(each.standing is Standing.INVITED for each in absent):
        offers.append(choice(PassOnCodes(place), say("Texts to send on")))
        offers.append(choice(PrintCards(place), say("Cards to print")))
        offers.append(choice(RemindJoining(place), say("Remind")))
    if len(listed) > (page + 1) * UNITS:
        offers.append(choice(Participants(page + 1, place), say("More →")))
    if ward_codes.may_have(turn.viewer, place):
        offers.append(choice(ShowWardCode(place), say("The ward's code")))
    if waiting := len(newcomers.waiting(turn.db, turn.viewer)):
        offers.append(choice(Newcomers(), say("Wait to be let in: {n}", n=waiting)))
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
    made = participation.invite_missing(turn.db, turn.viewer, place, turn.world.chance, turn.world.seal)
    return menu.show_menu(turn) if isinstance(made, Refused) else texts_to_send_on(turn, place, made)


def _ask(turn: Turn, place: str, absent: list[Participation]) -> Replies:
    say = turn.say
    text = say.plural(
        "Make a personal code for {n} unit of {place}?",
        "Make a personal code for each of {n} units of {place}?",
        len(absent),
        place=turn.viewer.tree.title(place),
    )
    if any(each.invitations for each in absent):
        text = f"{text}\n{say('Codes that wait stay as they are.')}"
    yes = choice(InviteMissing(place, YES), say("Yes, invite all"), say("invite"))
    return [Outgoing(text, (yes, choice(Participants(unit=place), say("No, keep it"))))]


def texts_to_send_on(turn: Turn, place: str, made: Sequence[Made]) -> Replies:
    """The texts to send on to everybody invited there, and what else can be made of them."""
    say = turn.say
    head = say.plural(
        "{place}: a text for {n} person to send on.",
        "{place}: a text for each of {n} people, to send on one by one.",
        len(made),
        place=turn.viewer.tree.title(place),
    )
    offers = (choice(PrintCards(place), say("Cards to print")), choice(Participants(unit=place), say("Who has come")))
    texts = [*map(Passing.of(turn).personal, made)]
    return with_texts(turn, Outgoing(head, lasting=True), texts, (*offers, *menu.back_to_menu(turn)))


def pass_on(turn: Turn, pressed: PassOnCodes) -> Replies:
    """Show the texts for all who are invited in a ward and have not come; without a ward ask for one."""
    if pressed.unit is None:
        places = participation.places(turn.db, turn.viewer)
        if len(places) > 1:
            return _choose_place(turn, places, pressed.page)
        pressed = PassOnCodes(places[0].unit.code if places else "")
    place = pressed.unit or ""
    made = participation.waiting(turn.db, turn.viewer, place, turn.world.seal)
    if isinstance(made, Refused):
        return menu.show_menu(turn)
    return texts_to_send_on(turn, place, made) if made else _nobody_invited(turn, place)


def _choose_place(turn: Turn, places: list[Place], page: int) -> Replies:
    some = [place for place in places if place.counts[Standing.INVITED]]
    shown = some[page * PLACES : (page + 1) * PLACES]
    offers = [
        choice(PassOnCodes(place.unit.code), f"{place.unit.name} ({place.counts[Standing.INVITED]})") for place in shown
    ]
    if len(some) > (page + 1) * PLACES:
        offers.append(choice(PassOnCodes(page=page + 1), turn.say("More →")))
    if not some:
        return _nobody_invited(turn, "")
    return [Outgoing(turn.say("The texts of which ward?"), (*offers, *menu.back_to_menu(turn)))]


def _nobody_invited(turn: Turn, place: str) -> Replies:
    told = turn.say("Nobody is invited there who has not come.")
    return show(turn, Participants(unit=place or None), intro=told)


def remind(turn: Turn, pressed: RemindJoining) -> Replies:
    """Write a reminder for a ward's group, to be sent on: who has not come yet, and how they come in."""
    place, say, tree = pressed.unit or "", turn.say, turn.viewer.tree
    listed = participation.inside(turn.db, turn.viewer, place)
    if isinstance(listed, Refused):
        return menu.show_menu(turn)
    absent = [each for each in missing(listed) if each.standing is Standing.INVITED]
    if not absent:
        return _nobody_invited(turn, place)
    there = [(tree.name_in(each.unit, place), ", ".join(each.names)) for each in absent]
    who = "; ".join(f"{unit} ({names})" if names else unit for unit, names in there)
    text = say(
        "{place}: these have not come to the reporting bot yet: {who}. Please open the link that you were given; who "
        "no longer has it asks me.",
        place=tree.title(place),
        who=who,
    )
    head = Outgoing(say("A reminder for the ward's group, to be sent on:"), lasting=True)
    offers = (
        choice(PassOnCodes(place), say("Texts to send on")),
        choice(Participants(unit=place), say("Who has come")),
    )
    return with_texts(turn, head, [pass_on_text(say, text)], (*offers, *menu.back_to_menu(turn)))


def print_cards(turn: Turn, pressed: PrintCards) -> Replies:
    """Have the cards of a ward, or of all, made as a file: it has a picture for each person."""
    place = pressed.unit or ""
    made = participation.waiting(turn.db, turn.viewer, place, turn.world.seal)
    if isinstance(made, Refused):
        return menu.show_menu(turn)
    if not made:
        return _nobody_invited(turn, place)
    drawn = cards(turn.db, turn.say, turn.viewer.tree, made, turn.world.public_url)
    name = "-".join(filter(None, ("phieu-moi" if turn.language == "vi" else "cards", place, turn.today.isoformat())))
    after = (
        choice(PassOnCodes(pressed.unit), turn.say("Texts to send on")),
        choice(Participants(), turn.say("Who has come")),
    )
    return order_file(turn, document_of(drawn, turn.language, f"{name}.docx"), again=pressed, after=after)
