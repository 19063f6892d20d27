"""Where an interview stands. This is a function of its answers and a small view; there is no history of steps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from interview.forms.form import Form, Question, QuestionGroup, Repeat, Stop
from interview.steps import Json, Kind
from interview.walking.state import State, entries, taken_alone

Way: TypeAlias = Sequence[tuple[Stop, int]]


@dataclass(frozen=True, slots=True)
class Spot:
    """One question of one entry."""

    question: Question
    entry: int
    path: str


@dataclass(frozen=True, slots=True)
class Here:
    """The stop that is open: `spots` are the questions it asks (several for a group, none for a repeat)."""

    stop: Stop
    entry: int
    path: str
    spots: tuple[Spot, ...]
    number: int
    total: int

    @property
    def kind(self) -> Kind:
        if isinstance(self.stop, Repeat):
            return Kind.REPEAT
        return self.stop.kind if isinstance(self.stop, Question) else Kind.GROUP


def locate(state: State, way: Way) -> Here | None:
    """The open stop, or `None` when all is answered: the one the view opened, else the first unanswered."""
    opened = state.interview.view.get("open")
    if not isinstance(opened, str):
        return first_unanswered(state, way)
    for number, (stop, entry) in enumerate(way, start=1):
        if _covers(state, stop, entry, opened):
            return _here(state, stop, entry, (opened, number, len(way)))
    return _extra(state, opened, len(way)) or first_unanswered(state, way)


def first_unanswered(state: State, way: Way) -> Here | None:
    """The stop where the walk goes on, whatever the view has opened."""
    answers = state.interview.answers
    for number, (stop, entry) in enumerate(way, start=1):
        if (answers.get(stop.path) is None or isinstance(stop, Repeat)) and not _is_settled(state, stop, entry):
            return _here(state, stop, entry, (None, number, len(way)))
    return None


def way_through(state: State) -> Way:
    """All stops that are asked as the answers stand, with their entries, in order."""
    return tuple(_stops(state))


def _stops(state: State) -> Iterator[tuple[Stop, int]]:
    relevant = state.relevant
    for stop in state.form.stops:
        if not relevant[stop.slot]:
            continue
        if isinstance(stop, Repeat):
            for entry in range(entries(state.interview.answers, stop)[0]):
                yield from ((inner, entry) for inner in stops_of_entry(state, stop, entry))
            if not stop.on_review:
                yield stop, 0
        elif _is_asked(state, stop, 0):
            yield stop, 0


def stops_of_entry(state: State, repeat: Repeat, entry: int) -> Iterator[Question | QuestionGroup]:
    """What is asked of one entry of a repeat, in order."""
    inside = (stop for stop in repeat.stops if state.is_relevant(stop, entry))
    return (stop for stop in inside if _is_asked(state, stop, entry))


def is_complete(state: State, repeat: Repeat, entry: int) -> bool:
    """Whether everything that is asked of an entry is answered."""
    return all(_is_settled(state, stop, entry) for stop in stops_of_entry(state, repeat, entry))


def repeat_of(form: Form, stop: Stop) -> Repeat | None:
    """The repeat that a stop lies in."""
    repeat = form.by_slot.get(stop.repeat)
    return repeat if isinstance(repeat, Repeat) else None


def before(state: State, way: Way, here: Here | None) -> str | None:
    """The path of the stop before this one (before the review: the last), `None` at the first.

    Going back from the first question of a later entry leads to "one more?", so that people can leave an entry that
    they began by mistake. Going back from a member of a group that is asked alone leads to the whole group.
    """
    last: tuple[Stop, int] | None = None
    for stop, entry in way:
        if here is not None and _covers(state, stop, entry, here.path):
            if _is_member_alone(state, stop, entry, here.path):
                return state.path(stop, entry)
            repeat = repeat_of(state.form, stop)
            if last and entry and last[1] != entry and repeat and not repeat.on_review:
                return repeat.path
            break
        last = (stop, entry)
    return state.path(*last) if last else None


def is_answered(state: State, question: Question, entry: int) -> bool:
    """Whether a question is answered, or skipped where that is allowed."""
    path = question.path if question.repeat < 0 else state.path(question, entry)
    answer = state.interview.answers.get(path, ...)
    return answer is not ... and (answer is not None or not state.is_required(question, entry))


def relevant_spots(state: State, group: QuestionGroup, entry: int) -> tuple[Spot, ...]:
    """The questions of a group that are relevant now."""
    return tuple(
        Spot(member, entry, state.path(member, entry)) for member in group.members if state.is_relevant(member, entry)
    )


def counts_unsorted(state: State, group: QuestionGroup, entry: int) -> bool:
    """Whether people stand in a group whom no member counts."""
    return group.unsorted is not None and answer_at(state, state.path(group.unsorted, entry)) is not None


def group_asking(form: Form, question: Question) -> QuestionGroup | None:
    """The group that asks this question together with others."""
    parent = form.by_slot.get(question.parent)
    return parent if isinstance(parent, QuestionGroup) and parent.together else None


def answer_at(state: State, path: str) -> Json:
    """The answer that stands, or `None`."""
    return state.interview.answers.get(path)


def _is_asked(state: State, stop: Question | QuestionGroup, entry: int) -> bool:
    """Whether a stop that is relevant asks anything."""
    if isinstance(stop, QuestionGroup):
        return any(state.is_relevant(member, entry) for member in stop.members)
    if stop.on_review and not state.is_required(stop, entry):
        return False
    if stop.choices is None:
        return stop.kind is not Kind.NOTE
    if state.path(stop, entry) in state.interview.answers:
        return True
    allowed = state.allowed(stop, entry)
    if len(allowed) != 1:
        return bool(allowed)  # a filter that leaves nothing leaves nothing to ask
    return not taken_alone(state, stop, entry) or state.interview.view.get("open") == state.path(stop, entry)


def _is_settled(state: State, stop: Stop, entry: int) -> bool:
    match stop:
        case Question():
            return is_answered(state, stop, entry) or bool(taken_alone(state, stop, entry))
        case QuestionGroup():
            members = (member for member in stop.members if state.is_relevant(member, entry))
            return counts_unsorted(state, stop, entry) or all(is_answered(state, member, entry) for member in members)
        case Repeat():
            return entries(state.interview.answers, stop)[1]


def _covers(state: State, stop: Stop, entry: int, path: str) -> bool:
    """Whether the path is the stop's own or that of a member asked in it."""
    if state.path(stop, entry) == path:
        return True
    return isinstance(stop, QuestionGroup) and any(spot.path == path for spot in relevant_spots(state, stop, entry))


def _is_member_alone(state: State, stop: Stop, entry: int, path: str) -> bool:
    several = isinstance(stop, QuestionGroup) and len(relevant_spots(state, stop, entry)) > 1
    return several and path != state.path(stop, entry)


def _here(state: State, stop: Stop, entry: int, place: tuple[Json, int, int]) -> Here:
    opened, number, total = place
    path = state.path(stop, entry)
    match stop:
        case Question():
            return Here(stop, entry, path, (Spot(stop, entry, path),), number, total)
        case Repeat():
            return Here(stop, entry, path, (), number, total)
        case QuestionGroup():
            spots = _group_spots(state, stop, entry, opened)
            if len(spots) > 1:
                return Here(stop, entry, path, spots, number, total)
            return Here(spots[0].question, entry, spots[0].path, spots, number, total)


def _group_spots(state: State, group: QuestionGroup, entry: int, opened: Json) -> tuple[Spot, ...]:
    """All relevant questions of the group, or the one that is open after some were answered."""
    spots = relevant_spots(state, group, entry)
    if opened == state.path(group, entry):
        return spots
    if opened is not None:
        return tuple(spot for spot in spots if spot.path == opened)
    unanswered = [spot for spot in spots if not is_answered(state, spot.question, entry)]
    return spots if len(unanswered) == len(spots) else (unanswered[0],)


def _extra(state: State, path: str, total: int) -> Here | None:
    """An on-review question or group that the view has opened."""
    for extra in state.form.extras:
        if not isinstance(extra, Repeat) and state.is_relevant(extra) and _covers(state, extra, 0, path):
            return _here(state, extra, 0, (path, total, total))
    return None
