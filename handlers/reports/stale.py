"""Answers an old button: what became of its report, and what can be done about it now."""

from handlers import menu
from handlers.context import Replies, Turn
from locales import Say
from messages import Choice, Outgoing
from messages.actions import Announcements, Mine, NewReport, Outstanding, Resume, View, choice
from services.ad_hoc import AD_HOC
from services.announcing import ANNOUNCEMENT
from storage.conversation import interviews
from storage.tables.states import InterviewStatus


def became(turn: Turn, interview_id: int) -> str:
    """Say in a sentence what became of an interview, even of one that is not this person's, or never was."""
    say = turn.say
    status, submission_id, form_id = interviews.outcome(turn.db, turn.person_id, interview_id)
    match status:
        case InterviewStatus.DONE:
            return _sent(say, form_id)
        case InterviewStatus.DRAFT:
            return say("That report waits as a draft.")
        case InterviewStatus.ASKED:
            return say("That report waits for the secretariat, since its period is closed.")
        case InterviewStatus.CANCELLED if submission_id:  # another one, or a withdrawal, has overtaken it
            return say("That correction was dropped: the report stands as it is now.")
        case InterviewStatus.CANCELLED:
            return say("That report was dropped; nothing of it was sent.")
        case _:
            return say("I cannot find what that button was for among your reports.")


def _sent(say: Say, form_id: str) -> str:
    if form_id == ANNOUNCEMENT:
        return say("That announcement has been sent already.")
    if form_id == AD_HOC:
        return say("The units have been asked for that already.")
    return say("That report has been sent already.")


def ways_on(turn: Turn, interview_id: int) -> Replies:
    """Say what became of an interview and what can be done about it, if no question is open."""
    say = turn.say
    status, submission_id, form_id = interviews.outcome(turn.db, turn.person_id, interview_id)
    offers: list[Choice] = []
    if form_id in (ANNOUNCEMENT, AD_HOC) and status == InterviewStatus.DONE:
        announced = choice(Announcements(), say("Announcements to many"))
        offers.append(announced if form_id == ANNOUNCEMENT else choice(Outstanding(), say("Who has not handed in")))
        return [Outgoing(became(turn, interview_id), (*offers, *menu.back_to_menu(turn)))]
    if status == InterviewStatus.DRAFT:
        offers.append(choice(Resume(interview_id), say("Continue it")))
    if submission_id:
        offers.append(choice(View(submission_id), say("See the report")))
    offers += [choice(NewReport(), say("Report an activity")), choice(Mine(), say("My reports"))]
    return [Outgoing(became(turn, interview_id), (*offers, *menu.back_to_menu(turn)))]


def nothing_to_continue(turn: Turn) -> Replies:
    """Answer a person who wants to go on and has neither an open report nor a draft."""
    text = turn.say("No report waits to be continued. Would you like to begin one?")
    return [Outgoing(text, (choice(NewReport(), turn.say("Report an activity")), *menu.back_to_menu(turn)))]
