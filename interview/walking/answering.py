"""What an answer does to the open question, by what it is: written, pressed, a photo or file, a place."""

from interview.forms.form import Group, Question, Repeat
from interview.lines.grouped import read_group, speaks_of_group
from interview.reading.choosing import read_position
from interview.reading.digits import whole_number
from interview.reading.words import navigation, offered
from interview.reviewing.at_review import open_question, typed_at_review
from interview.reviewing.review import opened_by
from interview.shown import called, example, shown
from interview.steps import Answer, Command, Json, Kind, Media, Point, Pressed, Reject, Took, Typed
from interview.walking.asking import DEFAULT_TOKEN, chosen_names, default_value
from interview.walking.commands import not_at_review, run, taken
from interview.walking.stepping import Change, Turn, looking, rejected
from interview.walking.taking import Near, checked, near_miss, read_typed
from interview.walking.walk import Here, Spot, answer_at, group_asking, relevant_spots

_OFFERED: dict[Kind, tuple[Command, ...]] = {
    Kind.SELECT_ONE: (Command.NEXT_PAGE, Command.PREVIOUS_PAGE),
    Kind.SELECT_MULTIPLE: (Command.NEXT_PAGE, Command.PREVIOUS_PAGE, Command.FINISH),
    Kind.DATE: (Command.OTHER_DAY,),
    Kind.IMAGE: (Command.FINISH,),
    Kind.REPEAT: (Command.MORE, Command.FINISH),
}
"""Commands that a word can say at a question of this kind."""

_NUMBERED: dict[Kind, tuple[Command, ...]] = {
    Kind.DATE: (Command.TODAY, Command.YESTERDAY, Command.OTHER_DAY),
    Kind.REPEAT: (Command.MORE, Command.FINISH),
}
"""Commands that are numbered as answers where a channel has no buttons."""


def react(turn: Turn, answer: Answer) -> Change:
    """The change that an answer makes."""
    match answer:
        case Pressed():
            return _pressed(turn, answer.token)
        case Typed():
            return _typed(turn, answer.text)
        case Media():
            return _media(turn, answer)
        case Point():
            return _point(turn, answer)


def _pressed(turn: Turn, token: str) -> Change:
    if token in Command._value2member_map_:
        return run(turn, Command(token))
    opened = opened_by(turn.state, token)
    if opened is not None:
        return open_question(turn, opened) if turn.at_review else rejected("stale_option")
    here = turn.here
    if here is None or turn.at_review or not here.spots:
        return rejected("stale_option")
    spot = here.spots[0]
    if token == DEFAULT_TOKEN and (text := default_value(turn, spot)):
        return _read(turn, spot, text)
    return _choice(turn, spot, token)


def _choice(turn: Turn, spot: Spot, token: str) -> Change:
    choices, at = spot.question.choices, whole_number(token.removeprefix("c"))
    if choices is None or at is None or at not in turn.state.allowed(spot.question, spot.entry):
        return rejected("stale_option")
    name = choices.items[at].name
    if spot.question.kind is Kind.SELECT_MULTIPLE:
        return _toggle(turn, spot, name)
    found = checked(turn.state, spot, name, shown(turn.state, spot.question, name))
    return Change(said=(found,)) if isinstance(found, Reject) else taken(turn, {spot.path: found})


def _toggle(turn: Turn, spot: Spot, name: str) -> Change:
    names = chosen_names(turn, spot)
    draft: list[Json] = [*(other for other in names if other != name), *([name] if name not in names else [])]
    kept = {"page": turn.view["page"]} if "page" in turn.view else {}
    return Change(view=looking(turn, draft=draft, **kept))


def _typed(turn: Turn, text: str) -> Change:
    if turn.view.get("cancel") and (decided := _one_of(text, (Command.DROP, Command.KEEP))):
        return run(turn, decided)
    command = navigation(text)
    if command is not None and (command is not Command.SEND or turn.at_review):
        return run(turn, command)
    here = turn.here
    if turn.at_review or here is None:
        return typed_at_review(turn, text)
    said = _said_command(turn, here, text)
    if said is not None:
        return run(turn, said)
    return _written(turn, here, text)


def _written(turn: Turn, here: Here, text: str) -> Change:
    match here.stop:
        case Repeat():
            return rejected("option_needed")
        case Group():
            return _group(turn, here, here.stop, text)
        case Question():
            group = group_asking(turn.form, here.stop)
            return _read(turn, here.spots[0], text) if group is None else _member(turn, here, group, text)


def _said_command(turn: Turn, here: Here, text: str) -> Command | None:
    if turn.view.get("near") is not None:
        return _one_of(text, (Command.YES, Command.NO))
    numbered = () if turn.view.get("typed") else _NUMBERED.get(here.kind, ())
    return _one_of(text, numbered) or offered(text, _OFFERED.get(here.kind, ()))


def _one_of(text: str, commands: tuple[Command, ...]) -> Command | None:
    """One of the commands on offer, by its number or by a word."""
    position = read_position(text, len(commands)) if commands else None
    return commands[position - 1] if position else offered(text, commands)


def _read(turn: Turn, spot: Spot, text: str) -> Change:
    found = read_typed(turn.state, spot, text)
    if isinstance(found, Near):
        return Change(said=(near_miss(turn.state, spot, found, text),), view=looking(turn, near=found.name))
    if isinstance(found, Reject):
        return Change(said=(found,), view=looking(turn) if "near" in turn.view else None)
    return taken(turn, {spot.path: found})


def _group(turn: Turn, here: Here, group: Group, text: str) -> Change:
    spots = relevant_spots(turn.state, group, here.entry)
    together = isinstance(here.stop, Group)
    said = read_group(turn.state, group, spots, text, together=together)
    return taken(turn, said.values, spots) if said.values else _asked_again(turn, here, group, said.rejects)


def _member(turn: Turn, here: Here, group: Group, text: str) -> Change:
    """One question of a group asked alone: a number is never taken for another member's or for the total."""
    spots = relevant_spots(turn.state, group, here.entry)
    if speaks_of_group(group, spots, text):
        return _group(turn, here, group, text)
    change = _read(turn, here.spots[0], text)
    if change.answers is None:
        said = read_group(turn.state, group, spots, text)
        if len(said.values) == len(spots):
            return taken(turn, said.values, spots)
        rejects = tuple(output for output in change.said if isinstance(output, Reject))
        return _asked_again(turn, here, group, rejects) if here.spots[0].question.depends else change
    return change


def _asked_again(turn: Turn, here: Here, group: Group, rejects: tuple[Reject, ...]) -> Change:
    """Values that do not go together: any of them may be wrong, so the whole group is asked again."""
    apart = isinstance(here.stop, Question) and any(reject.code == "constraint" for reject in rejects)
    return Change(rejects, view=looking(turn, open=turn.state.path(group, here.entry)) if apart else None)


def _media(turn: Turn, media: Media) -> Change:
    here = turn.here
    spot = here.spots[0] if here and here.spots and not turn.at_review else None
    if here is not None and spot is not None and here.kind is not Kind.GROUP and _accepts(spot.question, media):
        return _attach(turn, here, spot, media)
    for question in sorted(turn.form.extras, key=lambda extra: extra.kind is not Kind.IMAGE):  # photos to photos
        if turn.state.is_relevant(question) and _accepts(question, media):
            return _add(turn, Spot(question, 0, question.path), media)
    return _unwanted(turn, spot)


def _accepts(question: Question, media: Media) -> bool:
    return question.kind is Kind.FILE or (question.kind is Kind.IMAGE and media.is_image)


def _attach(turn: Turn, here: Here, spot: Spot, media: Media) -> Change:
    """The open question's photo or file; after a photo more may come, until the limit or "that is all"."""
    change = _add(turn, spot, media)
    value = change.answers.get(spot.path) if change.answers else None
    if spot.question.kind is Kind.IMAGE and isinstance(value, list) and len(value) < spot.question.highest:
        return Change(change.said, change.answers, looking(turn, open=here.path))
    return taken(turn, {spot.path: value}) if change.answers else change


def _add(turn: Turn, spot: Spot, media: Media) -> Change:
    """A photo or file for this question, wherever the person is."""
    value: list[Json] = [media.ref, media.name]
    if spot.question.kind is Kind.IMAGE:
        held = answer_at(turn.state, spot.path)
        before = held if isinstance(held, list) else []
        value = before if media.ref in before else [*before, media.ref]
        if len(value) > spot.question.highest:
            return rejected("too_many_photos", {"limit": spot.question.highest})
    return _noted(turn, spot, value)


def _noted(turn: Turn, spot: Spot, value: Json) -> Change:
    took = Took(spot.path, called(turn.state, spot.question, spot.entry), shown(turn.state, spot.question, value))
    return Change(said=(took,), answers={**turn.answers, spot.path: value})


def _point(turn: Turn, point: Point) -> Change:
    here, value = turn.here, [point.latitude, point.longitude]
    spot = here.spots[0] if here and here.spots and not turn.at_review else None
    if here is not None and here.kind is Kind.GEOPOINT and spot is not None:
        return taken(turn, {spot.path: [*value]})
    for question in turn.form.extras:
        if question.kind is Kind.GEOPOINT and turn.state.is_relevant(question):
            return _noted(turn, Spot(question, 0, question.path), [*value])
    return _unwanted(turn, spot)


def _unwanted(turn: Turn, spot: Spot | None) -> Change:
    """A photo, file or place where something else is asked."""
    if spot is None:
        return not_at_review(turn) if turn.at_review else rejected("option_needed")
    needed = {Kind.IMAGE: "photo_needed", Kind.FILE: "file_needed", Kind.GEOPOINT: "location_needed"}
    code = needed.get(spot.question.kind, "text_needed")
    return rejected(code, {"example": example(turn.state, spot.question, spot.entry)})
