"""Says that something was handed in, and what can be done next."""

from handlers import menu
from handlers.context import Turn
from handlers.obligations import budgets, overlaps
from handlers.obligations.wording import what
from handlers.reports.overtaken import draft_offers
from messages import Outgoing
from messages.actions import Correct, DueNow, View, choice
from reports.wording import deadline
from services import handing
from storage.conversation.turns import OpenInterview
from storage.records import obligations
from storage.records.submissions import Report


def is_handed_in(report: Report) -> bool:
    """Whether a submission hands in what its unit owes."""
    return handing.OBLIGATION in report.answers


def handed_in_before(turn: Turn, opened: OpenInterview, first: Report) -> Outgoing:
    """Answer who hands in what somebody of the unit has handed in meanwhile: that one counts."""
    owed = obligations.named(turn.db, first.answers[handing.OBLIGATION])
    text = turn.say(
        "{person} has handed this in already, so I did not send yours: {what}. I keep your answers as a draft.",
        person=first.person,
        what=what(turn, owed) if owed else "",
    )
    see = choice(View(first.id), turn.say("See what was handed in"))
    return Outgoing(text, (see, *draft_offers(turn.say, opened, turn.say("See what I wrote"))), lasting=True)


def of(turn: Turn, report: Report) -> Outgoing:
    """The receipt of what was handed in. A draft plan is compared with the others now."""
    say = turn.say
    owed = obligations.named(turn.db, report.answers[handing.OBLIGATION])
    if owed is None:
        lines = [say("Saved. Thank you!")]
    else:
        lines = [
            say("Handed in. Thank you! {unit}: {what}", unit=turn.viewer.title_of(report), what=what(turn, owed)),
            say("It was asked for {when}; who looks after it sees it at once.", when=deadline(say, owed.due_on)),
        ]
    lines += overlaps.tell(turn, report)
    offers = (
        *overlaps.offers_of(turn, report),
        choice(View(report.id), say("See what was handed in")),
        *budgets.files_of(turn, report),
        choice(Correct(report.id, report.revision), say("Correct it")),
        choice(DueNow(), say("What is due")),
        *menu.back_to_menu(turn),
    )
    return Outgoing("\n".join(lines), offers, lasting=True)
