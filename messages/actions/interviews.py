"""Actions on an interview: answer a question, take up a draft again, discard it."""

from dataclasses import dataclass

from messages.actions.base import Action


@dataclass(frozen=True, slots=True)
class Choose(Action):
    """Chooses something that a question offers; `token` has a meaning only at the revision that offered it.

    An interview's first revision is 0, so an id without a revision reads as -1.
    """

    NAME = "i"
    interview: int = 0
    revision: int = -1
    token: str = ""

    def __str__(self) -> str:
        # What every action's id is, at a tenth of the cost: a question offers many.
        if self.token:
            return f"{self.NAME}:{self.interview}:{self.revision}:{self.token}"
        return super(Choose, self).__str__()


@dataclass(frozen=True, slots=True)
class Resume(Action):
    """Takes up a draft again; without a number, the latest one."""

    NAME = "resume"
    interview: int | None = None


@dataclass(frozen=True, slots=True)
class Discard(Action):
    """Deletes a draft for good, if it still has the answers that the person saw; `DROPPING` shows the list again."""

    NAME = "discard"
    interview: int = 0
    seen: int = -1
    how: str = ""


@dataclass(frozen=True, slots=True)
class Drafts(Action):
    """Lists what the person has begun and not sent, a page at a time; `how` is `DROPPING` to drop some."""

    NAME = "drafts"
    page: int = 0
    how: str = ""


DROPPING = "drop"
OF_INTERVIEW = f"{Choose()}:"
"""The beginning of the id of every choice that a question offers."""


def is_of_interview(choice_id: str) -> bool:
    """Whether a choice belongs to an interview's question."""
    return choice_id.startswith(OF_INTERVIEW)
