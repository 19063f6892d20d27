"""Says what an announcement would reach and cost before the yes, and keeps it after the yes until it goes."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from handlers import menu
from handlers.context import Replies, Turn
from interview import from_json, values
from interview.steps import Json
from locales import number
from messages import Outgoing
from messages.actions import Announce, Announcements, StopAnnouncement, ViewAnnouncement, choice
from reports.wording import moment
from services import announcing
from services.announcing import ANNOUNCEMENT, HELD, Preview, Wanted
from services.results import Refusal, Refused
from storage.conversation import interviews
from storage.conversation.turns import OpenInterview
from storage.delivery.announcements import StoredAnnouncement
from storage.tables.states import InterviewStatus


def preview(turn: Turn, opened: OpenInterview) -> str:
    """What would become of the announcement that is looked over; empty for any other form."""
    if opened.form_id != ANNOUNCEMENT:
        return ""
    form = turn.world.forms.get(turn.db, opened.form_id, opened.form_version)
    answers = values(form, from_json(opened.state), turn.now)
    seen = announcing.preview(turn.db, turn.viewer, _wanted(turn, opened, answers), turn.now)
    return "" if isinstance(seen, Refused) else "\n".join(_lines(turn, seen))


def _lines(turn: Turn, seen: Preview) -> Iterator[str]:
    say = turn.say
    yield say.plural("It goes to {n} person.", "It goes to {n} people.", seen.people)
    if seen.unreached:
        yield say.plural(
            "Nothing reaches {n} person: a call would help.",
            "Nothing reaches {n} people: a call would help.",
            seen.unreached,
        )
    for cost in seen.costs:
        yield say(
            "By the Zalo bot {bot} it costs at least {count} messages; this month {used} of {quota} are used.",
            bot=cost.bot,
            count=number(cost.people),
            used=number(cost.usage.used),
            quota=number(cost.usage.quota),
        )
    yield _when(turn, seen.goes_at)


def _when(turn: Turn, goes_at: datetime) -> str:
    if goes_at <= turn.now + HELD:
        return turn.say("It goes a minute after your yes; until then you can stop it.")
    return turn.say("It is night: it goes at {moment}.", moment=moment(turn.say, goes_at))


def finish(turn: Turn, opened: OpenInterview, answers: Mapping[str, Json]) -> Replies:
    """Keep it until it goes, and offer to stop it."""
    result = announcing.announce(turn.db, turn.viewer, _wanted(turn, opened, answers), turn.now)
    interviews.set_status(turn.db, opened.id, InterviewStatus.DONE, turn.now)
    say, again = turn.say, choice(Announce(), turn.say("Write an announcement"))
    if isinstance(result, Refused):
        if result.why is Refusal.NOBODY_THERE:
            text = say("Nobody can be reached there yet, so I sent nothing.")
        else:
            text = say("You cannot announce that any more, so I sent nothing.")
        return [Outgoing(text, (again, *menu.back_to_menu(turn)))]
    offers = (
        choice(StopAnnouncement(result.id), say("Stop it")),
        choice(ViewAnnouncement(result.id), say("Whom it reached")),
        choice(Announcements(), say("All announcements")),
        *menu.back_to_menu(turn),
    )
    return [Outgoing(_kept(turn, result), offers, lasting=True)]


def _wanted(turn: Turn, opened: OpenInterview, answers: Mapping[str, Json]) -> Wanted:
    return Wanted.of(turn.viewer.tree.unit(opened.unit_id).code, answers)


def _kept(turn: Turn, announcement: StoredAnnouncement) -> str:
    say = turn.say
    if announcement.goes_at <= turn.now + HELD:
        return say("Noted. It goes in a minute. On second thoughts? Stop it, and nobody gets it.")
    when = moment(say, announcement.goes_at)
    return say("Noted. It goes at {moment}. On second thoughts? Stop it, and nobody gets it.", moment=when)
