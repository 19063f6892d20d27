"""Takes "no activity" for a neighbourhood's week, and takes it back; a report that stands in the week is shown."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from handlers import menu
from handlers.closing.asking import asked
from handlers.context import Replies, Turn
from handlers.reports.showing import shown
from locales import Say
from messages import Choice, Outgoing
from messages.actions import Menu, NewReport, Nil, TakeBackNil, choice
from periods.period import Period, week_around, week_period
from reports.wording import week_text
from services import nil, reports
from services.nil import Beside, NilOutcome, NilResult
from services.results import Requested
from storage.records.submissions import Report


def say_nil(turn: Turn, pressed: Nil) -> Replies:
    """Take "no activity" for the person's neighbourhood, by one tap."""
    own = nil.neighbourhoods(turn.viewer)
    unit, week = pressed.unit, pressed.week
    if unit is None:
        if len(own) > 1:
            return _ask_which(turn, own, week_around(turn.today))
        unit, week = next(iter(own), ""), week_around(turn.today)
    return _answer(turn, nil.say_nil(turn.db, turn.viewer, unit, week.code, turn.now) if week else None)


def take_back(turn: Turn, pressed: TakeBackNil) -> Replies:
    """Take it back: what a receipt's button names, or in words what stands of this week, else of last week."""
    unit, week, seen = pressed.unit, pressed.week, pressed.seen
    if unit is None or week is None:
        standing = nil.standing(turn.db, turn.viewer)
        if len(standing) != 1:
            return _ask_which_to_take_back(turn, standing) if standing else _nothing_to_take_back(turn)
        unit, week, seen = standing[0].unit.unit, week_period(standing[0].week), standing[0].revision
    return _answer(turn, nil.take_back(turn.db, turn.viewer, unit, week.code, seen, turn.now))


def offer(turn: Turn, week: Period) -> Replies:
    """Ask whether nothing took place in a week that was named in words."""
    own = nil.neighbourhoods(turn.viewer)
    if len(own) != 1:
        return _ask_which(turn, own, week) if own else menu.show_menu(turn)
    (unit,) = own
    question = turn.say(
        "Did {unit} have no activity in {week}?",
        unit=turn.viewer.tree.title(unit),
        week=week_text(turn.say, week.code),
    )
    offers = (
        choice(Nil(unit, week), turn.say("Right, no activity")),
        choice(NewReport(), turn.say("No, something took place")),
    )
    return [Outgoing(question, offers)]


def gives_way(turn: Turn, report: Report) -> Iterator[str]:
    """Say that "no activity" is void, now that a report of the week was sent."""
    for word in nil.beside(turn.db, report):
        yield turn.say("You had told me that {week} had no activity: now this report counts.", week=_week(turn, word))


def stands_again(turn: Turn, report: Report) -> tuple[list[str], list[Choice]]:
    """Say that "no activity" holds again, now that the week has no report any more, and offer the way back."""
    again = [word for word in nil.beside(turn.db, report) if word.holds]
    lines = [turn.say("So {week} has no activity again, as you had told me.", week=_week(turn, word)) for word in again]
    offers = [
        choice(TakeBackNil(report.unit, week_period(word.week), word.revision), turn.say("Something did happen"))
        for word in again
        if report.unit in nil.neighbourhoods(turn.viewer)
    ]
    return lines, offers


def _week(turn: Turn, word: Beside) -> str:
    return week_text(turn.say, word.week)


def _answer(turn: Turn, result: NilResult | Requested | None) -> Replies:
    if result is None:
        return menu.show_menu(turn)
    if isinstance(result, Requested):
        return asked(turn, result)
    say = turn.say
    text = _SAID[result.said](say, turn.viewer.tree.title(result.unit.unit), week_text(say, result.week))
    for number in result.reports:
        if report := reports.find(turn.db, turn.viewer, number):
            return shown(turn, report, intro=text)
    offers = (*_offers(turn, result), *menu.back_to_menu(turn))
    return [Outgoing(text, offers, lasting=result.said is not NilOutcome.NOT_SAID)]


def _offers(turn: Turn, result: NilResult) -> Iterable[Choice]:
    unit, week, say = result.unit.unit, week_period(result.week), turn.say
    if result.said in (NilOutcome.TAKEN_BACK, NilOutcome.NOT_SAID):
        yield choice(NewReport(), say("Report an activity"))
        yield choice(Nil(unit, week), say("No activity after all"))
    elif result.said is not NilOutcome.REPORTED:
        yield choice(NewReport(), say("Something did happen"))
        yield choice(TakeBackNil(unit, week, result.revision), say("Take this back"))


_SAID: Mapping[NilOutcome, Callable[[Say, str, str], str]] = {
    NilOutcome.NOTED: lambda say, unit, week: say(
        "Noted: {unit} had no activity in {week}. Thank you for telling us!", unit=unit, week=week
    ),
    NilOutcome.NOTED_EARLY: lambda say, unit, week: say(
        "Noted: {unit} has no activity in {week}. The week is still young, so on Friday I shall ask once more.",
        unit=unit,
        week=week,
    ),
    NilOutcome.KNOWN: lambda say, unit, week: say(
        "It was noted already: {unit} had no activity in {week}.", unit=unit, week=week
    ),
    NilOutcome.REPORTED: lambda say, unit, week: say(
        "{unit} has a report of {week}, so I did not note “no activity”. This is the report; if it is wrong, it can be "
        "withdrawn.",
        unit=unit,
        week=week,
    ),
    NilOutcome.TAKEN_BACK: lambda say, unit, week: say(
        "Taken back: “no activity” no longer stands for {unit} in {week}.", unit=unit, week=week
    ),
    NilOutcome.NOT_SAID: lambda say, unit, week: say(
        "That button is from an earlier message, so I took nothing back. This concerns {unit} in {week}.",
        unit=unit,
        week=week,
    ),
}


def _ask_which(turn: Turn, units: Iterable[str], week: Period) -> Replies:
    if week == week_around(turn.today):
        question = turn.say("Which unit had no activity this week?")
    else:
        question = turn.say("Which unit had no activity in {week}?", week=week_text(turn.say, week.code))
    offers = (choice(Nil(code, week), turn.viewer.tree.title(code)) for code in units)
    return [Outgoing(question, (*offers, *menu.back_to_menu(turn)))]


def _ask_which_to_take_back(turn: Turn, standing: Iterable[NilResult]) -> Replies:
    offers = (
        choice(TakeBackNil(one.unit.unit, week_period(one.week), one.revision), turn.viewer.tree.title(one.unit.unit))
        for one in standing
    )
    return [Outgoing(turn.say("For which unit is it taken back?"), (*offers, *menu.back_to_menu(turn)))]


def _nothing_to_take_back(turn: Turn) -> Replies:
    text = turn.say("I find no “no activity” of this week or last week that could be taken back.")
    return [Outgoing(text, (choice(NewReport(), turn.say("Report an activity")), choice(Menu(), turn.say("Menu"))))]
