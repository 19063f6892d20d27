"""The open question as an `Ask`: its words, what can be pressed, how far it is."""

from dataclasses import replace
from functools import cache, lru_cache

from interview.forms.form import Choices, Group, Repeat
from interview.limits import MAX_ENTRIES, PAGE_SIZE
from interview.lines.grouped import group_example
from interview.shown import called, shown
from interview.steps import Ask, Command, Json, Kind, Option
from interview.walking.state import State, default_text, entries
from interview.walking.stepping import Turn
from interview.walking.taking import ordered, wordings
from interview.walking.walk import Here, Spot, answer_at

DEFAULT_TOKEN = "default"  # noqa: S105 - the token of a button


def ask(turn: Turn, here: Here) -> Ask:
    """The question that is open."""
    state, stop = turn.state, here.stop
    if isinstance(stop, Group):
        return _ask_group(turn, here, stop)
    said = stop.label.say(state.interview.language, state.slots, here.entry)
    if isinstance(stop, Repeat):
        return Ask(
            here.path, Kind.REPEAT, said, options=(*_repeat_options(state, stop), *_navigation(turn, here)),
            number=here.number, total=here.total, current=str(entries(turn.answers, stop)[0]),
        )  # fmt: skip
    spot = here.spots[0]
    options, page = _options(turn, spot)
    value = answer_at(state, here.path)
    return Ask(
        path=here.path,
        kind=stop.kind,
        label=said,
        hint=stop.hint.say(state.interview.language, state.slots, here.entry),
        options=(*options, *_navigation(turn, here)),
        required=state.is_required(stop, here.entry),
        number=here.number,
        total=here.total,
        page=page,
        current="" if value is None else shown(state, stop, value),
    )


def chosen_names(turn: Turn, spot: Spot) -> list[str]:
    """What is ticked on a multiple choice: the draft, else the answer, else the default."""
    draft = turn.view.get("draft", answer_at(turn.state, spot.path))
    if isinstance(draft, list):
        return [str(name) for name in draft]
    names = {wording.name for wording in wordings(turn.state, spot)}
    return [name for name in default_text(spot.question.default, turn.state, spot.entry).split() if name in names]


def default_value(turn: Turn, spot: Spot) -> str:
    """The default that is offered for a question that has no answer yet, as text."""
    if answer_at(turn.state, spot.path) is not None or spot.question.kind in {Kind.SELECT_MULTIPLE, Kind.IMAGE}:
        return ""
    return default_text(spot.question.default, turn.state, spot.entry)


def _ask_group(turn: Turn, here: Here, group: Group) -> Ask:
    state = turn.state
    values = [(spot.question, answer_at(state, spot.path)) for spot in here.spots]
    answered = [shown(state, question, value) for question, value in values if value is not None]
    labels = tuple(called(state, spot.question, spot.entry) for spot in here.spots)
    return Ask(
        path=here.path,
        kind=Kind.GROUP,
        label=group.label.say(state.interview.language, state.slots, here.entry) or ", ".join(labels),
        hint=group_example(state, here.spots),
        options=_navigation(turn, here),
        required=any(state.is_required(spot.question, spot.entry) for spot in here.spots),
        number=here.number,
        total=here.total,
        parts=labels,
        current=", ".join(answered),
    )


def _navigation(turn: Turn, here: Here) -> tuple[Option, ...]:
    state = turn.state
    optional = bool(here.spots) and not any(state.is_required(spot.question, spot.entry) for spot in here.spots)
    skip = (command_option(Command.SKIP),) if optional else ()
    can_go_back = here.number > 1 or bool({"from", "near", "typed"} & turn.view.keys())
    back = (command_option(Command.BACK),) if can_go_back else ()
    return (*skip, *back, command_option(Command.CANCEL))


@cache
def command_option(command: Command, *, answers: bool = False) -> Option:
    """A button for a command; the caller has its words."""
    return Option(str(command), command=command, answers=answers)


def _options(turn: Turn, spot: Spot) -> tuple[tuple[Option, ...], tuple[int, int] | None]:
    question = spot.question
    if turn.view.get("near") is not None:
        return (command_option(Command.YES, answers=True), command_option(Command.NO, answers=True)), None
    if question.choices is not None:
        return _page(turn, spot, question.choices)
    if question.kind is Kind.DATE and not turn.view.get("typed"):
        days = (Command.TODAY, Command.YESTERDAY, Command.OTHER_DAY)
        return tuple(command_option(day, answers=True) for day in days), None
    if question.kind is Kind.IMAGE and answer_at(turn.state, spot.path):
        return (command_option(Command.FINISH),), None
    return _default(turn, spot), None


def _default(turn: Turn, spot: Spot) -> tuple[Option, ...]:
    text = default_value(turn, spot)
    return (Option(DEFAULT_TOKEN, label=text),) if text else ()


def _page(turn: Turn, spot: Spot, choices: Choices) -> tuple[tuple[Option, ...], tuple[int, int] | None]:
    offered = ordered(turn.state, spot)
    pages = max(1, -(-len(offered) // PAGE_SIZE))
    page = _page_number(turn.view.get("page"), pages)
    unticked, ticked = _choice_options(choices, turn.state.interview.language), _ticked(turn, spot)
    options = [
        replace(unticked[at], chosen=True) if choices.items[at].name in ticked else unticked[at]
        for at in offered[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    ]
    if page > 1:
        options.append(command_option(Command.PREVIOUS_PAGE))
    if page < pages:
        options.append(command_option(Command.NEXT_PAGE))
    if spot.question.kind is Kind.SELECT_MULTIPLE and ticked:
        options.append(command_option(Command.FINISH))
    return tuple(options), (page, pages) if pages > 1 else None


def _page_number(page: Json, pages: int) -> int:
    return min(max(page, 1), pages) if isinstance(page, int) else 1


def _ticked(turn: Turn, spot: Spot) -> list[str]:
    if spot.question.kind is Kind.SELECT_MULTIPLE:
        return chosen_names(turn, spot)
    return [str(answer_at(turn.state, spot.path) or default_value(turn, spot))]


@lru_cache(maxsize=256)
def _choice_options(choices: Choices, language: str) -> tuple[Option, ...]:
    """A button for each choice of a list, made once for all who are asked."""
    return tuple(
        Option(f"c{at}", label=choices.label(choice.name, language), answers=True)
        for at, choice in enumerate(choices.items)
    )


def _repeat_options(state: State, repeat: Repeat) -> tuple[Option, ...]:
    more = entries(state.interview.answers, repeat)[0] < MAX_ENTRIES
    offered = (Command.MORE, Command.FINISH) if more else (Command.FINISH,)
    return tuple(command_option(command, answers=True) for command in offered)
