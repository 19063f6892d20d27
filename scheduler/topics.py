"""Every topic of the calendar: the units for which something is still owed, and the words for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from plan.calendar import MONTH_TOPICS, Topic
from scheduler import below, card, chairs, deadline, month, not_joined, to_review, waiting_requests, weekly
from scheduler.sections import Issues, Kept, Moment, Named, OwedCondition, Spoken
from storage import tables as t
from storage.delivery.owing import units_where
from storage.directory.holders import Holder, holders


@dataclass(frozen=True, slots=True)
class TopicRules:
    """`owed` names the units for which there is something to say; `say` puts it into words.

    If a condition cannot decide it alone, `owed` names more units, and `keep` those of them that it concerns.
    `issue` freezes what is said, before it is said in earnest. `matters` names what is told of others, so that it can
    be said to be known.
    """

    owed: OwedCondition
    say: Spoken
    keep: Kept | None = None
    issue: Issues | None = None
    matters: Named | None = None


TOPICS: Mapping[Topic, TopicRules] = {
    Topic.WEEK_UNREPORTED: TopicRules(weekly.may_be_unreported, weekly.say_unreported, weekly.unreported),
    Topic.WEEK_SUMMARY: TopicRules(weekly.everybody, weekly.say_summary, issue=weekly.issue_summary),
    Topic.SILENT_UNITS: TopicRules(
        chairs.may_be_silent, chairs.say_silent, chairs.silent, matters=chairs.matters_silent
    ),
    Topic.QUIET_UNITS: TopicRules(chairs.may_be_quiet, chairs.say_quiet, chairs.quiet, matters=chairs.matters_quiet),
    Topic.NOT_JOINED: TopicRules(not_joined.may_lack, not_joined.say_lacking, not_joined.lacking),
    Topic.REQUESTS: TopicRules(waiting_requests.owed, waiting_requests.say_waiting),
    Topic.TO_APPROVE: TopicRules(to_review.may_wait, to_review.say_waiting, to_review.waits),
    Topic.TO_MEND: TopicRules(to_review.has_unmended, to_review.say_unmended),
    Topic.DEADLINE: TopicRules(deadline.owed, deadline.say_owed),
    Topic.DEADLINE_ABOVE: TopicRules(below.owed, below.say_below, below.keep, matters=below.matters),
    Topic.WEEK_CARD: TopicRules(card.owed, card.say_card),
    Topic.MONTH_OPENING: TopicRules(weekly.everybody, month.say_opening),
    Topic.MONTH_MONDAY: TopicRules(weekly.everybody, month.say_monday),
    Topic.MONTH_HALF_TIME: TopicRules(
        weekly.everybody, month.say_half_time, month.without_event, matters=month.matters_without
    ),
    Topic.MONTH_CLOSING: TopicRules(month.took_part, month.say_closing),
}


_ONE_SENTENCE = MONTH_TOPICS - {Topic.MONTH_HALF_TIME}


def still_owed(db: Connection, moment: Moment, held: Sequence[Holder]) -> list[Holder]:
    """Keep the holders whom an occurrence concerns as things stand at `moment.now`."""
    units, topic = {holder.unit_id for holder in held}, TOPICS[moment.rule.topic]
    concerned = units_where(db, units, topic.owed(moment, t.unit.c.id))
    found = [holder for holder in held if holder.unit_id in concerned]
    return topic.keep(db, moment, found) if topic.keep and found else found


def who(db: Connection, moment: Moment, person_id: int | None = None) -> list[Holder]:
    """Find the people (or the one given) whom an occurrence concerns, with the units that it is about.

    They held the role when it fell due: nobody gets what fell due before they joined.
    """
    return still_owed(db, moment, holders(db, moment.rule.roles, moment.at, moment.now, person_id))


def spoken(moments: Sequence[Moment]) -> list[Moment]:
    """Choose the moments of a digest that are put into words: if a rule fell due several times, only the latest.

    The Action Month is spoken of once: a Monday that is its opening or closing day is one sentence, not two.
    """
    latest: dict[str, Moment] = {}
    for moment in sorted(moments, key=lambda moment: (moment.at, moment.rule.topic is not Topic.MONTH_MONDAY)):
        latest["month" if moment.rule.topic in _ONE_SENTENCE else moment.rule.id] = moment
    return list(latest.values())
