"""What the commands do, one function each, in one table."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from interview.forms.form import Repeat
from interview.limits import MAX_ENTRIES
from interview.reviewing.review import final_values, missing, reviewed
from interview.shown import called, shown
from interview.steps import Cancelled, ConfirmCancel, Done, Dropped, Json, Kind, Reject, Took, WalkCommand
from interview.walking.asking import chosen_names, command_option
from interview.walking.settle import settle_strictly
from interview.walking.state import entries
from interview.walking.stepping import NOTHING, Change, Stepping, looking, rejected, returning
from interview.walking.taking import checked
from interview.walking.walk import Spot, answer_at, before


def run(stepping: Stepping, command: WalkCommand) -> Change:
    """The change that a command makes; one that does not fit the moment is answered as a stale button."""
    return _COMMANDS[command](stepping)


def taken(stepping: Stepping, values: Mapping[str, Json], spots: Sequence[Spot] = ()) -> Change:
    """These values answer `spots`, or what is open."""
    answered = spots or (stepping.here.spots if stepping.here else ())
    took = tuple(
        Took(spot.path, called(stepping.state, spot.question, spot.entry), shown(stepping.state, spot.question, value))
        for spot in answered
        if (value := values.get(spot.path)) is not None
    )
    return Change(said=took, answers={**stepping.answers, **values}, view=returning(stepping))


def not_at_review(stepping: Stepping) -> Change:
    """While the review is on display, nothing was changed: how to."""
    lines = [spot.question for spot in reviewed(stepping)]
    first = next((question for question in lines if question.kind is Kind.DATE), next(iter(lines), None))
    params = {
        "question": called(stepping.state, first).lower().rstrip("?: ") if first else "…",
        "open": missing(stepping),
    }
    return rejected("at_early_review" if stepping.here else "at_review", params)


def cancel_question() -> ConfirmCancel:
    """Asked once before an interview is dropped."""
    return ConfirmCancel(
        tuple(command_option(command, answers=True) for command in (WalkCommand.DROP, WalkCommand.KEEP))
    )


def _stale(_: Stepping) -> Change:
    return rejected("stale_option")


def _back(stepping: Stepping) -> Change:
    if stepping.view.get("review") and stepping.here is not None:
        return Change(view=NOTHING)
    if stepping.view.get("near") is not None or stepping.view.get("typed"):
        return Change(view=looking(stepping))
    if "from" in stepping.view:
        return Change(view=returning(stepping))
    if (left := _left_entry(stepping)) is not None:
        return left
    path = before(stepping.state, stepping.way, stepping.here)
    return rejected("nothing_before") if path is None else Change(view={"open": path})


def _left_entry(stepping: Stepping) -> Change | None:
    """Back out of an entry in which nothing was said yet: it was begun by mistake and is gone."""
    repeat = stepping.form.by_slot.get(stepping.here.stop.repeat) if stepping.here else None
    if stepping.here is None or not isinstance(repeat, Repeat):
        return None
    count, _ = entries(stepping.answers, repeat)
    said = any(path.startswith(f"{repeat.path}[{count}]/") for path in stepping.answers)
    if said or count == 1 or stepping.here.entry != count - 1:
        return None
    return Change(answers={**stepping.answers, repeat.path: [count - 1, False]}, view=NOTHING)


def _skip(stepping: Stepping) -> Change:
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
    if here.spots[0].question.on_review:
        answers = {path: value for path, value in stepping.answers.items() if path != here.path}
        return Change(answers=answers, view=returning(stepping))
    return taken(stepping, {spot.path: None for spot in here.spots})


def _cancel(stepping: Stepping) -> Change:
    return Change(view={**stepping.view, "cancel": True}, end=cancel_question())


def _drop(stepping: Stepping) -> Change:
    return Change(view=NOTHING, end=Cancelled()) if stepping.view.get("cancel") else _stale(stepping)


def _keep(stepping: Stepping) -> Change:
    if not stepping.view.get("cancel"):
        return _stale(stepping)
    return Change(view={key: value for key, value in stepping.view.items() if key != "cancel"})


def _review(_: Stepping) -> Change:
    return Change(view={"review": True})


def _continue(stepping: Stepping) -> Change:
    return Change(view=NOTHING) if stepping.view.get("review") and stepping.here else _stale(stepping)


def _send(stepping: Stepping) -> Change:
    if stepping.here is not None:
        return rejected("not_complete", {"open": missing(stepping)})
    state, dropped = settle_strictly(stepping.form, stepping.state.interview, stepping.state.now)
    if dropped:  # time has made an answer wrong: the person sees what is left before it goes
        return Change(said=(Dropped(dropped),), answers=state.interview.answers, view=NOTHING)
    return Change(end=Done(final_values(state)))


def _finish(stepping: Stepping) -> Change:
    here = stepping.here
    if here is None or stepping.at_review:
        return _stale(stepping)
    if isinstance(here.stop, Repeat):
        return _finish_entries(stepping, here.stop)
    if here.kind is Kind.SELECT_MULTIPLE:
        return _finish_choices(stepping)
    if here.kind is Kind.IMAGE and answer_at(stepping.state, here.path):
        return Change(view=returning(stepping))
    return rejected("photo_needed") if here.kind is Kind.IMAGE else _stale(stepping)


def _finish_choices(stepping: Stepping) -> Change:
    if stepping.here is None:
        return _stale(stepping)
    spot = stepping.here.spots[0]
    names: list[Json] = list(chosen_names(stepping, spot))
    if not names:
        return _skip(stepping)
    value = checked(stepping.state, spot, names, shown(stepping.state, spot.question, names))
    return Change(said=(value,)) if isinstance(value, Reject) else taken(stepping, {spot.path: value})


def _finish_entries(stepping: Stepping, repeat: Repeat) -> Change:
    count, _ = entries(stepping.answers, repeat)
    return Change(answers={**stepping.answers, repeat.path: [count, True]}, view=returning(stepping))


def _more(stepping: Stepping) -> Change:
    here = stepping.here
    if here is None or stepping.at_review or not isinstance(here.stop, Repeat):
        return _stale(stepping)
    count, _ = entries(stepping.answers, here.stop)
    if count >= MAX_ENTRIES:
        return rejected("too_many_entries", {"limit": MAX_ENTRIES})
    return Change(answers={**stepping.answers, here.path: [count + 1, False]}, view=NOTHING)


def _yes(stepping: Stepping) -> Change:
    here, near = stepping.here, stepping.view.get("near")
    if here is None or not isinstance(near, str):
        return _stale(stepping)
    spot = here.spots[0]
    value: Json = [near] if here.kind is Kind.SELECT_MULTIPLE else near
    found = checked(stepping.state, spot, value, shown(stepping.state, spot.question, value))
    return (
        Change(said=(found,), view=looking(stepping))
        if isinstance(found, Reject)
        else taken(stepping, {spot.path: found})
    )


def _no(stepping: Stepping) -> Change:
    return Change(view=looking(stepping)) if stepping.view.get("near") is not None else _stale(stepping)


def _day(ago: int) -> Callable[[Stepping], Change]:
    def take(stepping: Stepping) -> Change:
        here = stepping.here
        if here is None or stepping.at_review or here.kind is not Kind.DATE:
            return _stale(stepping)
        value = (stepping.state.now.date() - timedelta(days=ago)).isoformat()
        spot = here.spots[0]
        found = checked(stepping.state, spot, value, shown(stepping.state, spot.question, value))
        return Change(said=(found,)) if isinstance(found, Reject) else taken(stepping, {spot.path: found})

    return take


def _other_day(stepping: Stepping) -> Change:
    if stepping.here is None or stepping.at_review or stepping.here.kind is not Kind.DATE:
        return _stale(stepping)
    return Change(view=looking(stepping, typed=True))


def _turn_page(by: int) -> Callable[[Stepping], Change]:
    def turn_page(stepping: Stepping) -> Change:
        here, page = stepping.here, stepping.view.get("page", 1)
        if here is None or stepping.at_review or here.kind not in {Kind.SELECT_ONE, Kind.SELECT_MULTIPLE}:
            return _stale(stepping)
        kept = {"draft": stepping.view["draft"]} if "draft" in stepping.view else {}
        return Change(view=looking(stepping, page=max(1, int(str(page)) + by), **kept))

    return turn_page


_COMMANDS: Mapping[WalkCommand, Callable[[Stepping], Change]] = {
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
    WalkCommand.TODAY: _day(0),
    WalkCommand.YESTERDAY: _day(1),
    WalkCommand.OTHER_DAY: _other_day,
    WalkCommand.NEXT_PAGE: _turn_page(1),
    WalkCommand.PREVIOUS_PAGE: _turn_page(-1),
    WalkCommand.CONTINUE: _continue,
}
