"""Tells both units and the secretariat what may overlap in their draft plans, and takes their answer (V.2)."""

from collections.abc import Callable, Mapping

from handlers import menu
from handlers.context import Replies, Turn
from handlers.obligations.due import show_due
from locales import Say
from messages import Choice, Outgoing
from messages.actions import AnswerOverlap, Correct, DraftBudgets, Overlaps, View, ViewOverlap, choice
from reports.wording import day_text, span
from rules.drafts import Answer, Reason
from services import access, draft_plans, reports
from services.draft_plans import SeenOverlap
from services.results import Refusal
from storage.delivery.notices import notify
from storage.directory import persons
from storage.records.drafts import StoredRow
from storage.records.submissions import Report

PAGE = 6
REASONS: Mapping[str, Callable[[Say], str]] = {
    Reason.SITE: lambda say: say("the same school or enterprise"),
    Reason.GROUP: lambda say: say("the same group, place and time"),
    Reason.LED_ELSEWHERE: lambda say: say("an activity that another agency leads"),
}
ANSWERS: Mapping[str, Callable[[Say], str]] = {
    Answer.KEEP: lambda say: say("Keep both"),
    Answer.MERGE: lambda say: say("Hold it together"),
    Answer.CHANGE: lambda say: say("Change one"),
}


def tell(turn: Turn, report: Report) -> list[str]:
    """Compare a draft that came in, tell whom it concerns, and return lines for its author."""
    found = draft_plans.compare(turn.db, turn.plan, report, turn.now)
    for each in found:
        for person in each.told:
            if person != turn.person_id:
                theirs = turn.speaking_to(person)
                notify(turn.db, person, _message(theirs, each.seen), turn.now)
    if not found:
        return []
    head = turn.say.plural(
        "May overlap, please talk about it: {n} activity.",
        "May overlap, please talk about it: {n} activities.",
        len(found),
    )
    return [head, *(f"• {_pair(turn, each.seen)}" for each in found)]


def offers_of(turn: Turn, report: Report) -> list[Choice]:
    """Lead from a draft to what may overlap in it."""
    found = draft_plans.overlaps_of(turn.db, turn.viewer, report.id)
    return [
        choice(ViewOverlap(each.overlap.id), turn.say("May overlap with {unit}", unit=_other(turn, each, report)))
        for each in found
    ]


def _other(turn: Turn, seen: SeenOverlap, report: Report) -> str:
    """The unit of the other draft."""
    other = seen.first if seen.second.submission_id == report.id else seen.second
    return turn.viewer.tree.title_of(other.unit_id)


def view(turn: Turn, pressed: ViewOverlap) -> Replies:
    """Show an overlap with what can be answered."""
    seen = draft_plans.see_overlap(turn.db, turn.viewer, pressed.overlap)
    return [_message(turn, seen)] if seen else _gone(turn)


def _gone(turn: Turn) -> Replies:
    return show_due(turn, intro=turn.say("These overlap no more: one of the drafts has changed. This is what is due:"))


def answer(turn: Turn, pressed: AnswerOverlap) -> Replies:
    """Note what was decided, tell the others, and lead to the draft where something is to change."""
    if pressed.said not in ANSWERS:
        return show_due(turn)
    said = Answer(pressed.said)
    result = draft_plans.answer_overlap(turn.db, turn.viewer, pressed.overlap, pressed.seen, said, turn.now)
    if result is Refusal.MOVED_ON:
        return view(turn, ViewOverlap(pressed.overlap))
    if isinstance(result, Refusal):
        return _gone(turn)
    for person in result.told:
        theirs = turn.speaking_to(person)
        notify(turn.db, person, _message(theirs, result.seen), turn.now)
    message = _message(turn, result.seen)
    offers = [*_to_change(turn, result.seen), *message.choices] if said is not Answer.KEEP else message.choices
    return [Outgoing(message.text, tuple(offers), lasting=True)]


def _to_change(turn: Turn, seen: SeenOverlap) -> list[Choice]:
    for row in (seen.first, seen.second):
        report = reports.find(turn.db, turn.viewer, row.submission_id)
        if report is not None and access.may_change(turn.viewer, report):
            return [choice(Correct(report.id, report.revision), turn.say("Change our draft"))]
    return []


def show(turn: Turn, pressed: Overlaps) -> Replies:
    """List to the secretariat what nobody has answered."""
    say, page = turn.say, pressed.page
    found = draft_plans.open_overlaps(turn.db, turn.viewer, offset=page * PAGE, limit=PAGE + 1)
    head = say("May overlap, and nobody has answered:") if found else say("Nothing in the drafts overlaps unanswered.")
    lines = [f"• {_pair(turn, each)}" for each in found[:PAGE]]
    offers = [choice(ViewOverlap(each.overlap.id), each.second.content) for each in found[:PAGE]]
    if len(found) > PAGE:
        offers.append(choice(Overlaps(page + 1), say("More →")))
    offers.append(choice(DraftBudgets(turn.today.year + 1), say("Budgets of the drafts")))
    return [Outgoing("\n".join([head, *lines]), (*offers, *menu.back_to_menu(turn)))]


def _message(theirs: Turn, seen: SeenOverlap) -> Outgoing:
    say, overlap = theirs.say, seen.overlap
    lines = [
        say("May overlap, please talk about it: {why}.", why=REASONS[overlap.reason](say)),
        *(f"• {_row(theirs, row)}" for row in (seen.first, seen.second)),
    ]
    if overlap.answer:
        who = persons.find_person(theirs.db, overlap.answered_by).name if overlap.answered_by else ""
        lines.append(say("Answered: {what} ({who})", what=ANSWERS[overlap.answer](say), who=who))
    offers = [choice(AnswerOverlap(overlap.id, overlap.revision, said), word(say)) for said, word in ANSWERS.items()]
    drafts = dict.fromkeys((seen.first.submission_id, seen.second.submission_id))
    offers += [choice(View(draft), say("Draft of {unit}", unit=_unit(theirs, seen, draft))) for draft in drafts]
    return Outgoing("\n".join(lines), (*offers, *menu.back_to_menu(theirs)), lasting=True)


def _unit(turn: Turn, seen: SeenOverlap, draft: int) -> str:
    row = seen.first if seen.first.submission_id == draft else seen.second
    return turn.viewer.tree.title_of(row.unit_id)


def _pair(turn: Turn, seen: SeenOverlap) -> str:
    return f"{_row(turn, seen.first)} ↔ {_row(turn, seen.second)} ({REASONS[seen.overlap.reason](turn.say)})"


def _row(turn: Turn, row: StoredRow) -> str:
    group = turn.plan.short(row.target_group, turn.language)
    parts = [turn.viewer.tree.title_of(row.unit_id), row.content, group, when(row), row.site]
    return " · ".join(part for part in parts if part)


def when(row: StoredRow) -> str:
    """When something is planned: 8/3/2021, or 3/2021 where only the month is known."""
    if row.by_month:
        return f"{row.first_day.month}/{row.first_day.year}"
    return day_text(row.first_day) if row.first_day == row.last_day else span(row.first_day, row.last_day)
