"""Asks for a file and says that it comes. Whatever makes files offers them through here.

The file itself is a message of its own, sent when it is made (`scheduler.filing`).
"""

from collections.abc import Iterable

from handlers import menu
from handlers.context import Replies, Turn
from messages import Choice, Document, Outgoing
from messages.actions import Action, choice
from services import ordering


def order_file(turn: Turn, document: Document, *, again: Action, after: Iterable[Choice] = ()) -> Replies:
    """Have a document made for this chat. `again` asks for it once more if it fails; `after` stands under the file.

    Whether this person may have what is in it is decided before.
    """
    back = menu.back_to_menu(turn)
    if why_not := have_made(turn, document, again=again, choices=(*after, *back)):
        return [Outgoing(why_not, back)]
    text = turn.say("I am making {name}. I send it here as soon as it is ready.", name=document.name)
    return [Outgoing(text)]


def have_made(
    turn: Turn, document: Document, *, again: Action, choices: Iterable[Choice] = (), attachment_id: int | None = None
) -> str:
    """Order a document; if that cannot be, say why. With an `attachment_id` it is made of what somebody sent."""
    refused = ordering.order(
        turn.db,
        turn.viewer,
        document,
        account_id=turn.account_id,
        inbox_id=turn.inbox_id,
        choices=choices,
        sorry=apology(turn, document, again),
        now=turn.now,
        attachment_id=attachment_id,
    )
    if refused:
        return turn.say("Several files are being made for you already. Please wait until they have come.")
    return ""


def apology(turn: Turn, document: Document, again: Action) -> Outgoing:
    """What is said if a document cannot be made: what happened, and what to do."""
    text = turn.say(
        "{name} could not be made; nothing is lost. Please try once more; if it fails again, tell the IT officer.",
        name=document.name,
    )
    return Outgoing(text, (choice(again, turn.say("Try again")), *menu.back_to_menu(turn)))
