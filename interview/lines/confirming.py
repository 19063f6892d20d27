"""Answers of a line that the form wants confirmed: a day that is far back is asked about, never taken in silence.

A question with the appearance "confirms" is relevant only if an answer is doubtful; what its condition reads is meant.
"""

from collections.abc import Iterator

from interview.forms.form import Question
from interview.walking.state import State

CONFIRMS = "confirms"


def unconfirmed(state: State) -> Iterator[str]:
    """The names of the answers that a question which is open now asks about."""
    for question in state.form.questions:
        asks = CONFIRMS in question.look and question.repeat < 0 and question.path not in state.interview.answers
        if asks and state.is_relevant(question) and question.relevant is not None:
            for slot in question.relevant.reads:
                node = state.form.by_slot.get(slot)
                if isinstance(node, Question) and node.path in state.interview.answers:
                    yield node.name
