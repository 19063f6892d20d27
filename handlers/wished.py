"""Answers to wishes that no command names: what a period's report is, photos to come, fewer reminders, a case."""

from handlers import menu
from handlers.access import may
from handlers.context import Replies, Turn
from handlers.reports import further_photos, private
from messages import Outgoing
from messages.actions import DueNow, Files, Mine, NewReport, Summary, UnitReports, choice
from periods.period import Period
from reports.wording import period_text


def which_report(turn: Turn, unit: str, period: Period) -> Replies:
    """Ask what a report of a period is: one's own of an activity, its figures, or a file of them."""
    text = turn.say("A report of {period}: what do you need?", period=period_text(turn.say, period))
    named = (
        (NewReport(), turn.say("Report an activity")),
        (Summary(unit, period), turn.say("See the figures")),
        (Files(unit, period), turn.say("A file or letter")),
        (UnitReports(unit, period), turn.say("The reports that came in")),
    )
    offers = [choice(action, label) for action, label in named if may(turn, action)]
    return [Outgoing(text, (*offers, *menu.back_to_menu(turn)))]


def photos(turn: Turn) -> Replies:
    return further_photos.add(turn, None)


def later(turn: Turn) -> Replies:
    text = turn.say(
        "Fine. Send the photos here whenever you have them: within fifteen minutes they go to the report just sent; "
        "later, write “thêm hình” first."
    )
    return [Outgoing(text, menu.back_to_menu(turn))]


def quiet(turn: Turn) -> Replies:
    text = turn.say(
        "I remind you at most once a day, and only of what is still owed: once the report is sent, or the week said to "
        "have no activity, I am quiet. Here you see what it is about:"
    )
    offers = [choice(action, turn.say(name)) for action, name in _OWED if may(turn, action)]
    return [Outgoing(text, (*offers, *menu.back_to_menu(turn)))]


_OWED = ((DueNow(), "What is due"), (Mine(), "My reports"))


def nothing_open(turn: Turn) -> Replies:
    return menu.show_menu(turn, greeting=turn.say("Nothing is open just now, so nothing was changed."))


def victim(turn: Turn) -> Replies:
    text = turn.say("Please keep names and addresses out of this chat; I count numbers only.")
    return [Outgoing(f"{private.who_helps(turn)}\n{text}", menu.back_to_menu(turn))]
