"""Shows a person what is due: the week's report, their units' obligations with the days left, one tap for "handed in".

If many units owe the same, one line says how many of them still do, and offers their names.
"""

from collections.abc import Sequence

from handlers import menu
from handlers.context import Replies, Turn
from handlers.obligations.wording import days_left, short, what
from messages import Choice, Outgoing
from messages.actions import (
    DraftBudgets,
    DueNow,
    FreeWeeks,
    HandIn,
    MarkDone,
    NewReport,
    Nil,
    NotDone,
    Outstanding,
    Owing,
    choice,
)
from periods.days import local_day
from periods.period import week_around, week_period
from periods.weeks import week_of
from plan.form_names import PLAN_DRAFT
from reports.wording import day_text, deadline, week_text
from rules.roles import ABOVE
from rules.timeliness import TIMELY_UNTIL, timely_on
from services import obligations
from services.access import may_ask_for, may_declare_free, may_hand_in
from services.handing import form_of
from services.obligations import Duty, NotHandedIn, OwedWeek
from services.results import Refusal
from storage.records.obligations import Owed

FEW = 5
"""Units that are named in one line; of more, only the first ones."""
MOST_EARLIER = 4
"""Earlier weeks that get a button of their own: all that one unit is still reminded of."""
PAGE = 20
"""Units on a page of names, one on a line."""


def show_due(turn: Turn, *, intro: str = "") -> Replies:
    """Show the week still to be reported and the open obligations of the person's units, the soonest first."""
    say = turn.say
    weeks, duties = obligations.weeks(turn.db, turn.viewer), obligations.duties(turn.db, turn.viewer)
    count = len(weeks) + sum(1 for duty in duties if duty.waiting)
    if not weeks and not duties:
        text = say("Nothing is due for you now. Thank you!")
        return [Outgoing(f"{intro}\n\n{text}".strip(), (*_free_weeks(turn), *menu.back_to_menu(turn)))]
    head = say.plural("{n} thing is due:", "{n} things are due:", count) if count else say("All done:")
    lines = [head, *(_week_line(turn, role) for role in weeks), *(_line(turn, duty) for duty in duties)]
    offers = (*_week_offers(turn, weeks), *_offers(turn, duties), *_names_offers(turn, duties), *_free_weeks(turn))
    text = "\n".join(lines)
    return [Outgoing(f"{intro}\n\n{text}".strip(), (*offers, *menu.back_to_menu(turn)))]


def _free_weeks(turn: Turn) -> tuple[Choice, ...]:
    """Offer the list of free weeks to those who declare them."""
    return (choice(FreeWeeks(), turn.say("Free weeks")),) if may_declare_free(turn.viewer) else ()


def _week_line(turn: Turn, owing: OwedWeek) -> str:
    unit, week = turn.viewer.tree.title_of(owing.held.unit_id), week_text(turn.say, owing.week)
    if _is_over(turn, owing):
        return turn.say("• {unit}: the report of {week} – late, and still welcome", unit=unit, week=week)
    return turn.say(
        "• {unit}: the report of {week}, until {time} on Monday {day}",
        unit=unit,
        week=week,
        time=f"{TIMELY_UNTIL.hour}:{TIMELY_UNTIL:%M}",
        day=day_text(timely_on(owing.week)),
    )


def _is_over(turn: Turn, owing: OwedWeek) -> bool:
    return owing.week != week_of(turn.today)


def _week_offers(turn: Turn, weeks: Sequence[OwedWeek]) -> list[Choice]:
    """Offer to report, and to say of each week that nothing took place; several units are asked which one it is."""
    if not weeks:
        return []
    say, this_week = turn.say, [owing for owing in weeks if not _is_over(turn, owing)]
    offers = [choice(NewReport(), say("Report an activity"))]
    if this_week:
        only = Nil(this_week[0].held.unit, week_around(turn.today)) if len(this_week) == 1 else Nil()
        offers.append(choice(only, say("No activity this week")))
    over = [owing for owing in weeks if _is_over(turn, owing)]
    return [*offers, *(_nil_of_earlier(turn, owing) for owing in over[-MOST_EARLIER:])]


def _nil_of_earlier(turn: Turn, owing: OwedWeek) -> Choice:
    week = week_period(owing.week)
    label = turn.say("Week {number}: no activity", number=week.number)
    viewer = turn.viewer
    if len({held.unit for held in (*viewer.roles, *viewer.former) if held.level in viewer.owing}) > 1:
        label = f"{label} – {viewer.tree.title_of(owing.held.unit_id)}"
    return choice(Nil(owing.held.unit, week), label)


def _what(turn: Turn, duty: Duty) -> str:
    return what(turn, duty.owed[0])


def _line(turn: Turn, duty: Duty) -> str:
    say, waiting, (one, *others) = turn.say, duty.waiting, duty.owed
    named, day, left = _what(turn, duty), deadline(say, duty.due_on), days_left(say, duty.due_on, turn.today)
    if not others:
        if one.done_at:
            left = say("handed in on {day} ✓", day=day_text(local_day(one.done_at)))
        unit = turn.viewer.tree.title_of(one.unit_id)
        return say("• {unit}: {what}, {day} – {left}", unit=unit, what=named, day=day, left=left)
    if not waiting:
        return say("• {what}, {day}: all {count} units have handed it in ✓", what=named, day=day, count=len(duty.owed))
    names = ", ".join(turn.viewer.tree.title_of(owed.unit_id) for owed in waiting[:FEW])
    return say(
        "• {what}, {day} – {left}. {count} of {all} units have not handed it in: {units}",
        what=named,
        day=day,
        left=left,
        count=len(waiting),
        all=len(duty.owed),
        units=f"{names}…" if len(waiting) > FEW else names,
    )


def _names_offers(turn: Turn, duties: Sequence[Duty]) -> list[Choice]:
    """Offer the names, if the line does not name all of them."""
    return [
        choice(
            _owing_page(duty, 0),
            turn.say("Who has not: {what}", what=short(turn, duty.owed[0])),
        )
        for duty in duties
        if len(duty.waiting) > FEW
    ]


def _owing_page(duty: Duty, page: int) -> Owing:
    return Owing(duty.kind, duty.due_on, page)


def show_owing(turn: Turn, pressed: Owing) -> Replies:
    """Show the units that have not handed it in, a page at a time."""
    say, page = turn.say, pressed.page
    wanted = (pressed.kind, pressed.due_on)
    duty = next((duty for duty in obligations.duties(turn.db, turn.viewer) if (duty.kind, duty.due_on) == wanted), None)
    if duty is None:
        return show_due(turn)
    waiting = duty.waiting
    head = say(
        "Not handed in by {count} of {all} units: {what}, last day {day}",
        count=len(waiting),
        all=len(duty.owed),
        what=_what(turn, duty),
        day=day_text(duty.due_on),
    )
    lines = [f"• {turn.viewer.tree.title_of(owed.unit_id)}" for owed in waiting[page * PAGE : (page + 1) * PAGE]]
    offers = [choice(DueNow(), say("What is due")), *menu.back_to_menu(turn)]
    if len(waiting) > (page + 1) * PAGE:
        offers.insert(0, choice(_owing_page(duty, page + 1), say("More →")))
    return [Outgoing("\n".join([head, *lines]), tuple(offers))]


def _offers(turn: Turn, duties: Sequence[Duty]) -> list[Choice]:
    """Offer to hand in, or to say that it was handed in on paper, to those who owe it, and to nobody else."""
    mine = [owed for duty in duties for owed in duty.waiting if may_hand_in(turn.viewer, owed)]
    several = len({owed.unit_id for owed in mine}) > 1
    offers = [choice(HandIn(owed.id), turn.say("Hand in: {what}", what=_named(turn, owed, several))) for owed in mine]
    offers += [
        choice(
            MarkDone(owed.id, owed.revision), turn.say("Handed in on paper: {what}", what=_named(turn, owed, several))
        )
        for owed in mine
    ]
    if turn.viewer.holds(*ABOVE):
        offers.append(choice(Outstanding(), turn.say("Who has not handed in")))
    drafts = next((duty for duty in duties if form_of(turn.plan, duty.owed[0]) == PLAN_DRAFT), None)
    if drafts and may_ask_for(turn.viewer):
        offers.append(choice(DraftBudgets(drafts.due_on.year + 1), turn.say("What the drafts cost")))
    return offers


def _named(turn: Turn, owed: Owed, several: bool) -> str:
    """What is owed, for a button, and by which unit if there are several."""
    return f"{short(turn, owed)} ({turn.viewer.tree.title_of(owed.unit_id)})" if several else short(turn, owed)


def mark_done(turn: Turn, pressed: MarkDone) -> Replies:
    """Note that it was handed in. If it has changed since the button was made, show what is due now."""
    result = obligations.mark_done(turn.db, turn.viewer, pressed.obligation, pressed.seen, turn.now)
    if isinstance(result, NotHandedIn):
        return show_due(turn, intro=_not_noted(turn, result))
    named = what(turn, result.owed)
    take_back = choice(NotDone(result.owed.id, result.owed.revision + 1), turn.say("Open it again"))
    offers = (choice(DueNow(), turn.say("What is due")), take_back, *menu.back_to_menu(turn))
    return [Outgoing(turn.say("Noted as handed in: {what}. Thank you!", what=named), offers, lasting=True)]


def _not_noted(turn: Turn, refusal: NotHandedIn) -> str:
    """Say why nothing was noted; say nothing of obligations that are not the person's."""
    owed = refusal.owed
    if refusal.why is not Refusal.MOVED_ON:
        return ""
    if owed is None or owed.done_at is None:
        return turn.say("That button is from an earlier message, so I noted nothing. This is what is due now:")
    return turn.say(
        "{who} has noted it as handed in already, on {day}: {what}.",
        who=owed.done_by or "",
        day=day_text(local_day(owed.done_at)),
        what=what(turn, owed),
    )
