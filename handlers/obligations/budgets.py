"""Shows what the draft plans of a year cost, and has workbooks made of them."""

from collections.abc import Mapping

from handlers import menu
from handlers.context import Replies, Turn
from handlers.filing import order_file
from handlers.obligations.due import show_due
from messages import Document, Outgoing
from messages.actions import DraftBudgets, DraftWorkbook, Outstanding, Overlaps, choice
from reports.amounts import dong, in_words
from reports.files.drafts import DRAFTS, source_name
from services import draft_plans

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
        choice(Overlaps(), say("What may overlap")),
        choice(Outstanding(), say("Who has not handed in")),
    )
    return [Outgoing("\n".join(lines), (*offers, *menu.back_to_menu(turn)))]


def _lines(turn: Turn, sums: Mapping[str, int]) -> list[str]:
    lines = [f"• {name}: {dong(amount)}" for name, amount in sums.items()]
    return lines[:MOST] + ([turn.say("…and {n} others", n=len(lines) - MOST)] if len(lines) > MOST else [])


def workbook(turn: Turn, pressed: DraftWorkbook) -> Replies:
    """Have a workbook made: of one draft for those who may see it, of all of a year for the secretariat."""
    if not draft_plans.may_have_file(turn.db, turn.viewer, pressed.draft):
        return show_due(turn)
    year = pressed.year or turn.today.year + 1
    data = {"year": year, "draft": pressed.draft, "language": turn.language}
    name = (
        f"{'drafts' if turn.language == 'en' else 'du-thao'}-{year}{f'-{pressed.draft}' if pressed.draft else ''}.xlsx"
    )
    return order_file(turn, Document(DRAFTS, data, name), again=pressed)
