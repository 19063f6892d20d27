"""What the commands do: one function for a command, and one table of them."""

from collections.abc import Callable, Mapping

from interview.forms.form import Question, QuestionGroup, Repeat
from interview.kinds.protocol import Answered, GoesOn, Looks, Pressing
from interview.kinds.table import kind_of
from interview.reading.digits import whole_number
from interview.reading.unreadable import Unreadable
from interview.reviewing.review import final_values, missing, reviewed
from interview.shown import called
from interview.steps import Cancelled, ConfirmCancel, Done, Dropped, Json, Kind, Typed, WalkCommand
from interview.walking.buttons import WAY, command_option
from interview.walking.entering import left_on_review, removed
from interview.walking.giving import given, sorted_out, taken, written
from interview.walking.settle import settle_strictly
from interview.walking.state import entries
from interview.walking.stepping import NOTHING, StepChange, Stepping, looking, rejected, returning
from interview.walking.walk import Here, Spot, before, group_asking, repeat_of


def run(stepping: Stepping, command: WalkCommand) -> StepChange:
    """The change that a command makes; one that does not fit the moment is answered as a stale button."""
    own = _COMMANDS.get(command)
    return press(stepping, command) if own is None else own(stepping)


def press(stepping: Stepping, token: str) -> StepChange:
    """The change that a button of the open question makes, as its kind says."""
    here = stepping.here
    if here is not None and (way := _way(stepping, token)) is not None:
        group = _group_at(stepping, here)
        return sorted_out(stepping, group, here.entry, way) if group else _stale(stepping)
    if here is None or stepping.at_review or len(here.spots) != 1:
        return _stale(stepping)
    spot = here.spots[0]
    return _does(stepping, spot, kind_of(spot.question).pressed(stepping, spot, token))


def _does(stepping: Stepping, spot: Spot, pressing: Pressing) -> StepChange:
    match pressing:
        case Answered(value):
            return given(stepping, spot, value)
        case Typed(text):
            return written(stepping, spot, text)
        case Looks(view):
            return StepChange(view=looking(stepping, **view))
        case GoesOn():
            return StepChange(view=returning(stepping))
        case WalkCommand() as command:
            return run(stepping, command)
        case Unreadable(code):
            return rejected(code)


def not_at_review(stepping: Stepping) -> StepChange:
    """At the review nothing was changed: say so, and how to change something."""
    lines = [spot.question for spot in reviewed(stepping)]
    first = next((question for question in lines if question.kind is Kind.DATE), next(iter(lines), None))
    params = {
        "question": called(stepping.state, first).lower().rstrip("?: ") if first else "…",
        "open": missing(stepping),
    }
    return rejected("at_early_review" if stepping.here else "at_review", params)


def cancel_question() -> ConfirmCancel:
    """The question that is asked once before an interview is dropped."""
    return ConfirmCancel(
        tuple(command_option(command, answers=True) for command in (WalkCommand.DROP, WalkCommand.KEEP))
    )


def _stale(_: Stepping) -> StepChange:
    return rejected("stale_option")


def _back(stepping: Stepping) -> StepChange:
    if stepping.view.get("review") and stepping.here is not None:
        return StepChange(view=NOTHING)
    if {"near", "typed", "total", "ways"} & stepping.view.keys():
        return StepChange(view=looking(stepping, plain=True))
    if (left := _left_entry(stepping)) is not None:
        return left
    if "from" in stepping.view:
        return StepChange(view=returning(stepping))
    path = before(stepping.state, stepping.way, stepping.here)
    return rejected("nothing_before") if path is None else StepChange(view={"open": path})


def _left_entry(stepping: Stepping) -> StepChange | None:
    """Going back out of an entry without answers removes it: it was begun by mistake."""
    repeat = repeat_of(stepping.form, stepping.here.stop) if stepping.here else None
    if stepping.here is None or repeat is None:
        return None
    if repeat.on_review:
        return left_on_review(stepping, stepping.here, repeat)
    if "from" in stepping.view:
        return None
    count, _ = entries(stepping.answers, repeat)
    said = any(path.startswith(f"{repeat.path}[{count}]/") for path in stepping.answers)
    if said or count == 1 or stepping.here.entry != count - 1:
        return None
    return StepChange(answers={**stepping.answers, repeat.path: [count - 1, False]}, view=NOTHING)


def _remove(stepping: Stepping) -> StepChange:
    return removed(stepping) or _stale(stepping)


def _take_total(stepping: Stepping) -> StepChange:
    here, total = stepping.here, stepping.view.get("total")
    group = _group_at(stepping, here) if here else None
    if here is None or group is None or not isinstance(total, dict):
        return _stale(stepping)
    return sorted_out(stepping, group, here.entry, total)


def _group_at(stepping: Stepping, here: Here) -> QuestionGroup | None:
    """The group that is open, as a whole or by one of its questions."""
    if isinstance(here.stop, Question):
        return group_asking(stepping.form, here.stop)
    return here.stop if isinstance(here.stop, QuestionGroup) else None


def _way(stepping: Stepping, token: str) -> Mapping[str, Json] | None:
    """The numbers of one of the ways in which a message may be meant, by its button."""
    ways, at = stepping.view.get("ways"), whole_number(token.removeprefix(WAY))
    if not token.startswith(WAY) or not isinstance(ways, list) or at is None or at >= len(ways):
        return None
    way = ways[at]
    return way if isinstance(way, dict) else None


def _skip(stepping: Stepping) -> StepChange:
    here = stepping.here
    if here is None or stepping.at_review:
        return not_at_review(stepping)
    if isinstance(here.stop, Repeat):
        return rejected("cannot_skip")
    required = [spot.question for spot in here.spots if stepping.state.is_required(spot.question, spot.entry)]
    if required:
        texts = required[0].required_message
        language = stepping.state.interview.language
        return rejected("cannot_skip", message=texts.say(language, stepping.state.slots, here.entry) if texts else "")
    if here.stop in stepping.form.extras:
        paths = {here.path, *(spot.path for spot in here.spots)}
        answers = {path: value for path, value in stepping.answers.items() if path not in paths}
        return StepChange(answers=answers, view=returning(stepping))
    return taken(stepping, {spot.path: None for spot in here.spots})


def _cancel(stepping: Stepping) -> StepChange:
    return StepChange(view={**stepping.view, "cancel": True}, end=cancel_question())


def _drop(stepping: Stepping) -> StepChange:
    return StepChange(view=NOTHING, end=Cancelled()) if stepping.view.get("cancel") else _stale(stepping)


def _keep(stepping: Stepping) -> StepChange:
    if not stepping.view.get("cancel"):
        return _stale(stepping)
    return StepChange(view={key: value for key, value in stepping.view.items() if key != "cancel"})


def _review(_: Stepping) -> StepChange:
    return StepChange(view={"review": True})


def _continue(stepping: Stepping) -> StepChange:
    return StepChange(view=NOTHING) if stepping.view.get("review") and stepping.here else _stale(stepping)


def _send(stepping: Stepping) -> StepChange:
    if stepping.here is not None:
        return rejected("not_complete", {"open": missing(stepping)})
    state, dropped = settle_strictly(stepping.form, stepping.state.interview, stepping.state.now)
    if dropped:  # time has made an answer wrong: the person sees what is left before it goes
        return StepChange(said=(Dropped(dropped),), answers=state.interview.answers, view=NOTHING)
    return StepChange(end=Done(final_values(state)))


def _finish(stepping: Stepping) -> StepChange:
    here = stepping.here
    if here is not None and not stepping.at_review and isinstance(here.stop, Repeat):
        return _finish_entries(stepping, here.stop)
    return press(stepping, WalkCommand.FINISH)


def _finish_entries(stepping: Stepping, repeat: Repeat) -> StepChange:
    count, _ = entries(stepping.answers, repeat)
    return StepChange(answers={**stepping.answers, repeat.path: [count, True]}, view=returning(stepping))


def _more(stepping: Stepping) -> StepChange:
    here = stepping.here
    if here is None or stepping.at_review or not isinstance(here.stop, Repeat):
        return _stale(stepping)
    count, _ = entries(stepping.answers, here.stop)
    if count >= here.stop.highest:
        return rejected("too_many_entries", {"limit": here.stop.highest})
    return StepChange(answers={**stepping.answers, here.path: [count + 1, False]}, view=NOTHING)


def _yes(stepping: Stepping) -> StepChange:
    here, near = stepping.here, stepping.view.get("near")
    if here is None or not isinstance(near, str):
        return _stale(stepping)
    spot = here.spots[0]
    value = kind_of(spot.question).meant(near)
    change = given(stepping, spot, value)
    return change if change.answers is not None else StepChange(said=change.said, view=looking(stepping))


def _no(stepping: Stepping) -> StepChange:
    return StepChange(view=looking(stepping)) if stepping.view.get("near") is not None else _stale(stepping)


_COMMANDS: Mapping[WalkCommand, Callable[[Stepping], StepChange]] = {
    WalkCommand.BACK: _back,
    WalkCommand.SKIP: _skip,
    WalkCommand.CANCEL: _cancel,
    WalkCommand.REVIEW: _review,
    WalkCommand.SEND: _send,
    WalkCommand.KEEP: _keep,
    WalkCommand.DROP: _drop,
    WalkCommand.FINISH: _finish,
    WalkCommand.MORE: _more,
    WalkCommand.YES: _yes,
    WalkCommand.NO: _no,
    WalkCommand.CONTINUE: _continue,
    WalkCommand.REMOVE: _remove,
    WalkCommand.TAKE_TOTAL: _take_total,
}
"""The commands of the walk; the others belong to the kind of the open question."""
