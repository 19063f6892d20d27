"""A photo, a file or a place goes to the open question, or else to a question on the review that wants it."""

from operator import itemgetter

from interview.forms.form import Question
from interview.kinds.table import example, kind_of
from interview.reading.unreadable import Unreadable
from interview.steps import Media, Point
from interview.walking.commands import not_at_review
from interview.walking.giving import taken, took
from interview.walking.stepping import StepChange, Stepping, looking, rejected
from interview.walking.walk import Spot


def receive(stepping: Stepping, thing: Media | Point) -> StepChange:
    """The change that a photo, a file or a place makes."""
    here = stepping.here
    spots = here.spots if here is not None and not stepping.at_review else ()
    if len(spots) == 1 and kind_of(spots[0].question).wants(thing):
        return _answering(stepping, spots[0], thing)
    question = _wanted(stepping, thing)
    if question is not None:
        return _added(stepping, Spot(question, 0, question.path), thing)
    return _unwanted(stepping, spots[0] if spots else None)


def _wanted(stepping: Stepping, thing: Media | Point) -> Question | None:
    """The question that wants it most: a photo goes to photos before it goes to files.

    One that is still to come in turn goes before those on the review: whoever sends the file early has answered it.
    """
    to_come = (stop for stop in stepping.form.stops if stop.repeat < 0 and stop.path not in stepping.answers)
    questions = (stop for stop in (*to_come, *stepping.form.extras) if isinstance(stop, Question))
    open_now = (question for question in questions if stepping.state.is_relevant(question))
    wishes = [(kind_of(question).wants(thing), question) for question in open_now]
    most, question = max(wishes, key=itemgetter(0), default=(0, None))
    return question if most else None


def _answering(stepping: Stepping, spot: Spot, thing: Media | Point) -> StepChange:
    """It answers the open question; after a photo more may come, until the limit or "that is all"."""
    change = _added(stepping, spot, thing)
    if change.answers is None:
        return change
    value = change.answers[spot.path]
    if kind_of(spot.question).wants_more(spot.question, value):
        return StepChange(change.said, change.answers, looking(stepping, open=spot.path))
    return taken(stepping, {spot.path: value})


def _added(stepping: Stepping, spot: Spot, thing: Media | Point) -> StepChange:
    """It is noted for this question, wherever the walk stands."""
    value = kind_of(spot.question).received(stepping.state, spot, thing)
    if isinstance(value, Unreadable):
        return rejected(value.code, value.params)
    return StepChange(said=(took(stepping.state, spot, value),), answers={**stepping.answers, spot.path: value})


def _unwanted(stepping: Stepping, spot: Spot | None) -> StepChange:
    """It is not taken, because something else is asked."""
    if spot is None:
        return not_at_review(stepping) if stepping.at_review else rejected("option_needed")
    shows = example(stepping.state, spot.question, spot.entry)
    return rejected(kind_of(spot.question).needs, {"example": shows})
