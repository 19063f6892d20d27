"""Taking an answer: it is checked, noted, and said back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from interview.forms.form import QuestionGroup
from interview.kinds.protocol import Near
from interview.kinds.table import shown
from interview.shown import called
from interview.steps import Json, Reject, Took
from interview.walking.state import State
from interview.walking.stepping import StepChange, Stepping, looking, returning
from interview.walking.taking import checked, near_miss, read_typed
from interview.walking.walk import Spot, relevant_spots


def took(state: State, spot: Spot, value: Json, *, corrects: bool = False) -> Took:
    """How an answer was understood."""
    name = called(state, spot.question, spot.entry)
    return Took(spot.path, name, shown(state, spot.question, value), corrects=corrects)


def taken(stepping: Stepping, values: Mapping[str, Json], spots: Sequence[Spot] = ()) -> StepChange:
    """The change in which these values answer `spots`, or else the open question."""
    answered = spots or (stepping.here.spots if stepping.here else ())
    said = tuple(
        took(stepping.state, spot, values[spot.path]) for spot in answered if values.get(spot.path) is not None
    )
    return StepChange(said=tuple(said), answers={**stepping.answers, **values}, view=returning(stepping))


def sorted_out(stepping: Stepping, group: QuestionGroup, entry: int, values: Mapping[str, Json]) -> StepChange:
    """The change in which these values answer a group."""
    spots = relevant_spots(stepping.state, group, entry)
    unsorted = (
        () if group.unsorted is None else (Spot(group.unsorted, entry, stepping.state.path(group.unsorted, entry)),)
    )
    change = taken(stepping, values, (*spots, *unsorted))
    return replace(change, answers=none_left_unsorted(stepping.state, group, spots, change.answers or {}, values))


def none_left_unsorted(
    state: State, group: QuestionGroup, spots: Sequence[Spot], answers: Mapping[str, Json], said: Mapping[str, Json]
) -> Mapping[str, Json]:
    """The answers after a message said these: who was unsorted before is among them, if it said all of the group."""
    if group.unsorted is None or any(spot.path not in said for spot in spots):
        return answers
    path = state.path(group.unsorted, spots[0].entry)
    return {name: value for name, value in answers.items() if name != path or path in said}


def given(stepping: Stepping, spot: Spot, value: Json) -> StepChange:
    """The change that a value makes which was not written, if the form's constraint allows it."""
    answer = checked(stepping.state, spot, value, shown(stepping.state, spot.question, value))
    return StepChange(said=(answer,)) if isinstance(answer, Reject) else taken(stepping, {spot.path: answer})


def written(stepping: Stepping, spot: Spot, text: str) -> StepChange:
    """The change that a text makes; of a near miss the person is asked whether it was meant."""
    answer = read_typed(stepping.state, spot, text)
    if isinstance(answer, Near):
        return StepChange(
            said=(near_miss(stepping.state, spot, answer, text),), view=looking(stepping, near=answer.name)
        )
    if isinstance(answer, Reject):
        return StepChange(said=(answer,), view=looking(stepping) if "near" in stepping.view else None)
    return taken(stepping, {spot.path: answer})
