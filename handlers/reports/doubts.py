"""Says what of a line is doubtful, and what is asked instead of being noted."""

from collections.abc import Callable, Mapping
from datetime import date

from handlers import menu
from handlers.context import Replies, Turn
from interview import Asked, OneLine, from_json
from locales import Say
from messages import Outgoing
from messages.actions import Discard, NewReport, Nil, Resume, choice
from storage.conversation.turns import OpenInterview

_OCCASIONS = frozenset({"occasion", "holiday"})

NOT_YET: Mapping[str, Callable[[Say], str]] = {
    "called off": lambda say: say("This reads as if it was put off or called off."),
    "did not take place": lambda say: say("This reads as if it did not take place."),
    "to come": lambda say: say("This reads as if it is still to come."),
    "question": lambda say: say("This reads like a question."),
}
"""Texts for a line that is no report, by its intent."""


def no_report(turn: Turn, line: OneLine, draft: OpenInterview | None) -> Replies:
    """Say why nothing was begun, and offer what may have been meant; a draft holds what was written, for later."""
    say = turn.say
    text = f"{NOT_YET[line.intent](say)} {say('So I have noted nothing. Did it take place?')}"
    if draft is not None:
        text = (
            f"{text}\n\n{say('What you wrote is kept as a draft for 30 days: go on with it once it has taken place.')}"
        )
    offers = (
        choice(NewReport() if draft is None else Resume(draft.id), say("It took place: report it")),
        choice(Nil(), say("No activity this week")),
        *(
            ()
            if draft is None
            else (choice(Discard(draft.id, from_json(draft.state).revision), say("Delete the draft")),)
        ),
        *menu.back_to_menu(turn),
    )
    return [Outgoing(text, offers)]


def which_day(say: Say, asked: Asked) -> str:
    """Ask about the likeliest day; "yes" takes it."""
    day = _day(asked.options[0])
    if asked.why in _OCCASIONS:
        return say("Is {day} the day it took place, or only the occasion? Did it take place on {day}?", day=day)
    others = " · ".join(_day(option) for option in asked.options[1:])
    if others:
        return say(
            "The day can be read in two ways: {day}, or {others}. Did it take place on {day}?", day=day, others=others
        )
    return say("I am not sure of the day. Did it take place on {day}?", day=day)


def _day(option: object) -> str:
    return f"{date.fromisoformat(str(option)):%d/%m/%Y}"
