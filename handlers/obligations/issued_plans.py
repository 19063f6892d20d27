"""Issues the letter of a draft plan, by the way of all documents: number, day and signer, then its file is frozen."""

from collections.abc import Iterator

from handlers.context import Replies, Turn
from handlers.figures import issuing
from messages import Choice, Document
from messages.actions import DraftLetter, IssueDraft, choice
from periods.period import Period, period_of
from plan.form_names import PLAN_DRAFT
from reports.letters.recipe import DRAFT_LETTER
from rules.documents import DocumentKind
from services import access, draft_plans, reports
from services.issuing import begin as begin_to_issue
from services.results import Refusal, Refused
from storage.directory.units import unit_tree


def offer(turn: Turn, shown: DraftLetter) -> Iterator[Choice]:
    """Offer to issue the letter that is being made, to those who may."""
    unit = _unit_of(turn, shown.draft)
    if unit and access.may_issue(turn.viewer, unit, DocumentKind.PLAN):
        yield choice(IssueDraft(shown.year, shown.draft), turn.say("Issue it"))


def begin(turn: Turn, pressed: IssueDraft) -> Replies:
    """Ask for number, day and signer of a draft's letter."""
    unit = _unit_of(turn, pressed.draft)
    if unit is None:
        return issuing.begun(turn, Refused(Refusal.UNKNOWN))
    period = _year(turn, pressed.year)
    data = {"year": period.first.year, "draft": pressed.draft, "language": turn.language}
    name = f"{'plan' if turn.language == 'en' else 'ke-hoach'}-{period.first.year}-{unit}.docx"
    result = begin_to_issue(
        turn.db,
        turn.viewer,
        unit=unit,
        period=period,
        document=Document(DRAFT_LETTER, data, name),
        replaces=pressed.replaces,
    )
    return issuing.begun(turn, result)


def _year(turn: Turn, year: int) -> Period:
    return period_of(str(year if 2000 < year < 2100 else turn.today.year + 1))


def _unit_of(turn: Turn, draft: int) -> str | None:
    """Whose plan a letter is: of a draft that this person may see its unit, of all of a year the root."""
    if not draft_plans.may_have_file(turn.db, turn.viewer, draft):
        return None
    if not draft:
        return turn.viewer.tree.root.code
    report = reports.find(turn.db, turn.viewer, draft)
    if report is None or report.form_id != PLAN_DRAFT:
        return None
    return unit_tree(turn.db).on(turn.today).unit(report.unit_id).code
