"""One step while it is being made: where it starts from and what it changes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from interview.forms.form import Form
from interview.steps import Cancelled, ConfirmCancel, Done, Interview, Json, Output, Reject
from interview.walking.state import State, evaluate
from interview.walking.walk import Here, Way, locate, way_through

NOTHING: Mapping[str, Json] = MappingProxyType({})
NO_PARAMS: Mapping[str, str | int | float] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Stepping:
    """The state before a step, the way through the form as it stands, and the open stop.

    `here` is `None` when everything is answered.
    """

    state: State
    way: Way
    here: Here | None

    @property
    def form(self) -> Form:
        return self.state.form

    @property
    def view(self) -> Mapping[str, Json]:
        return self.state.interview.view

    @property
    def answers(self) -> Mapping[str, Json]:
        return self.state.interview.answers

    @property
    def at_review(self) -> bool:
        return self.here is None or bool(self.view.get("review"))


@dataclass(frozen=True, slots=True)
class StepChange:
    """What a step does: outputs said first, new answers and a new view (`None`: as before), a last output."""

    said: tuple[Output, ...] = ()
    answers: Mapping[str, Json] | None = None
    view: Mapping[str, Json] | None = None
    end: Done | Cancelled | ConfirmCancel | None = None


def stepping_at(form: Form, interview: Interview, now: datetime) -> Stepping:
    """The step that begins at an interview as it stands."""
    return standing(evaluate(form, interview, now))


def standing(state: State) -> Stepping:
    """The step that begins at a state; a question that a line answered in a doubtful way offers what may be meant."""
    way = way_through(state)
    here = locate(state, way)
    view = state.interview.doubts.get(here.path) if here and not state.interview.view else None
    if isinstance(view, dict):
        state = replace(state, interview=replace(state.interview, view=view))
    return Stepping(state, way, here)


def rejected(code: str, params: Mapping[str, str | int | float] = NO_PARAMS, message: str = "") -> StepChange:
    """No change: the reason is said, and the question is asked again."""
    return StepChange(said=(Reject(code, params, message),))


def returning(stepping: Stepping) -> Mapping[str, Json]:
    """The view after an answer: back to the review if the question was opened from it, else on with the walk."""
    return {"review": True} if stepping.view.get("from") == "review" else NOTHING  # from the end: the walk decides


def looking(stepping: Stepping, **seen: Json) -> Mapping[str, Json]:
    """The same stop, seen differently (another page, a draft, a near miss)."""
    return {key: value for key, value in stepping.view.items() if key in {"open", "from"}} | seen
