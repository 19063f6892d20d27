"""Actions about what units owe by a day: handing in, marking done, reminding, asking for something besides."""

from dataclasses import dataclass

from messages.actions.base import Action
from periods.period import Period


@dataclass(frozen=True, slots=True)
class HandIn(Action):
    """Begins to hand in what a unit owes, or opens what it handed in."""

    NAME = "hand_in"
    obligation: int = 0


@dataclass(frozen=True, slots=True)
class TakeSheet(Action):
    """Fills the form of a draft plan in with the rows of a workbook that was read."""

    NAME = "take_sheet"
    order: int = 0


@dataclass(frozen=True, slots=True)
class ViewOwed(Action):
    """Shows an obligation: how it stands, and what was done about it."""

    NAME = "owed"
    obligation: int = 0


@dataclass(frozen=True, slots=True)
class OnPaper(Action):
    """Notes that an obligation was handed in on paper."""

    NAME = "paper"
    obligation: int = 0
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Papers(Action):
    """Lists what units have not handed in, a page at a time, each to be noted as come on paper with one tap."""

    NAME = "papers"
    page: int = 0


@dataclass(frozen=True, slots=True)
class NoteOwed(Action):
    """Takes the next message as a note to an obligation that is done; pressed, it leaves it without one."""

    NAME = "owed_note"
    obligation: int = 0
    seen: int = 0


@dataclass(frozen=True, slots=True)
class NotDone(Action):
    """Takes back that an obligation was handed in."""

    NAME = "undone"
    obligation: int = 0
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Outstanding(Action):
    """Lists who has not handed in what, a page at a time."""

    NAME = "outstanding"
    page: int = 0


@dataclass(frozen=True, slots=True)
class RemindNow(Action):
    """Reminds a unit's people of what it owes; `page` is that of the list from which it was pressed."""

    NAME = "remind"
    obligation: int = 0
    page: int = 0


@dataclass(frozen=True, slots=True)
class RemindShown(Action):
    """Reminds of everything that a page of the list shows: `shown` are the obligations, with points between them."""

    NAME = "remind_shown"
    shown: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class AskFor(Action):
    """Begins to ask units for something besides what the plan asks."""

    NAME = "ask_for"


@dataclass(frozen=True, slots=True)
class Rates(Action):
    """Shows how much of what was expected by the end of a period came, and how much in time."""

    NAME = "rates"
    period: Period | None = None
    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenFile(Action):
    """Opens a file that stands in a submission, by its place among the submission's files."""

    NAME = "open_file"
    report: int = 0
    place: int = 0


@dataclass(frozen=True, slots=True)
class ViewOverlap(Action):
    """Shows two planned activities that may overlap."""

    NAME = "overlap"
    overlap: int = 0


@dataclass(frozen=True, slots=True)
class AnswerOverlap(Action):
    """Says what becomes of two planned activities that may overlap; `said` is a `rules.drafts.Answer`."""

    NAME = "overlap_answer"
    overlap: int = 0
    seen: int = 0
    said: str = ""


@dataclass(frozen=True, slots=True)
class Overlaps(Action):
    """Lists what may overlap in the draft plans and nobody has answered."""

    NAME = "overlaps"
    page: int = 0


@dataclass(frozen=True, slots=True)
class DraftBudgets(Action):
    """Shows what the draft plans of a year cost, by ward and agency, activity and source."""

    NAME = "budgets"
    year: int = 0


@dataclass(frozen=True, slots=True)
class DraftLetter(Action):
    """Has a letter made of draft plans: of one (`draft`), or of all of a year."""

    NAME = "drafts_letter"
    year: int = 0
    draft: int = 0


@dataclass(frozen=True, slots=True)
class DraftWorkbook(Action):
    """Has a workbook made of draft plans: of one (`draft`), or of all of a year."""

    NAME = "drafts_file"
    year: int = 0
    draft: int = 0


@dataclass(frozen=True, slots=True)
class IssueDraft(Action):
    """Begins to issue the letter of a draft plan (`draft`), or of all of a year, in the place of an issued one (its
    number) if `replaces` names one."""

    NAME = "issue_draft"
    year: int = 0
    draft: int = 0
    replaces: int = 0
