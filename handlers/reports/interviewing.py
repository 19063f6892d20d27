"""Gives an answer to an open interview: the engine takes the step, this module stores it and puts it into words.

All outputs of a step become one message, since in Zalo each message counts. Buttons carry the interview and its
revision: a press on a stale one brings the present question.
"""

from collections.abc import Sequence
from dataclasses import replace

from handlers.announcing import ending as announcing
from handlers.context import Replies, Turn
from handlers.reports import asking, mending, overtaken, private, showing, stale
from handlers.reports.answer_lists import answer_list, is_of_list
from handlers.reports.sending import answers_of, finish
from interview import (
    Form,
    Standing,
    advance,
    answer_again,
    answered,
    from_json,
    known,
    look_at,
    navigation,
    present,
    to_json,
)
from interview.steps import (
    Answer,
    Cancelled,
    Done,
    Interview,
    Media,
    Output,
    Point,
    Pressed,
    Step,
    Took,
    Typed,
    WalkCommand,
)
from messages import Outgoing
from messages.actions import Choose, Discard, Menu, Resume, choice
from messages.channels import Ability, can
from services import drafts, reports
from services.drafts import AsItWas, Kept
from services.reports import Answers
from storage.conversation import interviews
from storage.conversation import turns as conversation
from storage.conversation.turns import OpenInterview
from storage.records.submissions import Report
from storage.tables.states import InterviewStatus


def form_of(turn: Turn, opened: OpenInterview | interviews.Draft) -> Form:
    """Load the form in the version that the interview is pinned to."""
    return turn.world.forms.get(turn.db, opened.form_id, opened.form_version)


def begin(turn: Turn, form: Form, step: Step, unit_id: int, corrects: Report | None = None, intro: str = "") -> Replies:
    """Open an interview and say its first step."""
    step, why = private.without_private(turn, form, step)
    intro = "\n\n".join(filter(None, (why, intro)))
    return say_step(turn, open_at(turn, form, step, unit_id, corrects), step, intro)


def open_at(turn: Turn, form: Form, step: Step, unit_id: int, corrects: Report | None = None) -> OpenInterview:
    """Open an interview at its first step; an interview that was open is put aside."""
    turn.world.forms.keep(turn.db, form, turn.now)
    of_report = (corrects.id, corrects.revision) if corrects else None
    state = to_json(step.interview)
    row = interviews.open_interview(
        turn.db,
        person_id=turn.person_id,
        unit_id=unit_id,
        form=(form.id, form.version),
        state=state,
        revision=step.interview.revision,
        asks=asking.asked(step.outputs),
        corrects=of_report,
        now=turn.now,
    )
    report, revision = of_report or (None, None)
    return OpenInterview(row, form.id, form.version, unit_id, report, revision, state)


def look(turn: Turn, opened: OpenInterview) -> Standing:
    """Read where an open interview stands."""
    return look_at(form_of(turn, opened), from_json(opened.state), turn.now)


def refuses(step: Step, text: str) -> bool:
    """Whether the open question cannot take a text, which may then mean something else. It takes "back" and such."""
    return asking.is_rejection(step) and navigation(text) is None


def take_text(turn: Turn, opened: OpenInterview, step: Step) -> Replies:
    """Store the step that a text took, and say how the text was understood, or why it was not."""
    # Where people can edit what they wrote, it is remembered which question a message answered.
    if can(turn.channel, Ability.EDITS) and (question := answered(step)):
        conversation.remember_answer(turn.db, turn.inbox_id, opened.id, question)
    return _keep(turn, opened, step)


def correct(turn: Turn, opened: OpenInterview, question: str, text: str) -> Replies:
    """Put another answer in place of one that was given before, and go on where the person is."""
    form, state = form_of(turn, opened), from_json(opened.state)
    step = answer_again(form, state, question, text, turn.now)
    if step is None:
        return repeat(turn, opened, turn.say("The question that you answered there is not asked any more."))
    intro = turn.say("I corrected your answer as you edited it.") if answered(step) else ""
    return _keep(turn, opened, step, intro)


def press(turn: Turn, pressed: Choose) -> Replies:
    """Take a button of the open question, or one that an earlier question offered."""
    opened = turn.interview
    if opened is None or opened.id != pressed.interview:
        return over(turn, pressed.interview)
    state = from_json(opened.state)
    if state.revision != pressed.revision:
        return repeat(turn, opened, turn.say("That button is from an earlier question. Here is where we are:"))
    if is_of_list(pressed.token):
        return [answer_list(turn, opened.id, state, present(form_of(turn, opened), state, turn.now), pressed.token)]
    if pressed.token == asking.PRESENT:
        return repeat(turn, opened)
    return _step(turn, opened, Pressed(pressed.token))


def repeat(turn: Turn, opened: OpenInterview, intro: str = "") -> Replies:
    """Ask the present question once more."""
    return [_worded(turn, opened, from_json(opened.state), look(turn, opened).present(), intro)]


def takes(turn: Turn, opened: OpenInterview, media: Media) -> bool:
    """Whether the open interview would take a photo or file now."""
    return not asking.is_rejection(look(turn, opened).take(media))


def take_sent(turn: Turn, opened: OpenInterview, media: Media | Point, words: str = "") -> Replies:
    """Take a photo, file or position for the open interview; words beside it answer what is asked then."""
    step = look(turn, opened).take(media)
    if not words or asking.is_rejection(step):
        return _keep(turn, opened, step)
    said = advance(form_of(turn, opened), step.interview, Typed(words), turn.now)
    if refuses(said, words):
        return _keep(turn, opened, step, turn.say("I kept the photo, but noted nothing of the words beside it."))
    took = (output for output in step.outputs if isinstance(output, Took))
    return _keep(turn, opened, Step(said.interview, (*took, *said.outputs)))


def refuse_file(turn: Turn, opened: OpenInterview, media: Media) -> Replies:
    """Say that a photo or file was not kept, and what the open question asks for instead."""
    step = look(turn, opened).take(media)
    intro = "" if media.is_image else turn.say("A report takes photos only, so I did not keep this file.")
    return _keep(turn, opened, step, intro)


def _step(turn: Turn, opened: OpenInterview, given: Answer) -> Replies:
    return _keep(turn, opened, look(turn, opened).take(given))


def resume(turn: Turn, pressed: Resume) -> Replies:
    """Take a draft up again, on any channel; the latest one if none is named."""
    number = drafts.latest(turn.db, turn.viewer) if pressed.interview is None else pressed.interview
    if number is None:
        return stale.nothing_to_continue(turn)
    result = drafts.take_up(turn.db, turn.viewer, number, turn.now)
    if isinstance(result, AsItWas):
        return _not_taken_up(turn, result, number)
    intro = turn.say("Let us go on where you stopped.")
    if result.overtaken is not None:
        intro = f"{overtaken.caught_up(turn, result.overtaken)}\n\n{intro}"
    return repeat(turn, result.opened, intro)


def _not_taken_up(turn: Turn, kept: AsItWas, interview_id: int) -> Replies:
    if kept.draft is None:
        return over(turn, interview_id)
    if kept.report is None:
        return showing.not_yours(turn)
    answers = known(form_of(turn, kept.draft), from_json(kept.draft.state), turn.now)
    return overtaken.stays_draft(turn, kept.draft, kept.report, asking.understood(answers))


def discard(turn: Turn, pressed: Discard) -> Replies:
    """Drop a draft for good, unless it was taken up again since the button was made."""
    result = drafts.discard(turn.db, turn.viewer, pressed.interview, pressed.seen, turn.now)
    if isinstance(result, AsItWas):
        return _not_discarded(turn, result, pressed.interview)
    return [Outgoing(turn.say("Deleted. Nothing of it was sent."), (choice(Menu(), turn.say("Menu")),))]


def _not_discarded(turn: Turn, kept: AsItWas, interview_id: int) -> Replies:
    if kept.draft is None:
        return over(turn, interview_id)
    if kept.why is Kept.GOING_ON:
        return repeat(turn, kept.draft, turn.say("You have gone on with that report since, so I keep it."))
    return [_kept_aside(turn, kept.draft, turn.say("This draft has changed since that button was made, so I keep it."))]


def over(turn: Turn, interview_id: int) -> Replies:
    """Answer a button of a report that is not open: what became of it, and the question open now, if any."""
    if turn.interview is None:
        return stale.ways_on(turn, interview_id)
    here = turn.say("Here is where we are:")
    return repeat(turn, turn.interview, f"{stale.became(turn, interview_id)} {here}")


def ready_to_send(turn: Turn, interview_id: int, revision: int) -> tuple[OpenInterview, Answers] | Replies:
    """The open report with its answers, if it is as the question saw it; else what there is to say instead."""
    opened = turn.interview
    if opened is None or opened.id != interview_id:
        return over(turn, interview_id)
    if from_json(opened.state).revision != revision:
        return repeat(turn, opened, turn.say("That button is from an earlier question. Here is where we are:"))
    step = look(turn, opened).take(Pressed(WalkCommand.SEND))
    done = next((output for output in step.outputs if isinstance(output, Done)), None)
    return say_step(turn, opened, step) if done is None else (opened, answers_of(done.values))


def is_asked_here(turn: Turn, opened: OpenInterview, revision: int) -> bool:
    """Whether this chat was asked the open question; if not, the person went on with it on another channel."""
    return (turn.menu.interview_id, turn.menu.revision) == (opened.id, revision)


def _keep(turn: Turn, opened: OpenInterview, step: Step, intro: str = "") -> Replies:
    """Store a step and say it. The report that it corrects is locked before the interview, as by `overtake`:
    otherwise two turns could wait for one another."""
    report = reports.hold(turn.db, turn.viewer, opened.corrects) if opened.corrects else None
    step, why = private.without_private(turn, form_of(turn, opened), step, from_json(opened.state).answers)
    intro = "\n\n".join(filter(None, (why, intro)))
    step = mending.onward(turn, form_of(turn, opened), opened, step)
    revision, asks = step.interview.revision, asking.asked(step.outputs)
    state = to_json(step.interview)
    conversation.save_step(turn.db, opened.id, state, revision, asks, turn.now)
    opened = replace(opened, state=state)
    if report is not None and not interviews.is_open(turn.db, opened.id):
        return overtaken.kept_as_draft(turn, opened, report)
    return say_step(turn, opened, step, intro)


def say_step(turn: Turn, opened: OpenInterview, step: Step, intro: str = "") -> Replies:
    """Word a step, or say what became of an interview that ends with it."""
    for output in step.outputs:
        if isinstance(output, Done):
            return finish(turn, opened, output.values)
        if isinstance(output, Cancelled):
            return _put_aside(turn, opened)
    return [_worded(turn, opened, step.interview, step.outputs, intro)]


def _worded(turn: Turn, opened: OpenInterview, state: Interview, outputs: Sequence[Output], intro: str) -> Outgoing:
    """Word a step. A person who may report for several units reads at the review which one this is for."""
    if asking.has_review(outputs) and (len(turn.viewer.units) > 1 or not turn.viewer.holds_in(opened.unit_id)):
        intro = f"{intro}\n\n{turn.viewer.tree.title_of(opened.unit_id)}".strip()
    if asking.has_review(outputs):
        intro = "\n\n".join(filter(None, (intro, announcing.preview(turn, replace(opened, state=to_json(state))))))
    return asking.worded(turn, opened.id, state, outputs, intro)


def _put_aside(turn: Turn, opened: OpenInterview) -> Replies:
    interviews.set_status(turn.db, opened.id, InterviewStatus.DRAFT, turn.now)
    return [_kept_aside(turn, opened, turn.say("Stopped. I keep a draft for 30 days, in case you want to go on."))]


def _kept_aside(turn: Turn, draft: OpenInterview, text: str) -> Outgoing:
    say = turn.say
    offers = (
        choice(Resume(draft.id), say("Continue it")),
        choice(Discard(draft.id, from_json(draft.state).revision), say("Delete the draft"), say("delete")),
        choice(Menu(), say("Menu")),
    )
    return Outgoing(text, offers)
