"""What the commands do, one function each, in one table."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from interview.forms.form import Repeat
from interview.limits import MAX_ENTRIES
from interview.reviewing.review import final_values, missing, reviewed
from interview.shown import called, shown
from interview.steps import Cancelled, Command, ConfirmCancel, Done, Dropped, Json, Kind, Reject, Took
from interview.walking.asking import chosen_names, command_option
from interview.walking.settle import settle_strictly
from interview.walking.state import entries
from interview.walking.stepping import NOTHING, Change, Turn, looking, rejected, returning
from interview.walking.taking import checked
from interview.walking.walk import Spot, answer_at, before


def run(turn: Turn, command: Command) -> Change:
    """The change that a command makes; one that does not fit the moment is answered as a stale button."""
    return _COMMANDS[command](turn)


def taken(turn: Turn, values: Mapping[str, Json], spots: Sequence[Spot] = ()) -> Change:
    """These values answer `spots`, or what is open."""
    answered = spots or (turn.here.spots if turn.here else ())
    took = tuple(
        Took(spot.path, called(turn.state, spot.question, spot.entry), shown(turn.state, spot.question, value))
        for spot in answered
        if (value := values.get(spot.path)) is not None
    )
    return Change(said=took, answers={**turn.answers, **values}, view=returning(turn))


def not_at_review(turn: Turn) -> Change:
    """While the review is on display, nothing was changed: how to."""
    lines = [spot.question for spot in reviewed(turn)]
    first = next((question for question in lines if question.kind is Kind.DATE), next(iter(lines), None))
    params = {"question": called(turn.state, first).lower().rstrip("?: ") if first else "…", "open": missing(turn)}
    return rejected("at_early_review" if turn.here else "at_review", params)


def cancel_question() -> ConfirmCancel:
    """Asked once before an interview is dropped."""
    return ConfirmCancel(tuple(command_option(command, answers=True) for command in (Command.DROP, Command.KEEP)))


def _stale(_: Turn) -> Change:
    return rejected("stale_option")


def _back(turn: Turn) -> Change:
    if turn.view.get("review") and turn.here is not None:
        return Change(view=NOTHING)
    if turn.view.get("near") is not None or turn.view.get("typed"):
        return Change(view=looking(turn))
    if "from" in turn.view:
        return Change(view=returning(turn))
    if (left := _left_entry(turn)) is not None:
        return left
    path = before(turn.state, turn.way, turn.here)
    return rejected("nothing_before") if path is None else Change(view={"open": path})


def _left_entry(turn: Turn) -> Change | None:
    """Back out of an entry in which nothing was said yet: it was begun by mistake and is gone."""
    repeat = turn.form.by_slot.get(turn.here.stop.repeat) if turn.here else None
    if turn.here is None or not isinstance(repeat, Repeat):
        return None
    count, _ = entries(turn.answers, repeat)
    said = any(path.startswith(f"{repeat.path}[{count}]/") for path in turn.answers)
    if said or count == 1 or turn.here.entry != count - 1:
        return None
    return Change(answers={**turn.answers, repeat.path: [count - 1, False]}, view=NOTHING)


def _skip(turn: Turn) -> Change:
    here = turn.here
    if here is None or turn.at_review:
        return not_at_review(turn)
    if isinstance(here.stop, Repeat):
        return rejected("cannot_skip")
    required = [spot.question for spot in here.spots if turn.state.is_required(spot.question, spot.entry)]
    if required:
        texts = required[0].required_message
        language = turn.state.interview.language
        return rejected("cannot_skip", message=texts.say(language, turn.state.slots, here.entry) if texts else "")
    if here.spots[0].question.on_review:
        answers = {path: value for path, value in turn.answers.items() if path != here.path}
        return Change(answers=answers, view=returning(turn))
    return taken(turn, {spot.path: None for spot in here.spots})


def _cancel(turn: Turn) -> Change:
    return Change(view={**turn.view, "cancel": True}, end=cancel_question())


def _drop(turn: Turn) -> Change:
    return Change(view=NOTHING, end=Cancelled()) if turn.view.get("cancel") else _stale(turn)


def _keep(turn: Turn) -> Change:
    if not turn.view.get("cancel"):
        return _stale(turn)
    return Change(view={key: value for key, value in turn.view.items() if key != "cancel"})


def _review(_: Turn) -> Change:
    return Change(view={"review": True})


def _continue(turn: Turn) -> Change:
    return Change(view=NOTHING) if turn.view.get("review") and turn.here else _stale(turn)


def _send(turn: Turn) -> Change:
    if turn.here is not None:
        return rejected("not_complete", {"open": missing(turn)})
    state, dropped = settle_strictly(turn.form, turn.state.interview, turn.state.now)
    if dropped:  # time has made an answer wrong: the person sees what is left before it goes
        return Change(said=(Dropped(dropped),), answers=state.interview.answers, view=NOTHING)
    return Change(end=Done(final_values(state)))


def _finish(turn: Turn) -> Change:
    here = turn.here
    if here is None or turn.at_review:
        return _stale(turn)
    if isinstance(here.stop, Repeat):
        return _finish_entries(turn, here.stop)
    if here.kind is Kind.SELECT_MULTIPLE:
        return _finish_choices(turn)
    if here.kind is Kind.IMAGE and answer_at(turn.state, here.path):
        return Change(view=returning(turn))
    return rejected("photo_needed") if here.kind is Kind.IMAGE else _stale(turn)


def _finish_choices(turn: Turn) -> Change:
    if turn.here is None:
        return _stale(turn)
    spot = turn.here.spots[0]
    names: list[Json] = list(chosen_names(turn, spot))
    if not names:
        return _skip(turn)
    value = checked(turn.state, spot, names, shown(turn.state, spot.question, names))
    return Change(said=(value,)) if isinstance(value, Reject) else taken(turn, {spot.path: value})


def _finish_entries(turn: Turn, repeat: Repeat) -> Change:
    count, _ = entries(turn.answers, repeat)
    return Change(answers={**turn.answers, repeat.path: [count, True]}, view=returning(turn))


def _more(turn: Turn) -> Change:
    here = turn.here
    if here is None or turn.at_review or not isinstance(here.stop, Repeat):
        return _stale(turn)
    count, _ = entries(turn.answers, here.stop)
    if count >= MAX_ENTRIES:
        return rejected("too_many_entries", {"limit": MAX_ENTRIES})
    return Change(answers={**turn.answers, here.path: [count + 1, False]}, view=NOTHING)


def _yes(turn: Turn) -> Change:
    here, near = turn.here, turn.view.get("near")
    if here is None or not isinstance(near, str):
        return _stale(turn)
    spot = here.spots[0]
    value: Json = [near] if here.kind is Kind.SELECT_MULTIPLE else near
    found = checked(turn.state, spot, value, shown(turn.state, spot.question, value))
    return Change(said=(found,), view=looking(turn)) if isinstance(found, Reject) else taken(turn, {spot.path: found})


def _no(turn: Turn) -> Change:
    return Change(view=looking(turn)) if turn.view.get("near") is not None else _stale(turn)


def _day(ago: int) -> Callable[[Turn], Change]:
    def take(turn: Turn) -> Change:
        here = turn.here
        if here is None or turn.at_review or here.kind is not Kind.DATE:
            return _stale(turn)
        value = (turn.state.now.date() - timedelta(days=ago)).isoformat()
        spot = here.spots[0]
        found = checked(turn.state, spot, value, shown(turn.state, spot.question, value))
        return Change(said=(found,)) if isinstance(found, Reject) else taken(turn, {spot.path: found})

    return take


def _other_day(turn: Turn) -> Change:
    if turn.here is None or turn.at_review or turn.here.kind is not Kind.DATE:
        return _stale(turn)
    return Change(view=looking(turn, typed=True))


def _turn_page(by: int) -> Callable[[Turn], Change]:
    def turn_page(turn: Turn) -> Change:
        here, page = turn.here, turn.view.get("page", 1)
        if here is None or turn.at_review or here.kind not in {Kind.SELECT_ONE, Kind.SELECT_MULTIPLE}:
            return _stale(turn)
        kept = {"draft": turn.view["draft"]} if "draft" in turn.view else {}
        return Change(view=looking(turn, page=max(1, int(str(page)) + by), **kept))

    return turn_page


_COMMANDS: Mapping[Command, Callable[[Turn], Change]] = {
    Command.BACK: _back,
    Command.SKIP: _skip,
    Command.CANCEL: _cancel,
    Command.REVIEW: _review,
    Command.SEND: _send,
    Command.KEEP: _keep,
    Command.DROP: _drop,
    Command.FINISH: _finish,
    Command.MORE: _more,
    Command.YES: _yes,
    Command.NO: _no,
    Command.TODAY: _day(0),
    Command.YESTERDAY: _day(1),
    Command.OTHER_DAY: _other_day,
    Command.NEXT_PAGE: _turn_page(1),
    Command.PREVIOUS_PAGE: _turn_page(-1),
    Command.CONTINUE: _continue,
}
