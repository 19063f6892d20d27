"""Shows the menu that fits a person's roles, the help, and the choice of language."""

from collections.abc import Iterator

from handlers.context import Replies, Turn
from handlers.people import newcomers
from handlers.people.titles import is_stand_in
from messages import Choice, Outgoing
from messages.actions import (
    Again,
    Drafts,
    DueNow,
    Help,
    Invite,
    Language,
    Me,
    Menu,
    Mine,
    NewReport,
    Nil,
    Queue,
    Requests,
    Resume,
    Staff,
    Summary,
    choice,
)
from periods.period import week_around
from reports.wording import day_text
from rules.roles import Role
from services import drafts, obligations, requests, review_queue
from services.directory import own_data
from services.projections import ACTIVITY_REPORT
from storage.directory.roles import HeldRole
from storage.records import lists


def show_menu(turn: Turn, *, greeting: str = "") -> Replies:
    """Show what this person can do now, the likeliest first."""
    if turn.viewer.home is None:
        newcomer = newcomers.own_way(turn)
        return (
            newcomers.show(turn, newcomer, intro=greeting)
            if newcomer
            else [Outgoing(_no_role(turn), _without_role(turn))]
        )
    text = greeting or _hello(turn)
    return [Outgoing(text, tuple(_entries(turn)))]


def _hello(turn: Turn) -> str:
    if is_stand_in(turn):
        return turn.say("Hello! What would you like to do?")
    return turn.say("Hello {name}! What would you like to do?", name=turn.name)


def _no_role(turn: Turn) -> str:
    return turn.say(
        "Hello {name}! You hold no role at the moment, so there is nothing to report. What you reported stays with "
        "your unit; your name and data stay yours: look at them, correct or delete them here. If you take on something "
        "new, ask for an invitation code there and send it here.",
        name=turn.name,
    )


def _without_role(turn: Turn) -> tuple[Choice, ...]:
    """What is open to a person without a role."""
    return (choice(Me(), turn.say("My data")), choice(Language(), turn.say("Language")))


def _entries(turn: Turn) -> list[Choice]:
    say, home = turn.say, turn.viewer.home
    assert home is not None  # noqa: S101 (a person without a role gets no menu)
    begun = drafts.listed(turn.db, turn.viewer, offset=0, limit=2)
    entries = [choice(Resume(draft.id), say("Continue my draft")) for draft in begun[:1]]
    if len(begun) > 1:
        entries.append(choice(Drafts(), say("All my drafts")))
    entries.append(choice(NewReport(), say("Report an activity")))
    entries += [choice(NewReport(held.unit), _earlier(turn, held)) for held in _ended(turn)]
    if lists.last_of(turn.db, turn.viewer.authors_in(home.unit_id), home.unit_id, ACTIVITY_REPORT):
        entries.append(choice(Again(), say("Same as last time")))
    if obligations.owes_week(turn.db, turn.viewer, home):
        entries.append(choice(Nil(home.unit, week_around(turn.today)), say("No activity this week")))
    entries.append(choice(Mine(), say("My reports")))
    entries.append(choice(Summary(home.unit, week_around(turn.today)), say("This week's summary")))
    if waiting := requests.count_waiting(turn.db, turn.viewer):
        entries.append(choice(Requests(), say("Requests that wait: {count}", count=waiting)))
    if home.role in (Role.WARD_CHAIR, Role.SECRETARIAT):
        if count := len(review_queue.waiting(turn.db, turn.viewer)):
            entries.append(choice(Queue(), say("To be approved: {count}", count=count)))
        entries.append(choice(Invite(), say("Invite someone")))
        entries.append(choice(Staff(), say("Who takes part")))
    if home.role != Role.PROPAGANDIST:
        entries.append(choice(DueNow(), say("What is due")))
    entries.append(choice(Help(), say("Help")))
    return entries


def _ended(turn: Turn) -> tuple[HeldRole, ...]:
    """The roles in units that have ended, beside the one that the menu is about."""
    return turn.viewer.former if turn.viewer.roles else ()


def _earlier(turn: Turn, held: HeldRole) -> str:
    assert held.last_day is not None  # noqa: S101 (a former role's unit has ended)
    return turn.say("Report for {unit}, until {day}", unit=held.unit_name, day=day_text(held.last_day))


def back_to_menu(turn: Turn) -> tuple[Choice, ...]:
    """Make the one choice that always helps."""
    return (choice(Menu(), turn.say("Menu")),)


def show_help(turn: Turn) -> Replies:
    """Explain the bot on one screen: what this person may do, in the words to type for it."""
    offers = (choice(NewReport(), turn.say("Report an activity")), *back_to_menu(turn))
    return [Outgoing("\n".join(_help(turn)), offers)]


def _help(turn: Turn) -> Iterator[str]:
    say = turn.say
    yield say("Here is what you can write at any time:")
    yield say("• report – report an activity; or all at once: report yesterday talk women 30 men 15")
    yield say("• same as last time – the same activity and audience once more; a photo – goes with the report")
    if any(held.level in turn.viewer.owing for held in turn.viewer.roles):
        yield say("• no activity – nothing happened this week")
    yield say("• my reports – your reports, to correct or withdraw; drafts – what was begun and not sent")
    yield say("• summary – the week's figures; of any period: figures of October · quarter 3 · last year")
    yield say("• targets – how far the plan's targets are")
    if turn.viewer.holds(Role.WARD_CHAIR, Role.SECRETARIAT):
        yield say("• check reports – what came in; who has not reported – what is missing")
        yield say("• figures that disagree – events reported twice; report in their place – for a neighbourhood")
        yield say("• invite – invite someone; staff – who takes part")
        yield say("• announcements – tell many people something, with a picture or a file")
    if turn.viewer.holds(Role.SECRETARIAT):
        yield say("• summary {code} – one unit's figures; channels – the bots with a quota", code=_some_unit(turn))
        yield say("• close figures – close a period or open it again; requests – what is asked for in one")
    yield say("• what is due – what you owe, and by when")
    yield say("• hand over – your role goes to somebody else; lost phone – ends your other chats")
    yield say("• /language – Tiếng Việt or English; /me – what is kept about you")
    yield say("During a report: back, skip, review, cancel (a draft is kept).")


def _some_unit(turn: Turn) -> str:
    """A unit whose code serves as an example."""
    tree = turn.viewer.tree
    return next((unit.code for unit in tree.standing if tree.codes_above(unit.code)), tree.root.code)


def not_understood(turn: Turn) -> Replies:
    """Answer a message that means nothing here: never with silence, always with a next step."""
    return show_menu(turn, greeting=turn.say("Sorry, I did not understand that. This is what I can do for you:"))


def choose_language(turn: Turn, pressed: Language) -> Replies:
    """Offer the languages, or set the one chosen."""
    if own_data.speak(turn.db, turn.viewer, pressed.code):
        changed = turn.speaking(pressed.code)
        return show_menu(changed, greeting=changed.say("From now on I speak English."))
    offers = (choice(Language("vi"), "Tiếng Việt"), choice(Language("en"), "English"))
    return [Outgoing(turn.say("Which language do you prefer?"), offers)]
