"""Shows a ward's code, has its poster made, and takes it back."""

from handlers import menu
from handlers.context import Replies, Turn
from handlers.filing import order_file
from handlers.people import participation
from handlers.people.links import link_of
from handlers.people.passing import Passing, with_texts
from handlers.people.places import ways_in
from messages import Outgoing
from messages.actions import EndWardCode, Participants, PrintPoster, ShowWardCode, choice
from periods.days import local_day
from plan.inviting import Invitee
from reports.poster import Poster, document_of
from reports.wording import day_text
from rules.roles import Role
from services.directory import places, ward_codes
from services.directory.codes import written
from services.directory.inviting import Made
from services.directory.ward_codes import WardCode
from services.results import Refused


def show(turn: Turn, pressed: ShowWardCode) -> Replies:
    """Show a ward's code, making it if need be: what it is for, its uses and its end; and the text to send on."""
    made = ward_codes.make(turn.db, turn.viewer, pressed.unit or "", turn.world.chance(), turn.world.seal)
    if isinstance(made, Refused):
        return menu.show_menu(turn)
    say, ward = turn.say, made.unit
    text = say(
        "The code of {ward}: {code}, until {day}. {used} came by it, {left} more can. Whoever comes says which "
        "neighbourhood and who they are; you let each in with one tap.",
        ward=ward.name,
        code=written(made.code),
        day=day_text(local_day(made.expires)),
        used=made.used,
        left=made.uses_left,
    )
    offers = (
        choice(PrintPoster(ward.code), say("Poster to print")),
        choice(EndWardCode(ward.code), say("Take the ward's code back")),
        choice(Participants(unit=ward.code), say("Who has come")),
        *menu.back_to_menu(turn),
    )
    passed = Passing.of(turn).for_many(Made(Invitee(0, "", Role.PROPAGANDIST, ward), made.code, made.expires))
    return with_texts(turn, Outgoing(text, lasting=True), [passed], offers)


def poster(turn: Turn, pressed: PrintPoster) -> Replies:
    """Have a poster made of a ward's code."""
    found = ward_codes.find(turn.db, turn.viewer, pressed.unit or "", turn.world.seal)
    if not isinstance(found, WardCode) or not found.code:
        return show(turn, ShowWardCode(pressed.unit))
    say, day, code = turn.say, local_day(found.expires), written(found.code)
    drawn = Poster(
        ward=found.unit.name,
        code=code,
        link=link_of(turn.world.public_url, found.code),
        expires=day,
        ways=ways_in(say, places.WaysIn(turn.db).into(found.unit.id, turn.today), code),
    )
    name = f"{'ap-phich' if turn.language == 'vi' else 'poster'}-{found.unit.code}.docx"
    after = (choice(ShowWardCode(found.unit.code), say("The ward's code")),)
    return order_file(turn, document_of(drawn, turn.language, name), again=pressed, after=after)


def end(turn: Turn, pressed: EndWardCode) -> Replies:
    """Take a ward's code back."""
    ward = pressed.unit or ""
    done = ward_codes.revoke(turn.db, turn.viewer, ward)
    told = turn.say("Taken back: nobody comes in by that code any more.") if done else turn.say("That code is gone.")
    return participation.show(turn, Participants(unit=ward), intro=told)
