"""A machine that walks random forms with random answers and holds what every interview promises."""

from functools import lru_cache

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from interview import Form, advance, from_json, present, start, to_json
from interview.rejections import REJECTIONS
from interview.steps import Answer, Ask, Cancelled, Done, Interview, Output, Pressed, Reject, Review, Typed
from interview.walking.state import evaluate
from tests.unit.interview.person import NOW, form_of
from tests.unit.interview.random_forms import ANSWERS, CHOICES, surveys, valid_answer

ENOUGH = 60
"""Valid answers that lead out of any state of these forms."""


@lru_cache(maxsize=64)
def compiled(survey: str) -> Form:
    return form_of(survey, CHOICES)


class Walk(RuleBasedStateMachine):
    form: Form
    interview: Interview
    outputs: tuple[Output, ...]

    @initialize(survey=surveys(), here=st.sampled_from(("p", "q", "none")))
    def begin(self, survey: str, here: str) -> None:
        self.form = compiled(survey)
        step = start(self.form, {"here": here}, NOW)
        self.interview, self.outputs = step.interview, step.outputs

    @rule(answer=ANSWERS)
    def answer(self, answer: Answer) -> None:
        self._take(answer)

    @rule(data=st.data())
    @precondition(lambda self: isinstance(self.outputs[-1], Ask | Review))
    def press_what_is_offered(self, data: st.DataObject) -> None:
        last = self.outputs[-1]
        assert isinstance(last, Ask | Review)
        offered = [option.token for option in last.options]
        if isinstance(last, Review):
            offered += [line.token for line in last.lines] + [option.token for option in last.extras]
        self._take(Pressed(data.draw(st.sampled_from(offered))))

    @rule()
    def answer_willingly(self) -> None:
        self._take(valid_answer(self.outputs))

    @rule()
    @precondition(lambda self: isinstance(self.outputs[-1], Ask))
    def back_then_the_same_answer_changes_nothing(self) -> None:
        """Answered, taken back and answered alike, the answers are those after the first time."""
        ask, answer = self.outputs[-1], valid_answer(self.outputs)
        once = advance(self.form, self.interview, answer, NOW)
        back = advance(self.form, once.interview, Typed("lùi"), NOW)
        again = back.outputs[-1]
        if isinstance(ask, Ask) and isinstance(again, Ask) and (again.path, again.kind) == (ask.path, ask.kind):
            twice = advance(self.form, back.interview, answer, NOW)
            if not any(isinstance(output, Reject) for output in (*once.outputs, *twice.outputs)):
                assert twice.interview.answers == once.interview.answers

    @invariant()
    def is_never_stuck(self) -> None:
        interview, outputs = self.interview, present(self.form, self.interview, NOW)
        for _ in range(ENOUGH):
            step = advance(self.form, interview, valid_answer(outputs), NOW)
            interview, outputs = step.interview, step.outputs
            if isinstance(outputs[-1], Done):
                return
        raise AssertionError(f"no end in sight: {outputs}")

    @invariant()
    def holds_only_relevant_answers(self) -> None:
        state = evaluate(self.form, self.interview, NOW)
        for path in self.interview.answers:
            spot = self.form.spot_at(path)
            assert spot is not None
            assert state.is_relevant(*spot), path

    def _take(self, answer: Answer) -> None:
        kept = from_json(to_json(self.interview))
        assert kept == self.interview
        step = advance(self.form, kept, answer, NOW)
        assert step == advance(self.form, self.interview, answer, NOW)
        assert step.interview.revision - kept.revision in (0, 1)
        for output in step.outputs:
            if isinstance(output, Reject):
                REJECTIONS[output.code].format_map(output.params)
        assert isinstance(step.outputs[-1], Ask | Review | Done | Cancelled) or present(
            self.form, step.interview, NOW
        ) == (step.outputs[-1],)
        self.interview = step.interview
        self.outputs = present(self.form, step.interview, NOW)


TestWalk = Walk.TestCase
TestWalk.settings = settings(
    max_examples=120, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
