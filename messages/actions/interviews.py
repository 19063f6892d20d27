"""What is done with an interview: answered question by question, put aside, taken up again."""

from dataclasses import dataclass

from messages.actions.base import Action


@dataclass(frozen=True, slots=True)
class Choose(Action):
    """What a question offers is chosen; `token` means something only at the revision that it was offered at.

    An interview's first revision is 0, so what is none reads as a revision before that.
    """

    NAME = "i"
    interview: int = 0
    revision: int = -1
    token: str = ""


@dataclass(frozen=True, slots=True)
class Resume(Action):
    """A draft is taken up again; without a number the latest."""

    NAME = "resume"
    interview: int | None = None


@dataclass(frozen=True, slots=True)
class Discard(Action):
    """A draft goes for good: with the answers that it had then."""

    NAME = "discard"
    interview: int = 0
    seen: int = -1


OF_INTERVIEW = f"{Choose()}:"
"""What the ids of all questions' choices begin with."""


def is_of_interview(choice_id: str) -> bool:
    """Whether a choice belongs to an interview's question."""
    return choice_id.startswith(OF_INTERVIEW)
