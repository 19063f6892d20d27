"""The open question as an `Ask`: its words, what can be pressed, and how far the walk is."""

from collections.abc import Iterator
from dataclasses import replace

from interview.forms.form import QuestionGroup, Repeat
from interview.kinds.protocol import Offered
from interview.kinds.table import kind_of, shown
from interview.lines.grouped import group_example
from interview.shown import called, number
from interview.steps import Ask, Kind, Option, WalkCommand
from interview.walking.buttons import WAY, command_option
from interview.walking.entering import may_remove
from interview.walking.state import State, entries
from interview.walking.stepping import Stepping
from interview.walking.walk import Here, Spot, answer_at
from locales import capital


def ask(stepping: Stepping, here: Here) -> Ask:
    """The question that is open; one that is asked again for itself has no place on the way ("327/381")."""
    asked = _ask(stepping, here)
    return replace(asked, number=1, total=1) if "from" in stepping.view else asked


def _ask(stepping: Stepping, here: Here) -> Ask:
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
    offered = _offered(stepping, spot)
    value = answer_at(state, here.path)
    return Ask(
        path=here.path,
        kind=stop.kind,
        label=said,
        hint=stop.hint.say(state.interview.language, state.slots, here.entry),
        options=(*offered.options, *_navigation(stepping, here)),
        required=state.is_required(stop, here.entry),
        number=here.number,
        total=here.total,
        page=offered.page,
        current="" if value is None else shown(state, stop, value),
    )


def _ask_group(stepping: Stepping, here: Here, group: QuestionGroup) -> Ask:
    state = stepping.state
    unsorted = [Spot(group.unsorted, here.entry, state.path(group.unsorted, here.entry))] if group.unsorted else []
    values = [(spot.question, answer_at(state, spot.path)) for spot in (*here.spots, *unsorted)]
    answered = [shown(state, question, value) for question, value in values if value is not None]
    labels = tuple(called(state, spot.question, spot.entry) for spot in here.spots)
    return Ask(
        path=here.path,
        kind=Kind.GROUP,
        label=group.label.say(state.interview.language, state.slots, here.entry) or ", ".join(labels),
        hint=group_example(state, here.spots),
        options=(*_ways(stepping, here), *_total_option(stepping), *_navigation(stepping, here)),
        required=any(state.is_required(spot.question, spot.entry) for spot in here.spots),
        number=here.number,
        total=here.total,
        parts=labels,
        current=", ".join(answered),
    )


def _ways(stepping: Stepping, here: Here) -> Iterator[Option]:
    """A button for each way in which a message may be meant, the likeliest first."""
    ways, language = stepping.view.get("ways"), stepping.state.interview.language
    for at, way in enumerate(ways if isinstance(ways, list) else ()):
        numbers = [(spot, way.get(spot.path)) for spot in here.spots] if isinstance(way, dict) else []
        said = [
            f"{called(stepping.state, spot.question, spot.entry).lower()} {number(count, language)}"
            for spot, count in numbers
            if isinstance(count, int)
        ]
        yield Option(f"{WAY}{at}", label=capital(", ".join(said)), answers=True)


def _total_option(stepping: Stepping) -> tuple[Option, ...]:
    """The button by which a total that was said stands as it is."""
    total = stepping.view.get("total")
    if not isinstance(total, dict):
        return ()
    people = number(sum(count for count in total.values() if isinstance(count, int)), stepping.state.interview.language)
    return (replace(command_option(WalkCommand.TAKE_TOTAL), label=people),)


def _navigation(stepping: Stepping, here: Here) -> tuple[Option, ...]:
    state = stepping.state
    optional = bool(here.spots) and not any(state.is_required(spot.question, spot.entry) for spot in here.spots)
    skip = (command_option(WalkCommand.SKIP),) if optional else ()
    can_go_back = here.number > 1 or bool({"from", "near", "typed", "total", "ways"} & stepping.view.keys())
    back = (command_option(WalkCommand.BACK),) if can_go_back else ()
    remove = (command_option(WalkCommand.REMOVE),) if may_remove(stepping, here) else ()
    return (*skip, *remove, *back, command_option(WalkCommand.CANCEL))


def _offered(stepping: Stepping, spot: Spot) -> Offered:
    if stepping.view.get("near") is not None:
        return Offered(tuple(command_option(command, answers=True) for command in (WalkCommand.YES, WalkCommand.NO)))
    return kind_of(spot.question).options(stepping, spot)


def _repeat_options(state: State, repeat: Repeat) -> tuple[Option, ...]:
    more = entries(state.interview.answers, repeat)[0] < repeat.highest
    offered = (WalkCommand.MORE, WalkCommand.FINISH) if more else (WalkCommand.FINISH,)
    return tuple(command_option(command, answers=True) for command in offered)
