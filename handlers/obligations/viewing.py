"""Shows one obligation, and lets it be handed in on paper, noted, and opened again."""

from handlers import menu
from handlers.context import Replies, Turn
from handlers.obligations.due import show_due
from handlers.obligations.wording import deed_line, short, standing, what
from handlers.reports import private
from messages import Choice, Outgoing
from messages.actions import (
    DueNow,
    HandIn,
    MarkDone,
    NotDone,
    NoteOwed,
    OnPaper,
    Outstanding,
    Papers,
    RemindNow,
    View,
    ViewOwed,
    choice,
)
from reports.wording import deadline
from rules.roles import ABOVE
from services import access, handing
from services.obligations import NotHandedIn
from services.results import Refusal
from storage.records.obligations import Owed


def view(turn: Turn, pressed: ViewOwed) -> Replies:
    """Show an obligation: what it is, how it stands, what was done about it, what can be done."""
    return _shown(turn, pressed.obligation)


def on_paper(turn: Turn, pressed: OnPaper) -> Replies:
    """Note that something came on paper, and offer to write a note."""
    result = handing.on_paper(turn.db, turn.viewer, pressed.obligation, pressed.seen, turn.now)
    if isinstance(result, NotHandedIn):
        return _refused(turn, result, pressed.obligation)
    text = turn.say(
        "Noted: {unit} has handed in on paper: {what}. Your next message is kept with it as a note, for example its "
        "number and day.",
        unit=turn.viewer.tree.title_of(result.unit_id),
        what=what(turn, result),
    )
    offers = (
        choice(NoteOwed(result.id, result.revision), turn.say("No note")),
        choice(NotDone(result.id, result.revision), turn.say("Open it again")),
        choice(Papers(), turn.say("Another one on paper…")),
        choice(Outstanding(), turn.say("Who has not handed in")),
    )
    return [Outgoing(text, (*offers, *menu.back_to_menu(turn)), lasting=True)]


def without_note(turn: Turn, pressed: NoteOwed) -> Replies:
    """Leave it without a note."""
    return _shown(turn, pressed.obligation)


def take_note(turn: Turn, offered: NoteOwed, text: str) -> Replies:
    """Keep what was typed as the note that was offered, as far as it may be kept."""
    return private.with_reason(turn, text, lambda kept: _keep_note(turn, offered, kept))


def _keep_note(turn: Turn, offered: NoteOwed, note: str) -> Replies:
    if not note:
        return _shown(turn, offered.obligation)
    result = handing.write_note(turn.db, turn.viewer, offered.obligation, offered.seen, note, turn.now)
    if isinstance(result, NotHandedIn):
        return _refused(turn, result, offered.obligation)
    return _shown(turn, result.id, turn.say("The note is kept."))


def undo(turn: Turn, pressed: NotDone) -> Replies:
    """Open an obligation again."""
    result = handing.undo(turn.db, turn.viewer, pressed.obligation, pressed.seen, turn.now)
    if isinstance(result, NotHandedIn):
        return _refused(turn, result, pressed.obligation)
    return _shown(turn, result.id, turn.say("It is open again."))


def _refused(turn: Turn, result: NotHandedIn, obligation_id: int) -> Replies:
    if result.why is not Refusal.MOVED_ON:
        return show_due(turn)
    intro = turn.say("That button is from an earlier message, so I changed nothing. This is how it stands now:")
    return _shown(turn, obligation_id, intro)


def _shown(turn: Turn, obligation_id: int, intro: str = "") -> Replies:
    seen = handing.see(turn.db, turn.viewer, obligation_id)
    if seen is None:
        return show_due(turn)
    say, owed = turn.say, seen.owed
    lines = [
        intro,
        f"{turn.viewer.tree.title_of(owed.unit_id)}: {what(turn, owed)}",
        say("To be handed in {when}.", when=deadline(say, owed.due_on)),
        standing(turn, owed),
        *(f"• {deed_line(turn, deed)}" for deed in seen.deeds),
    ]
    text = "\n".join(line for line in lines if line)
    return [Outgoing(text, (*_offers(turn, owed), *menu.back_to_menu(turn)))]


def _offers(turn: Turn, owed: Owed) -> list[Choice]:
    say, offers = turn.say, []
    paper = access.may_take_paper(turn.viewer)
    if owed.done_at is None:
        if access.may_hand_in(turn.viewer, owed):
            offers.append(choice(HandIn(owed.id), say("Hand in: {what}", what=short(turn, owed))))
            offers.append(choice(MarkDone(owed.id, owed.revision), say("Handed in on paper already")))
        if access.may_chase(turn.viewer, owed):
            offers.append(choice(RemindNow(owed.id), say("Remind now")))
            if paper:
                offers.append(choice(OnPaper(owed.id, owed.revision), say("It came on paper")))
    elif access.may_open_again(turn.viewer, owed):
        offers.append(choice(NotDone(owed.id, owed.revision), say("Open it again")))
    if owed.submission_id is not None:
        offers.append(choice(View(owed.submission_id), say("See what was handed in")))
    if turn.viewer.holds(*ABOVE):
        offers.append(choice(Outstanding(), say("Who has not handed in")))
    return [*offers, choice(DueNow(), say("What is due"))]
