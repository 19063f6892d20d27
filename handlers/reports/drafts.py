"""Lists what a person has begun and not sent, each told apart by activity, day and where it stopped."""

from handlers import menu
from handlers.context import Replies, Turn
from handlers.reports import interviewing
from interview import from_json, look_at
from messages import Choice, Outgoing
from messages.actions import DROPPING, Discard, Drafts, NewReport, Resume, choice
from services import drafts
from storage.conversation.interviews import Draft

PAGE = 6


def show(turn: Turn, pressed: Drafts, *, intro: str = "") -> Replies:
    """List the drafts, newest first, a page at a time: to go on with one, or to drop some one by one."""
    page = pressed.page
    found = drafts.listed(turn.db, turn.viewer, offset=page * PAGE, limit=PAGE + 1)
    if not found and page:
        return show(turn, Drafts(page - 1, pressed.how), intro=intro)
    if not found:
        return _none(turn, intro)
    say, is_dropping = turn.say, pressed.how == DROPPING
    shown = [draft for draft in found[:PAGE] if not (is_dropping and draft.is_open)]
    offers = [_offer(turn, draft, is_dropping=is_dropping) for draft in shown]
    if len(found) > PAGE:
        offers.append(choice(Drafts(page + 1, pressed.how), say("More →")))
    other = (Drafts(page), say("Back to the drafts")) if is_dropping else (Drafts(page, DROPPING), say("Drop some…"))
    question = (
        say("Which draft is to be deleted? It goes at once.") if is_dropping else say("Which draft do we go on with?")
    )
    text = "\n\n".join(filter(None, (intro, question)))
    return [Outgoing(text, (*offers, choice(*other), *menu.back_to_menu(turn)))]


def discard(turn: Turn, pressed: Discard) -> Replies:
    """Delete a draft; one that was chosen from the list brings the list again."""
    replies = interviewing.discard(turn, pressed)
    return show(turn, Drafts(0, DROPPING), intro=replies[0].text) if pressed.how == DROPPING else replies


def _none(turn: Turn, intro: str) -> Replies:
    text = "\n\n".join(filter(None, (intro, turn.say("No draft waits: everything you began was sent or deleted."))))
    return [Outgoing(text, (choice(NewReport(), turn.say("Report an activity")), *menu.back_to_menu(turn)))]


def _offer(turn: Turn, draft: Draft, *, is_dropping: bool) -> Choice:
    title = title_of(turn, draft)
    if is_dropping:
        return choice(
            Discard(draft.id, from_json(draft.state).revision, DROPPING), turn.say("Delete: {draft}", draft=title)
        )
    return choice(Resume(draft.id), title)


def title_of(turn: Turn, draft: Draft) -> str:
    """Tell a draft apart: "Nói chuyện · 26/11 · dở ở: số người"."""
    say, state = turn.say, from_json(draft.state)
    form = interviewing.form_of(turn, draft)
    standing, said = look_at(form, state, turn.now), {**state.prefill, **state.answers}
    activity = said.get("activity")
    name = turn.plan.short(str(activity), turn.language) if activity else form.title(turn.language)
    stopped = standing.open_name
    where = say("stopped at: {question}", question=_lower_first(stopped)) if stopped else say("ready to send")
    return " · ".join(filter(None, (name, _day(said.get("last_date") or said.get("date")), where)))


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def _day(value: object) -> str:
    """ "26/11" of an ISO day; empty if none was said yet."""
    parts = str(value).split("-") if value else []
    return f"{int(parts[2])}/{int(parts[1])}" if len(parts) == 3 else ""
