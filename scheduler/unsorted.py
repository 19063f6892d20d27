"""What a report lacks, asked for beside other things: how many of its people were women or men."""

from sqlalchemy import Connection

from locales import Say, number, texts
from messages import Choice
from messages.actions import Sort, Unsure, choice
from plan.model import Plan
from reports.wording import day_text
from scheduler.sections import Section
from storage.records import unsorted
from storage.records.unsorted import UnsortedReport

URGENCY = 9


def ask(db: Connection, plan: Plan, person_id: int, language: str) -> Section | None:
    """Ask the person about their first report with unsorted people; None if there is none to ask about."""
    report, say = unsorted.ask_for(db, person_id), texts(language)
    if report is None:
        return None
    why = say("People not told apart by sex")
    return Section(URGENCY, question(say, plan, report), why, answers(say, report))


def question(say: Say, plan: Plan, report: UnsortedReport) -> str:
    """Ask in a sentence or two."""
    return say(
        "The report of {day} ({activity}) has {count} people who are not told apart by sex. Can you add how many were "
        "women and how many men?",
        day=day_text(report.day),
        activity=plan.short(report.activity, say.language),
        count=number(report.count, say.language),
    )


def answers(say: Say, report: UnsortedReport) -> tuple[Choice, ...]:
    """Offer to add the numbers, or to say that nobody knows."""
    row, seen = report.id, report.revision
    return (
        choice(Sort(row, seen), say("Add women and men"), say("add")),
        choice(Unsure(row, seen), say("Nobody knows"), say("unknown")),
    )
