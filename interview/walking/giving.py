"""An answer given: checked, noted, said back."""

from collections.abc import Mapping, Sequence

from interview.kinds.protocol import Near
from interview.kinds.table import shown
from interview.shown import called
from interview.steps import Json, Reject, Took
from interview.walking.state import State
from interview.walking.stepping import Change, Stepping, looking, returning
from interview.walking.taking import checked, near_miss, read_typed
from interview.walking.walk import Spot


def took(state: State, spot: Spot, value: Json, *, corrects: bool = False) -> Took:
    """How an answer was understood."""
    name = called(state, spot.question, spot.entry)
    return Took(spot.path, name, shown(state, spot.question, value), corrects=corrects)


def taken(stepping: Stepping, values: Mapping[str, Json], spots: Sequence[Spot] = ()) -> Change:
    """These values answer `spots`, or what is open."""
    answered = spots or (stepping.here.spots if stepping.here else ())
    said = tuple(
        took(stepping.state, spot, values[spot.path]) for spot in answered if values.get(spot.path) is not None
    )
    return Change(said=tuple(said), answers={**stepping.answers, **values}, view=returning(stepping))


def given(stepping: Stepping, spot: Spot, value: Json) -> Change:
    """A value for the open question that was not written, if the form's constraint allows it."""
    found = checked(stepping.state, spot, value, shown(stepping.state, spot.question, value))
    return Change(said=(found,)) if isinstance(found, Reject) else taken(stepping, {spot.path: found})


def written(stepping: Stepping, spot: Spot, text: str) -> Change:
    """What a text does to the open question; a near miss is asked about."""
    found = read_typed(stepping.state, spot, text)
    if isinstance(found, Near):
        return Change(said=(near_miss(stepping.state, spot, found, text),), view=looking(stepping, near=found.name))
    if isinstance(found, Reject):
        return Change(said=(found,), view=looking(stepping) if "near" in stepping.view else None)
    return taken(stepping, {spot.path: found})
