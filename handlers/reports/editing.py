"""Corrects an answer when its message is edited afterwards, wherever the interview has got to since."""

from dataclasses import replace

from handlers import menu
from handlers.context import Replies, Turn
from handlers.reports import interviewing
from interview import answer_again, answered, navigation, start
from interview.steps import Typed
from messages import Edit, Outgoing
from messages.actions import Correct, Mine, Resume, choice
from reports.wording import day_text
from services import reports
from services.results import Refused
from storage.conversation import interviews
from storage.conversation.turns import Given, OpenInterview
from storage.records import submissions
from storage.tables.states import InterviewStatus


def edited(turn: Turn, edit: Edit, given: Given | None) -> Replies:
    """Take an edit; `given` says what the message answered.

    An edited message that answered nothing answers the question that is open now: most often it was rejected there.
    """
    opened = turn.interview
    if given is None or navigation(edit.text) is not None:
        return _of_no_use(turn)
    if given.interview_id is None or given.question is None:
        return _of_no_use(turn) if opened is None else _answer_now(replace(turn, inbox_id=given.row), opened, edit.text)
    if opened is None or opened.id != given.interview_id:
        return _too_late(turn, given.interview_id, given.question, edit.text)
    return interviewing.correct(turn, opened, given.question, edit.text)


def _answer_now(turn: Turn, opened: OpenInterview, text: str) -> Replies:
    step = interviewing.look(turn, opened).take(Typed(text))
    return _of_no_use(turn) if interviewing.refuses(step, text) else interviewing.take_text(turn, opened, step)


def _of_no_use(turn: Turn) -> Replies:
    if turn.interview is not None:
        text = turn.say("I saw that you edited a message, but it answers no question. Here is where we are:")
        return interviewing.repeat(turn, turn.interview, text)
    text = turn.say("I saw that you edited a message. To change a report, open it under “My reports”.")
    return [Outgoing(text, (choice(Mine(), turn.say("My reports")), *menu.back_to_menu(turn)))]


def _too_late(turn: Turn, interview_id: int, question: str, text: str) -> Replies:
    """Say that the interview is over or put aside, and offer what became of it."""
    status, submission_id, _ = interviews.outcome(turn.db, turn.person_id, interview_id)
    say = turn.say
    if status == InterviewStatus.DONE and submission_id:
        return _in_correction(turn, submission_id, question, text) or _to_correct(turn, submission_id)
    if status == InterviewStatus.DRAFT:
        told = say("You edited an answer of a report that you stopped; I kept a draft of it.")
        return [Outgoing(told, (choice(Resume(interview_id), say("Continue it")), *menu.back_to_menu(turn)))]
    return _of_no_use(turn)


def _in_correction(turn: Turn, report_id: int, question: str, text: str) -> Replies | None:
    """Show a sent report's correction with the edited answer in it, unless that cannot be taken or another is open."""
    opened = turn.interview
    if opened is not None:
        return interviewing.correct(turn, opened, question, text) if opened.corrects == report_id else None
    report = reports.hold_to_change(turn.db, turn.viewer, report_id, submissions.revision_of(turn.db, report_id))
    if isinstance(report, Refused):
        return None
    form = turn.world.forms.get(turn.db, report.form_id, report.form_version)
    before = start(form, report.answers, turn.now, language=turn.language).interview
    step = answer_again(form, before, question, text, turn.now)
    if step is None or not answered(step):
        return None
    intro = turn.say(
        "You edited an answer of your report of {day}, which is sent already. I put it in below; the report changes "
        "only when you send it.",
        day=day_text(report.day),
    )
    return interviewing.begin(turn, form, step, report.unit_id, corrects=report, intro=intro)


def _to_correct(turn: Turn, report_id: int) -> Replies:
    text = turn.say("You edited an answer of a report that is sent already. Shall we correct the report?")
    now = Correct(report_id, submissions.revision_of(turn.db, report_id))
    return [Outgoing(text, (choice(now, turn.say("Correct it")), *menu.back_to_menu(turn)))]
