"""Shows how far the targets are, and asks the units for what is missing in a message that can be forwarded."""

from collections.abc import Iterator
from datetime import timedelta

from handlers import menu
from handlers.context import Replies, Turn
from handlers.obligations import handing_in
from messages import Choice, Outgoing
from messages.actions import AskToSupply, ShowTarget, ShowTargets, Summary, Supplies, TargetTable, choice
from messages.channels import Ability, can
from reports.progress import Progress, Targets
from reports.target_texts import asked_on, pages_of, request_text, request_title, target_text, targets_text
from rules.handing import Takes
from rules.levels import Level
from rules.working_days import on_or_before
from services import access, supplies
from services.results import Refused
from services.targets import targets

TIME_TO_SUPPLY = timedelta(days=14)
"""The last day that is proposed lies so far ahead, or on the working day before."""


def show_targets(turn: Turn, pressed: ShowTargets) -> Replies:
    """Show all targets of a unit on one screen."""
    found = _found(turn, pressed)
    if found is None:
        return menu.show_menu(turn)
    return [Outgoing(targets_text(found), tuple(_choices(turn, found, pressed)))]


def _found(turn: Turn, pressed: ShowTargets | ShowTarget) -> Targets | None:
    home = turn.viewer.home
    if home is None:
        return None
    unit, period = pressed.unit or home.unit, pressed.period
    found = targets(turn.db, turn.viewer, turn.plan, unit=unit, period=period, language=turn.language)
    return None if isinstance(found, Refused) else found


def _choices(turn: Turn, found: Targets, pressed: ShowTargets) -> Iterator[Choice]:
    say, unit = turn.say, found.figures.unit
    for progress in found.listed:
        label = say("{code} in detail", code=progress.target.code)
        yield choice(ShowTarget(unit, progress.target.code, pressed.period), label)
    if can(turn.channel, Ability.TABLES):
        yield choice(TargetTable(unit, pressed.period), say("As a table"))
    if waiting := supplies.count_waiting(turn.db, turn.viewer):
        yield choice(Supplies(), say("Numbers to confirm: {count}", count=waiting))
    elif access.may_supply(turn.viewer, unit):
        yield choice(Supplies(), say("Send numbers"))
    yield choice(Summary(unit, pressed.period), say("Summary"))
    yield from menu.back_to_menu(turn)


def show_target(turn: Turn, pressed: ShowTarget) -> Replies:
    """Show one target; if units must supply something, a message for them follows."""
    found = _found(turn, pressed)
    listed = found.listed if found else ()
    progress = next((each for each in listed if each.target.code == pressed.code), None)
    if found is None or progress is None:
        return menu.show_menu(turn)
    text, offers = target_text(progress, found, turn.plan), _beside(turn, progress, found, pressed)
    if not (progress.owing and access.may_see_reports(turn.viewer, found.figures.unit)):
        return [Outgoing(text, offers)]
    pages = pages_of(progress)
    page = min(pressed.page, pages - 1)
    request = request_text(progress, turn.plan, turn.language, page)
    offers = (*_ask_offer(turn, progress, found, pressed, page), *offers)
    if page + 1 < pages:
        following = ShowTarget(found.figures.unit, pressed.code, pressed.period, page + 1)
        offers = (choice(following, turn.say("More units →")), *offers)
    if page:
        return [Outgoing(request, offers)]
    forward = turn.say("The next message is for these units; you can forward it.")
    return [Outgoing(f"{text}\n\n{forward}"), Outgoing(request, offers)]


def ask_to_supply(turn: Turn, pressed: AskToSupply) -> Replies:
    """Begin to let the units owe what a target misses: title, units and last day are filled in, one yes asks them."""
    asked = ShowTarget(pressed.unit, pressed.code, pressed.period, pressed.page)
    found = _found(turn, asked)
    progress = next((each for each in found.listed if each.target.code == pressed.code), None) if found else None
    units = _asked_units(progress, pressed.page) if progress else []
    if progress is None or not units:
        return show_target(turn, asked)
    known = {
        "title": request_title(progress, turn.plan, turn.language),
        "takes": str(Takes.FORM),
        "audience": "chosen",
        "bodies": units,
        "due_on": on_or_before(turn.today + TIME_TO_SUPPLY).isoformat(),
    }
    return handing_in.ask_for(turn, known)


def _asked_units(progress: Progress, page: int) -> list[str]:
    """The wards and agencies that a page of the message asks: others do not hand in to the secretariat."""
    owing = asked_on(progress, page)
    return [each.unit.code for each in owing if each.unit.level in (Level.WARD, Level.AGENCY)]


def _ask_offer(turn: Turn, progress: Progress, found: Targets, pressed: ShowTarget, page: int) -> tuple[Choice, ...]:
    if not access.may_ask_for(turn.viewer) or not _asked_units(progress, page):
        return ()
    ask = AskToSupply(found.figures.unit, pressed.code, pressed.period, page)
    return (choice(ask, turn.say("Ask these units, with a last day")),)


def _beside(turn: Turn, progress: Progress, found: Targets, pressed: ShowTarget) -> tuple[Choice, ...]:
    """Offer the next target and all of them."""
    say, unit = turn.say, found.figures.unit
    codes = [each.target.code for each in found.listed]
    following = codes[(codes.index(progress.target.code) + 1) % len(codes)]
    offers = [
        choice(ShowTarget(unit, following, pressed.period), say("{code} in detail", code=following)),
        choice(ShowTargets(unit, pressed.period), say("All targets")),
    ]
    if progress.owing and access.may_supply(turn.viewer, unit):
        offers.append(choice(Supplies(), say("Send numbers")))
    return (*offers, *menu.back_to_menu(turn))
