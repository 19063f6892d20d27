"""The walk through a form as a step function: `start`, `advance`, and looking at where it stands (`Standing`).

Nothing here waits, reads a clock or writes anywhere: the same interview, answer and time give the same step.
`now` is aware and in the zone in which people mean their days.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from interview.forms.form import Form, Question, QuestionGroup
from interview.reviewing.review import final_values, review, reviewed
from interview.shown import called
from interview.steps import Answer, Dropped, Interview, Json, Kind, Output, ReviewLine, Step, Told, Took, Typed
from interview.walking.answering import react
from interview.walking.asking import ask
from interview.walking.commands import cancel_question
from interview.walking.prefilling import prefilled
from interview.walking.settle import settle
from interview.walking.state import State
from interview.walking.stepping import NOTHING, StepChange, Stepping, returning, standing, stepping_at
from interview.walking.walk import Here, first_unanswered

_NO_PREFERENCES: Mapping[str, tuple[str, ...]] = MappingProxyType({})


def start(
    form: Form,
    prefill: Mapping[str, Json],
    now: datetime,
    *,
    language: str = "vi",
    preferred: Mapping[str, tuple[str, ...]] = _NO_PREFERENCES,
    doubts: Mapping[str, Json] = NOTHING,
) -> Step:
    """Begin an interview.

    `prefill` holds values by name: hidden fields, and answers known already (taken if valid and relevant, else asked).
    `doubts` are what may be meant by others, as `Interview` holds them.
    """
    blank = Interview(form.id, form.version, language, now, preferred=dict(preferred), doubts=doubts)
    interview = prefilled(form, blank, prefill, now)
    stepping = stepping_at(form, interview, now)
    return Step(interview, (*_notes(stepping, None), *_standing(stepping)))


def without_optional(form: Form, step: Step, now: datetime) -> Step:
    """The same with what is asked and need not be answered passed over: in a report that was sent it was, too."""
    interview = step.interview
    stepping = stepping_at(form, interview, now)
    state = stepping.state
    blank: dict[str, Json] = {
        state.path(question, entry): None
        for stop, entry in stepping.way
        for question in (stop.members if isinstance(stop, QuestionGroup) else (stop,))
        if isinstance(question, Question) and not state.is_required(question, entry)
    }
    interview = replace(interview, answers={**blank, **interview.answers})
    return Step(interview, look_at(form, interview, now).present())


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an interview stands, computed once for all questions about it."""

    stepping: Stepping

    @property
    def revision(self) -> int:
        """The interview's revision, which its buttons carry."""
        return self.stepping.state.interview.revision

    def asks(self, *kinds: Kind) -> bool:
        """Whether a question of one of these kinds is open; at the review none is."""
        stepping = self.stepping
        if stepping.here is None or stepping.at_review or stepping.view.get("cancel"):
            return False
        return stepping.here.kind in kinds

    def present(self) -> tuple[Output, ...]:
        """Says again what is open: the question, the review, or whether to cancel."""
        return _standing(self.stepping)

    def known(self) -> tuple[ReviewLine, ...]:
        """The answers that the interview holds, as its review says them."""
        return review(self.stepping).lines

    @property
    def open_name(self) -> str:
        """What the open question is called, shortly: "số người". Empty at the review."""
        stepping, here = self.stepping, self.stepping.here
        if here is None or stepping.at_review:
            return ""
        if isinstance(here.stop, QuestionGroup):
            return _name_of(here.stop, stepping.state, here.entry)
        return called(stepping.state, here.spots[0].question, here.entry).rstrip("?: ") if here.spots else ""

    @property
    def has_only_media(self) -> bool:
        """Whether it holds no answer but photos and files, if it holds any."""
        return all(spot.question.kind in {Kind.IMAGE, Kind.FILE} for spot in reviewed(self.stepping))

    def photos(self) -> tuple[str, ...]:
        """The photos that the interview holds."""
        found = (spot for spot in reviewed(self.stepping) if spot.question.kind is Kind.IMAGE)
        answers = (self.stepping.answers[spot.path] for spot in found)
        return tuple(str(ref) for answer in answers if isinstance(answer, list) for ref in answer)

    def take(self, answer: Answer) -> Step:
        """The step that one answer takes from here."""
        stepping, interview = self.stepping, self.stepping.state.interview
        change = react(stepping, answer)
        view = change.view
        if view is None:
            view = interview.view if change.end else _without_cancel(interview.view)
        if change.answers is None and view == interview.view:
            return Step(interview, (*change.said, *((change.end,) if change.end else _standing(stepping))))
        return _conclude(stepping, change, view)


def _name_of(group: QuestionGroup, state: State, entry: int) -> str:
    """What a group is called: mostly it has no short name, but other words for it, in the form's own language."""
    language = state.interview.language
    said = group.called.say(language, state.slots, entry).rstrip("?: ")
    return group.aliases[0] if group.aliases and language == group.label.fallback else said


def look_at(form: Form, interview: Interview, now: datetime) -> Standing:
    """Where an interview stands."""
    return Standing(stepping_at(form, interview, now))


def advance(form: Form, interview: Interview, answer: Answer, now: datetime) -> Step:
    """Take one answer."""
    return look_at(form, interview, now).take(answer)


def answered(step: Step) -> str:
    """The path of the question or group that a step took an answer to; empty if it took none."""
    paths = [output.path for output in step.outputs if isinstance(output, Took)]
    return paths[0].rpartition("/")[0] if len(paths) > 1 else "".join(paths)


def answer_again(form: Form, interview: Interview, path: str, text: str, now: datetime) -> Step | None:
    """Answer anew what was answered before (`path` as `answered` gave it), then go on where the walk stands.

    An answer that cannot be taken opens the question, with the reason; `None` if it is no longer asked.
    """
    opened = stepping_at(form, replace(interview, view={"open": path, "from": "end"}), now)
    if opened.here is None or opened.here.path != path:
        return None
    change = react(opened, Typed(text))
    if change.answers is None:
        return _conclude(opened, change, opened.view if change.view is None else change.view)
    stepping = stepping_at(form, interview, now)
    was_there = stepping.view.get("open") == path
    return _conclude(stepping, change, returning(stepping) if was_there else _without_cancel(stepping.view))


def present(form: Form, interview: Interview, now: datetime) -> tuple[Output, ...]:
    """Say again what is open: the question, the review, or whether to cancel."""
    return look_at(form, interview, now).present()


def known(form: Form, interview: Interview, now: datetime) -> tuple[ReviewLine, ...]:
    """The answers that an interview holds, as its review says them."""
    return look_at(form, interview, now).known()


def values(form: Form, interview: Interview, now: datetime) -> Mapping[str, Json]:
    """All values by name as they stand, calculated and hidden ones included."""
    return final_values(stepping_at(form, interview, now).state)


def _without_cancel(view: Mapping[str, Json]) -> Mapping[str, Json]:
    """The view without the question whether to cancel: an answer means going on."""
    return {key: value for key, value in view.items() if key != "cancel"}


def _conclude(stepping: Stepping, change: StepChange, view: Mapping[str, Json]) -> Step:
    before = stepping.state.interview
    answers = before.answers if change.answers is None else change.answers
    state, dropped = settle(stepping.state, before.moved(answers, view))
    moved = standing(state)
    said = (*change.said, *((Dropped(dropped),) if dropped else ()))
    if change.end is not None:
        return Step(moved.state.interview, (*said, change.end))
    return Step(moved.state.interview, (*said, *_notes(moved, stepping), *_standing(moved)))


def _standing(stepping: Stepping) -> tuple[Output, ...]:
    if stepping.view.get("cancel"):
        return (cancel_question(),)
    return (review(stepping),) if stepping.here is None or stepping.at_review else (ask(stepping, stepping.here),)


def _notes(stepping: Stepping, before: Stepping | None) -> tuple[Told, ...]:
    """The notes that the walk has come past since `before`, or that have become relevant on the way."""
    if not stepping.form.notes:
        return ()
    told = set(_passed(before)) if before else set()
    language, slots = stepping.state.interview.language, stepping.state.slots
    return tuple(
        Told(note.label.say(language, slots, entry)) for note, entry in _passed(stepping) if (note, entry) not in told
    )


def _passed(stepping: Stepping) -> Iterator[tuple[Question, int]]:
    """The relevant notes before the first unanswered question, wherever a detour has led."""
    frontier = first_unanswered(stepping.state, stepping.way)
    for note in stepping.form.notes:
        relevance = stepping.state.relevant[note.slot]
        for entry, relevant in enumerate(relevance if isinstance(relevance, tuple) else (relevance,)):
            if relevant and (frontier is None or _is_before(note, entry, frontier)):
                yield note, entry


def _is_before(note: Question, entry: int, here: Here) -> bool:
    if note.repeat >= 0 and here.stop.repeat == note.repeat:
        return (entry, note.slot) < (here.entry, here.stop.slot)
    return note.slot < here.stop.slot or note.parent == here.stop.slot
