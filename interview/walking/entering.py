"""Entries of a repeat on the review: one is begun by its button, left by going back, and removed."""

from collections.abc import Mapping
from dataclasses import replace

from interview.forms.form import Repeat
from interview.steps import Json
from interview.walking.prefilling import defaults_of_entry
from interview.walking.state import State, entries, follow
from interview.walking.stepping import NOTHING, StepChange, Stepping, rejected, returning
from interview.walking.walk import Here, is_complete, repeat_of, stops_of_entry


def with_entry(state: State, repeat: Repeat) -> State:
    """The state as it would be with one more entry, which has no answers yet."""
    count, _ = entries(state.interview.answers, repeat)
    answers: dict[str, Json] = {**state.interview.answers, repeat.path: [count + 1, True]}
    return follow(state, replace(state.interview, answers=answers), state.form.dependents[repeat.slot])


def without_entry(answers: Mapping[str, Json], repeat: Repeat, entry: int) -> Mapping[str, Json]:
    """The answers without one entry of a repeat on the review; those after it move up."""
    count, _ = entries(answers, repeat)
    kept: dict[str, Json] = {}
    for path, value in answers.items():
        at, tail = _entry_of(path, repeat)
        if at is None:
            kept[path] = value
        elif at != entry:
            kept[f"{repeat.path}[{at if at > entry else at + 1}]{tail}"] = value
    del kept[repeat.path]
    return kept if count == 1 else {**kept, repeat.path: [count - 1, True]}


def _entry_of(path: str, repeat: Repeat) -> tuple[int | None, str]:
    """The entry that a path lies in, and the rest of the path."""
    if not path.startswith(f"{repeat.path}["):
        return None, ""
    number, _, tail = path.removeprefix(f"{repeat.path}[").partition("]")
    return int(number) - 1, tail


def begin_entry(stepping: Stepping, repeat: Repeat) -> StepChange:
    """One more entry; its questions are asked before the review comes back."""
    count, _ = entries(stepping.answers, repeat)
    if count >= repeat.highest:
        return rejected("too_many_entries", {"limit": repeat.highest})
    begun = with_entry(stepping.state, repeat)
    first = next(stops_of_entry(begun, repeat, count), None)
    if first is None:
        return rejected("stale_option")
    in_the_middle = {"open": begun.path(first, count), "from": "review"}
    answers = {**begun.interview.answers, **defaults_of_entry(begun, repeat, count)}
    return StepChange(answers=answers, view=NOTHING if stepping.here is None else in_the_middle)


def left_on_review(stepping: Stepping, here: Here, repeat: Repeat) -> StepChange | None:
    """Going back from the first question of an entry that is not complete leads to the review, without the entry."""
    first = next(stops_of_entry(stepping.state, repeat, here.entry), None)
    if here.stop is not first or is_complete(stepping.state, repeat, here.entry):
        return None
    return StepChange(answers=without_entry(stepping.answers, repeat, here.entry), view=returning(stepping))


def may_remove(stepping: Stepping, here: Here) -> bool:
    """Whether the open question belongs to an entry that was opened from the review, where it can be removed."""
    repeat = repeat_of(stepping.form, here.stop)
    return repeat is not None and repeat.on_review and "from" in stepping.view


def removed(stepping: Stepping) -> StepChange | None:
    """The change that removes the entry of the open question, if it may be removed."""
    here = stepping.here
    repeat = repeat_of(stepping.form, here.stop) if here else None
    if here is None or repeat is None or stepping.at_review or not may_remove(stepping, here):
        return None
    return StepChange(answers=without_entry(stepping.answers, repeat, here.entry), view=returning(stepping))
