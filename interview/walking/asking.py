"""The open question as an `Ask`: its words, what can be pressed, how far it is."""

from dataclasses import replace
from functools import cache, lru_cache

from interview.forms.form import Choices, QuestionGroup, Repeat
from interview.limits import MAX_ENTRIES, PAGE_SIZE
from interview.lines.grouped import group_example
from interview.shown import called, shown
from interview.steps import Ask, Json, Kind, Option, WalkCommand
from interview.walking.state import State, default_text, entries
from interview.walking.stepping import Stepping
from interview.walking.taking import ordered, wordings
from interview.walking.walk import Here, Spot, answer_at

DEFAULT_TOKEN = "default"  # noqa: S105 - the token of a button


def ask(stepping: Stepping, here: Here) -> Ask:
    """The question that is open."""
    state, stop = stepping.state, here.stop
    if isinstance(stop, QuestionGroup):
        return _ask_group(stepping, here, stop)
    said = stop.label.say(state.interview.language, state.slots, here.entry)
    if isinstance(stop, Repeat):
        return Ask(
            here.path, Kind.REPEAT, said, options=(*_repeat_options(state, stop), *_navigation(stepping, here)),
            number=here.number, total=here.total, current=str(entries(stepping.answers, stop)[0]),
        )  # fmt: skip
    spot = here.spots[0]
    options, page = _options(stepping, spot)
    value = answer_at(state, here.path)
    return Ask(
        path=here.path,
        kind=stop.kind,
        label=said,
        hint=stop.hint.say(state.interview.language, state.slots, here.entry),
        options=(*options, *_navigation(stepping, here)),
        required=state.is_required(stop, here.entry),
        number=here.number,
        total=here.total,
        page=page,
        current="" if value is None else shown(state, stop, value),
    )


def chosen_names(stepping: Stepping, spot: Spot) -> list[str]:
    """What is ticked on a multiple choice: the draft, else the answer, else the default."""
    draft = stepping.view.get("draft", answer_at(stepping.state, spot.path))
    if isinstance(draft, list):
        return [str(name) for name in draft]
    names = {wording.name for wording in wordings(stepping.state, spot)}
    return [name for name in default_text(spot.question.default, stepping.state, spot.entry).split() if name in names]


def default_value(stepping: Stepping, spot: Spot) -> str:
    """The default that is offered for a question that has no answer yet, as text."""
    if answer_at(stepping.state, spot.path) is not None or spot.question.kind in {Kind.SELECT_MULTIPLE, Kind.IMAGE}:
        return ""
    return default_text(spot.question.default, stepping.state, spot.entry)


def _ask_group(stepping: Stepping, here: Here, group: QuestionGroup) -> Ask:
    state = stepping.state
    values = [(spot.question, answer_at(state, spot.path)) for spot in here.spots]
    answered = [shown(state, question, value) for question, value in values if value is not None]
    labels = tuple(called(state, spot.question, spot.entry) for spot in here.spots)
    return Ask(
        path=here.path,
        kind=Kind.GROUP,
        label=group.label.say(state.interview.language, state.slots, here.entry) or ", ".join(labels),
        hint=group_example(state, here.spots),
        options=_navigation(stepping, here),
        required=any(state.is_required(spot.question, spot.entry) for spot in here.spots),
        number=here.number,
        total=here.total,
        parts=labels,
        current=", ".join(answered),
    )


def _navigation(stepping: Stepping, here: Here) -> tuple[Option, ...]:
    state = stepping.state
    optional = bool(here.spots) and not any(state.is_required(spot.question, spot.entry) for spot in here.spots)
    skip = (command_option(WalkCommand.SKIP),) if optional else ()
    can_go_back = here.number > 1 or bool({"from", "near", "typed"} & stepping.view.keys())
    back = (command_option(WalkCommand.BACK),) if can_go_back else ()
    return (*skip, *back, command_option(WalkCommand.CANCEL))


@cache
def command_option(command: WalkCommand, *, answers: bool = False) -> Option:
    """A button for a command; the caller has its words."""
    return Option(str(command), command=command, answers=answers)


def _options(stepping: Stepping, spot: Spot) -> tuple[tuple[Option, ...], tuple[int, int] | None]:
    question = spot.question
    if stepping.view.get("near") is not None:
        return (command_option(WalkCommand.YES, answers=True), command_option(WalkCommand.NO, answers=True)), None
    if question.choices is not None:
        return _page(stepping, spot, question.choices)
    if question.kind is Kind.DATE and not stepping.view.get("typed"):
        days = (WalkCommand.TODAY, WalkCommand.YESTERDAY, WalkCommand.OTHER_DAY)
        return tuple(command_option(day, answers=True) for day in days), None
    if question.kind is Kind.IMAGE and answer_at(stepping.state, spot.path):
        return (command_option(WalkCommand.FINISH),), None
    return _default(stepping, spot), None


def _default(stepping: Stepping, spot: Spot) -> tuple[Option, ...]:
    text = default_value(stepping, spot)
    return (Option(DEFAULT_TOKEN, label=text),) if text else ()


def _page(stepping: Stepping, spot: Spot, choices: Choices) -> tuple[tuple[Option, ...], tuple[int, int] | None]:
    offered = ordered(stepping.state, spot)
    pages = max(1, -(-len(offered) // PAGE_SIZE))
    page = _page_number(stepping.view.get("page"), pages)
    unticked, ticked = _choice_options(choices, stepping.state.interview.language), _ticked(stepping, spot)
    options = [
        replace(unticked[at], chosen=True) if choices.items[at].name in ticked else unticked[at]
        for at in offered[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    ]
    if page > 1:
        options.append(command_option(WalkCommand.PREVIOUS_PAGE))
    if page < pages:
        options.append(command_option(WalkCommand.NEXT_PAGE))
    if spot.question.kind is Kind.SELECT_MULTIPLE and ticked:
        options.append(command_option(WalkCommand.FINISH))
    return tuple(options), (page, pages) if pages > 1 else None


def _page_number(page: Json, pages: int) -> int:
    return min(max(page, 1), pages) if isinstance(page, int) else 1


def _ticked(stepping: Stepping, spot: Spot) -> list[str]:
    if spot.question.kind is Kind.SELECT_MULTIPLE:
        return chosen_names(stepping, spot)
    return [str(answer_at(stepping.state, spot.path) or default_value(stepping, spot))]


@lru_cache(maxsize=256)
def _choice_options(choices: Choices, language: str) -> tuple[Option, ...]:
    """A button for each choice of a list, made once for all who are asked."""
    return tuple(
        Option(f"c{at}", label=choices.label(choice.name, language), answers=True)
        for at, choice in enumerate(choices.items)
    )


def _repeat_options(state: State, repeat: Repeat) -> tuple[Option, ...]:
    more = entries(state.interview.answers, repeat)[0] < MAX_ENTRIES
    offered = (WalkCommand.MORE, WalkCommand.FINISH) if more else (WalkCommand.FINISH,)
    return tuple(command_option(command, answers=True) for command in offered)
