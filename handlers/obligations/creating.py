"""Says what was asked of units, and tells them: the end of the form by which the secretariat asks for something."""

from collections.abc import Mapping

from handlers import menu
from handlers.context import Replies, Turn
from handlers.obligations.outstanding import to_hand_in
from interview.steps import Json
from messages import Outgoing
from messages.actions import AskFor, DueNow, Outstanding, choice
from reports.wording import deadline
from services import ad_hoc
from services.ad_hoc import AskedFor
from storage.conversation import interviews
from storage.conversation.turns import OpenInterview
from storage.delivery.notices import notify
from storage.records.obligations import Owed
from storage.tables.states import InterviewStatus


def finish(turn: Turn, opened: OpenInterview, values: Mapping[str, Json]) -> Replies:
    """Let the units owe what the form says, and tell their people."""
    interviews.set_status(turn.db, opened.id, InterviewStatus.DONE, turn.now)
    result = ad_hoc.ask(turn.db, turn.viewer, values, turn.now)
    if result is None:
        text = turn.say("No unit is meant by that, so I asked nobody. Please choose the units again.")
        return [Outgoing(text, (choice(AskFor(), turn.say("Ask units for something")), *menu.back_to_menu(turn)))]
    for person, owed in result.told:
        theirs = turn.speaking_to(person)
        notify(turn.db, person, _told(theirs, owed), turn.now)
    return [_receipt(turn, result)]


def _receipt(turn: Turn, result: AskedFor) -> Outgoing:
    say = turn.say
    lines = [
        say.plural("Asked of {n} unit: {what}.", "Asked of {n} units: {what}.", len(result.owed), what=result.title),
        say("To be handed in {when}.", when=deadline(say, result.due_on)),
    ]
    if result.unreached:
        lines.append(
            say.plural(
                "Nobody of {n} unit has joined yet; it sees the request once somebody does.",
                "Nobody of {n} units has joined yet; they see the request once somebody does.",
                result.unreached,
            )
        )
    offers = (choice(Outstanding(), say("Who has not handed in")), choice(DueNow(), say("What is due")))
    return Outgoing("\n".join(lines), (*offers, *menu.back_to_menu(turn)), lasting=True)


def _told(theirs: Turn, owed: Owed) -> Outgoing:
    text = theirs.say(
        "The secretariat asks {unit} for: {what}. Please hand it in {when}.",
        unit=theirs.viewer.tree.title_of(owed.unit_id),
        what=owed.title,
        when=deadline(theirs.say, owed.due_on),
    )
    return Outgoing(text, to_hand_in(theirs, [owed]), lasting=True)
