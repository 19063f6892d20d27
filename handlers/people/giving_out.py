"""Has the wards' chairs pass on the invitations that wait: tells each of them, and says whom nobody could be told."""

from collections.abc import Sequence

from handlers import menu
from handlers.context import Replies, Turn
from locales import Say
from messages import Choice, Outgoing
from messages.actions import GiveOut, Menu, Participants, PassOnCodes, PrintCards, choice
from reports.wording import joined
from rules.roles import Role
from services.directory import giving_out
from services.nudging import NudgeOutcome
from services.results import Refused
from storage.directory.units import Unit


def offer(turn: Turn) -> list[Choice]:
    """The button, for whoever may."""
    return [choice(GiveOut(), turn.say("Send to the wards"))] if turn.viewer.holds(Role.SECRETARIAT) else []


def give_out(turn: Turn) -> Replies:
    """Tell the chairs, once a day; name the wards where nobody could be told, whose people the secretariat reaches."""
    given = giving_out.give_out(turn.db, turn.viewer, turn.world.seal, _for_a_chair)
    if isinstance(given, Refused):
        return menu.show_menu(turn)
    say, outcomes = turn.say, given.outcomes
    said: dict[NudgeOutcome, str] = {
        NudgeOutcome.SENT: say(
            "Sent: {wards}. Each chair has a button for the texts of their own ward.",
            wards=_names(say, outcomes.get(NudgeOutcome.SENT, ())),
        ),
        NudgeOutcome.TODAY_ALREADY: say(
            "Sent today already, and the button there shows the newest texts: {wards}.",
            wards=_names(say, outcomes.get(NudgeOutcome.TODAY_ALREADY, ())),
        ),
        NudgeOutcome.NOBODY: say(
            "No chair takes part yet: {wards}. Please send these texts on yourself.",
            wards=_names(say, outcomes.get(NudgeOutcome.NOBODY, ())),
        ),
        NudgeOutcome.AT_NIGHT: say(
            "I write to nobody between 20:30 and 7:00. Please press again in the morning; the codes stay as they are."
        ),
    }
    lines = [text for outcome, text in said.items() if outcome in outcomes]
    offers = [choice(Participants(), say("Who has come"))]
    if NudgeOutcome.NOBODY in outcomes:
        offers.insert(0, choice(PassOnCodes(), say("Texts to send on")))
    text = "\n".join(lines) or say("Nobody is invited there who has not come.")
    return [Outgoing(text, (*offers, *menu.back_to_menu(turn)), lasting=True)]


def _names(say: Say, wards: Sequence[Unit]) -> str:
    return joined(say, [ward.name for ward in wards])


def _for_a_chair(say: Say, ward: Unit, count: int) -> Outgoing:
    text = say.plural(
        "{n} person of {ward} is invited and has not come yet. There is a text for them: please send it on.",
        "{n} people of {ward} are invited and have not come yet. There is a text for each: please send them on.",
        count,
        ward=ward.name,
    )
    offers = (
        choice(PassOnCodes(ward.code), say("Texts to send on")),
        choice(PrintCards(ward.code), say("Cards to print")),
        choice(Participants(unit=ward.code), say("Who has come")),
        choice(Menu(), say("Menu")),
    )
    return Outgoing(text, offers, lasting=True)
