"""Several people may be correcting one report: whoever sends first counts, the others keep their answers as a draft.

A correction changes the answers that its author was shown. If others stand there by the time it is sent, it is put
aside and said; taken up again, it begins with what the report is now.
"""

from handlers.context import Replies, Turn, choice
from handlers.reports.showing import answers_for, what_happened
from handlers.wording import measure_text
from interview import from_json
from locales import Say
from messages import Choice, Outgoing
from messages.actions import Discard
from reports.wording import day_text
from storage.conversation import interviews
from storage.conversation.turns import OpenInterview
from storage.delivery.notices import notify
from storage.directory import people
from storage.records import submissions
from storage.records.submissions import Stored


def is_overtaken(turn: Turn, opened: OpenInterview, report: Stored) -> bool:
    """Whether a correction may not take the place of what its report is now."""
    stands = answers_for(turn, report) and not _has_other_answers(turn, opened)
    return not stands or not interviews.is_open(turn.db, opened.id)


def _has_other_answers(turn: Turn, opened: OpenInterview) -> bool:
    return submissions.is_corrected_since(turn.db, opened.corrects or 0, opened.corrects_revision)


def put_aside(turn: Turn, opened: OpenInterview, report: Stored) -> Replies:
    """Keep a correction that came too late as a draft, and say what stands instead."""
    interviews.set_status(turn.db, opened.id, "draft", turn.now)
    text = "\n".join(
        [_what_stands(turn.say, report, _happened(turn, report)), turn.say("I keep your answers as a draft.")]
    )
    return [Outgoing(text, _ways_on(turn.say, opened, report), lasting=True)]


def catch_up(turn: Turn, draft: OpenInterview, report: Stored) -> str:
    """Before a correction is taken up again: what happened to its report meanwhile, which it changes from now on."""
    if not _has_other_answers(turn, draft):
        return ""
    interviews.catch_up(turn.db, draft.id, report.revision)
    stands = _what_stands(turn.say, report, _happened(turn, report))
    return f"{stands}\n{turn.say('If you send your answers, they take the place of these.')}"


def stays_draft(turn: Turn, draft: OpenInterview, report: Stored, answers: str) -> Replies:
    """A correction that can be sent no more: its report is not this person's to change. Its answers are shown."""
    stands = _what_stands(turn.say, report, _happened(turn, report))
    text = turn.say("It is not open for your correction any more. Your answers, kept as a draft:")
    view, _, *rest = _ways_on(turn.say, draft, report)
    return [Outgoing(f"{stands}\n{text}\n{answers}", (view, *rest))]


def _happened(turn: Turn, report: Stored) -> str:
    return what_happened(turn.say, submissions.last_change(turn.db, report.id))


def _what_stands(say: Say, report: Stored, happened: str) -> str:
    day, measure = day_text(report.event_date), measure_text(say, report)
    return f"{happened} {say('The report of {day} now says: {measure}.', day=day, measure=measure)}".strip()


def _ways_on(say: Say, draft: OpenInterview, report: Stored) -> tuple[Choice, ...]:
    return (
        choice(f"view:{report.id}", say("See the report")),
        choice(f"resume:{draft.id}", say("Go on with my answers")),
        choice(Discard(draft.id, from_json(draft.state).revision), say("Delete the draft"), say("delete")),
        choice("menu", say("Menu")),
    )


def overtake(turn: Turn, report: Stored, keep: int = 0) -> None:
    """End or put aside the other corrections of a report that this turn has changed; whoever else was at it is told."""
    interviews.end_corrections(turn.db, report.id, turn.now, turn.person_id, keep)
    aside = interviews.put_aside_corrections(turn.db, report.id, turn.now, turn.person_id)
    for person_id, interview_id in aside:
        say = turn.speaking(people.find_person(turn.db, person_id).language).say
        lines = (
            _what_stands(say, report, what_happened(say, submissions.last_change(turn.db, report.id))),
            say("You were correcting it, too: I keep your answers as a draft."),
        )
        offers = (
            choice(f"view:{report.id}", say("See the report")),
            choice(f"resume:{interview_id}", say("Go on with my answers")),
        )
        notify(turn.db, person_id, Outgoing("\n".join(lines), offers), turn.now)
