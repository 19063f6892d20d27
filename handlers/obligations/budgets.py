"""Shows what the draft plans of a year cost, and has workbooks made of them."""

from collections.abc import Iterable, Mapping

from handlers import menu
from handlers.context import Replies, Turn
from handlers.filing import order_file
from handlers.obligations import issued_plans
from handlers.obligations.due import show_due
from messages import Choice, Document, Outgoing
from messages.actions import DraftBudgets, DraftLetter, DraftWorkbook, Outstanding, Overlaps, choice
from plan.form_names import PLAN_DRAFT
from reports.amounts import dong, in_words
from reports.files.drafts import DRAFTS, source_name
from reports.letters.recipe import DRAFT_LETTER
from services import draft_plans
from storage.records.submissions import Report

MOST = 15
"""Lines of each list in the message: the workbook holds all."""


def show(turn: Turn, pressed: DraftBudgets) -> Replies:
    """Show the sums by ward and agency, by activity and by source; of one event the leader's lines count."""
    say, year = turn.say, pressed.year or turn.today.year + 1
    found = draft_plans.budgets(turn.db, turn.viewer, turn.plan, year)
    if found is None:
        return show_due(turn)
    drafts = len({row.submission_id for row in found.rows})
    head = say(
        "Drafts for {year}: {drafts}, activities: {rows}, in all {sum}.",
        year=year,
        drafts=drafts,
        rows=len(found.rows),
        sum=dong(found.whole),
    )
    tree, plan, language = turn.viewer.tree, turn.plan, turn.language
    lists = (
        (say("By unit:"), found.by(lambda row, _: tree.title_of(row.unit_id))),
        (say("By activity:"), found.by(lambda row, _: plan.short(row.activity, language))),
        (say("By source:"), found.by(lambda _, cost: source_name(say, cost.source))),
    )
    lines = [head, say("In words: {words}.", words=in_words(found.whole))]
    for title, sums in lists:
        lines += ["", title, *_lines(turn, sums)] if sums else []
    offers = (
        choice(DraftWorkbook(year), say("Workbook of the drafts")),
        *([choice(DraftLetter(year), say("Letter of the drafts"))] if drafts else []),
        choice(Overlaps(), say("What may overlap")),
        choice(Outstanding(), say("Who has not handed in")),
    )
    return [Outgoing("\n".join(lines), (*offers, *menu.back_to_menu(turn)))]


def _lines(turn: Turn, sums: Mapping[str, int]) -> list[str]:
    lines = [f"• {name}: {dong(amount)}" for name, amount in sums.items()]
    return lines[:MOST] + ([turn.say("…and {n} others", n=len(lines) - MOST)] if len(lines) > MOST else [])


def workbook(turn: Turn, pressed: DraftWorkbook) -> Replies:
    """Have a workbook made: of one draft for those who may see it, of all of a year for the secretariat."""
    return _made(turn, pressed, DRAFTS, "xlsx", ())


def letter(turn: Turn, pressed: DraftLetter) -> Replies:
    """Have a letter in the official form made of the same; those who may issue it find that under it."""
    return _made(turn, pressed, DRAFT_LETTER, "docx", issued_plans.offer(turn, pressed))


def _made(turn: Turn, pressed: DraftWorkbook | DraftLetter, kind: str, suffix: str, after: Iterable[Choice]) -> Replies:
    if not draft_plans.may_have_file(turn.db, turn.viewer, pressed.draft):
        return show_due(turn)
    year = pressed.year or turn.today.year + 1
    data = {"year": year, "draft": pressed.draft, "language": turn.language}
    head = "drafts" if turn.language == "en" else "du-thao"
    name = f"{head}-{year}{f'-{pressed.draft}' if pressed.draft else ''}.{suffix}"
    return order_file(turn, Document(kind, data, name), again=pressed, after=after)


def files_of(turn: Turn, report: Report) -> list[Choice]:
    """Offer a draft plan as a letter and as a workbook; nothing for other reports."""
    if report.form_id != PLAN_DRAFT:
        return []
    year = int(report.answers["year"])
    return [
        choice(DraftLetter(year, report.id), turn.say("As a letter (Word)")),
        choice(DraftWorkbook(year, report.id), turn.say("As a workbook (Excel)")),
    ]
