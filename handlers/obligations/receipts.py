"""Says that something was handed in, and what can be done next."""

from handlers import menu
from handlers.context import Turn
from handlers.obligations import budgets, overlaps
from handlers.obligations.wording import what
from messages import Outgoing
from messages.actions import Correct, DueNow, View, choice
from reports.wording import deadline
from services import handing
from storage.records import obligations
from storage.records.submissions import Report


def is_handed_in(report: Report) -> bool:
    """Whether a submission hands in what its unit owes."""
    return handing.OBLIGATION in report.answers


def of(turn: Turn, report: Report) -> Outgoing:
    """The receipt of what was handed in. A draft plan is compared with the others now."""
    say, said = turn.say, str(report.answers[handing.OBLIGATION])
    owed = obligations.find(turn.db, int(said)) if said.isdecimal() else None
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
