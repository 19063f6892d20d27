"""Shows the codes of a ward that nobody has used, each to be taken back, or made anew where it has expired."""

from handlers import menu
from handlers.context import Replies, Turn
from handlers.people.participation import show, texts_to_send_on
from messages import Choice, Outgoing
from messages.actions import InviteAgain, Participants, RevokeCode, UnusedCodes, choice
from periods.days import local_day
from reports.wording import day_text
from services.directory import participation
from services.directory.participation import Participation
from services.results import Refused
from storage.directory.invitations import Waiting

CODES = 8
"""Codes on a page: each has a button."""


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
    offers = [_about_code(turn, place, each, old) for each, old in shown]
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


def _about_code(turn: Turn, place: str, there: Participation, code: Waiting) -> Choice:
    """What can be done about a code: it is taken back while it lets somebody in, and made anew after that."""
    say, unit = turn.say, ", ".join(filter(None, (turn.viewer.tree.name_in(there.unit, place), code.name)))
    if code.is_open(turn.now):
        return choice(RevokeCode(place, code.id), say("Take back: {unit}", unit=unit))
    return choice(InviteAgain(place, code.id), say("Invite again: {unit}", unit=unit))


def invite_again(turn: Turn, pressed: InviteAgain) -> Replies:
    """Make a new code in place of an expired one, and show the text to be sent on."""
    place = pressed.unit or ""
    seal, chance = turn.world.seal, turn.world.chance
    made = participation.invite_again(turn.db, turn.viewer, place, pressed.invitation, chance, seal)
    if isinstance(made, Refused):
        return show_unused(turn, UnusedCodes(place), intro=turn.say("That code is gone."))
    return texts_to_send_on(turn, place, [made])


def revoke(turn: Turn, pressed: RevokeCode) -> Replies:
    """Take a code back, and show those that are left."""
    place = pressed.unit or ""
    done = participation.revoke(turn.db, turn.viewer, place, pressed.invitation)
    told = turn.say("Taken back: nobody comes in by that code any more.") if done else turn.say("That code is gone.")
    return show_unused(turn, UnusedCodes(place), intro=told)
