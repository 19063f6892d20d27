"""Reads what is typed beside what units owe: a note to something that was handed in, or another period."""

from functools import partial

from conversation.readers.figures_asked import asked_in, names_figures
from conversation.readings import NO_READING, Meaning, Reading, Said, sure
from handlers.access import may
from handlers.obligations import rates
from handlers.obligations.viewing import take_note
from messages.actions import NoteOwed, Rates
from periods.period import period_of


def note(said: Said) -> Reading:
    """Read the text of a note. Buttons, and words that stand for them, come before it."""
    wanted = next((each for each in said.turn.offered_actions if isinstance(each, NoteOwed)), None)
    if wanted is None or not may(said.turn, wanted):
        return NO_READING
    return sure(Meaning.ANSWER, partial(take_note, said.turn, wanted, said.text))


def of_a_period(said: Said) -> Reading:
    """Read a period alone, while how much came in time is shown: it is shown of that period."""
    shown = next((each for each in said.turn.offered_actions if isinstance(each, Rates) and each.period), None)
    if shown is None or not may(said.turn, shown) or names_figures(said.text):
        return NO_READING
    asked = asked_in(said.turn, said.text)
    if asked is None or asked.unit or asked.wanted or asked.period is None or asked.period.value is None:
        return NO_READING
    period = period_of(str(asked.period.value), said.turn.plan.periods)
    return sure(Meaning.SUMMARY, partial(rates.show, said.turn, Rates(period)))
