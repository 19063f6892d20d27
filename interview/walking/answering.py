"""What an answer does to the open question, by what it is: written, pressed, a photo or file, a place."""

from interview.forms.form import Question, QuestionGroup, Repeat
from interview.lines.grouped import read_group, speaks_of_group
from interview.reading.choosing import read_position
from interview.reading.digits import whole_number
from interview.reading.words import navigation, offered
from interview.reviewing.at_review import open_question, typed_at_review
from interview.reviewing.review import opened_by
from interview.shown import called, example, shown
from interview.steps import Answer, Json, Kind, Media, Point, Pressed, Reject, Took, Typed, WalkCommand
from interview.walking.asking import DEFAULT_TOKEN, chosen_names, default_value
from interview.walking.commands import not_at_review, run, taken
from interview.walking.stepping import Change, Stepping, looking, rejected
from interview.walking.taking import Near, checked, near_miss, read_typed
from interview.walking.walk import Here, Spot, answer_at, group_asking, relevant_spots

_OFFERED: dict[Kind, tuple[WalkCommand, ...]] = {
    Kind.SELECT_ONE: (WalkCommand.NEXT_PAGE, WalkCommand.PREVIOUS_PAGE),
    Kind.SELECT_MULTIPLE: (WalkCommand.NEXT_PAGE, WalkCommand.PREVIOUS_PAGE, WalkCommand.FINISH),
    Kind.DATE: (WalkCommand.OTHER_DAY,),
    Kind.IMAGE: (WalkCommand.FINISH,),
    Kind.REPEAT: (WalkCommand.MORE, WalkCommand.FINISH),
}
"""Commands that a word can say at a question of this kind."""

_NUMBERED: dict[Kind, tuple[WalkCommand, ...]] = {
    Kind.DATE: (WalkCommand.TODAY, WalkCommand.YESTERDAY, WalkCommand.OTHER_DAY),
    Kind.REPEAT: (WalkCommand.MORE, WalkCommand.FINISH),
}
"""Commands that are numbered as answers where a channel has no buttons."""


def react(stepping: Stepping, answer: Answer) -> Change:
    """The change that an answer makes."""
    match answer:
        case Pressed():
            return _pressed(stepping, answer.token)
        case Typed():
            return _typed(stepping, answer.text)
        case Media():
            return _media(stepping, answer)
        case Point():
            return _point(stepping, answer)


def _pressed(stepping: Stepping, token: str) -> Change:
    if token in WalkCommand._value2member_map_:
        return run(stepping, WalkCommand(token))
    opened = opened_by(stepping.state, token)
    if opened is not None:
        return open_question(stepping, opened) if stepping.at_review else rejected("stale_option")
    here = stepping.here
    if here is None or stepping.at_review or not here.spots:
        return rejected("stale_option")
    spot = here.spots[0]
    if token == DEFAULT_TOKEN and (text := default_value(stepping, spot)):
        return _read(stepping, spot, text)
    return _choice(stepping, spot, token)


def _choice(stepping: Stepping, spot: Spot, token: str) -> Change:
    choices, at = spot.question.choices, whole_number(token.removeprefix("c"))
    if choices is None or at is None or at not in stepping.state.allowed(spot.question, spot.entry):
        return rejected("stale_option")
    name = choices.items[at].name
    if spot.question.kind is Kind.SELECT_MULTIPLE:
        return _toggle(stepping, spot, name)
    found = checked(stepping.state, spot, name, shown(stepping.state, spot.question, name))
    return Change(said=(found,)) if isinstance(found, Reject) else taken(stepping, {spot.path: found})


def _toggle(stepping: Stepping, spot: Spot, name: str) -> Change:
    names = chosen_names(stepping, spot)
    draft: list[Json] = [*(other for other in names if other != name), *([name] if name not in names else [])]
    kept = {"page": stepping.view["page"]} if "page" in stepping.view else {}
    return Change(view=looking(stepping, draft=draft, **kept))


def _typed(stepping: Stepping, text: str) -> Change:
    if stepping.view.get("cancel") and (decided := _one_of(text, (WalkCommand.DROP, WalkCommand.KEEP))):
        return run(stepping, decided)
    command = navigation(text)
    if command is not None and (command is not WalkCommand.SEND or stepping.at_review):
        return run(stepping, command)
    here = stepping.here
    if stepping.at_review or here is None:
        return typed_at_review(stepping, text)
    said = _said_command(stepping, here, text)
    if said is not None:
        return run(stepping, said)
    return _written(stepping, here, text)


def _written(stepping: Stepping, here: Here, text: str) -> Change:
    match here.stop:
        case Repeat():
            return rejected("option_needed")
        case QuestionGroup():
            return _group(stepping, here, here.stop, text)
        case Question():
            group = group_asking(stepping.form, here.stop)
            return _read(stepping, here.spots[0], text) if group is None else _member(stepping, here, group, text)


def _said_command(stepping: Stepping, here: Here, text: str) -> WalkCommand | None:
    if stepping.view.get("near") is not None:
        return _one_of(text, (WalkCommand.YES, WalkCommand.NO))
    numbered = () if stepping.view.get("typed") else _NUMBERED.get(here.kind, ())
    return _one_of(text, numbered) or offered(text, _OFFERED.get(here.kind, ()))


def _one_of(text: str, commands: tuple[WalkCommand, ...]) -> WalkCommand | None:
    """One of the commands on offer, by its number or by a word."""
    position = read_position(text, len(commands)) if commands else None
    return commands[position - 1] if position else offered(text, commands)


def _read(stepping: Stepping, spot: Spot, text: str) -> Change:
    found = read_typed(stepping.state, spot, text)
    if isinstance(found, Near):
        return Change(said=(near_miss(stepping.state, spot, found, text),), view=looking(stepping, near=found.name))
    if isinstance(found, Reject):
        return Change(said=(found,), view=looking(stepping) if "near" in stepping.view else None)
    return taken(stepping, {spot.path: found})


def _group(stepping: Stepping, here: Here, group: QuestionGroup, text: str) -> Change:
    spots = relevant_spots(stepping.state, group, here.entry)
    together = isinstance(here.stop, QuestionGroup)
    said = read_group(stepping.state, group, spots, text, together=together)
    return taken(stepping, said.values, spots) if said.values else _asked_again(stepping, here, group, said.rejects)


def _member(stepping: Stepping, here: Here, group: QuestionGroup, text: str) -> Change:
    """One question of a group asked alone: a number is never taken for another member's or for the total."""
    spots = relevant_spots(stepping.state, group, here.entry)
    if speaks_of_group(group, spots, text):
        return _group(stepping, here, group, text)
    change = _read(stepping, here.spots[0], text)
    if change.answers is None:
        said = read_group(stepping.state, group, spots, text)
        if len(said.values) == len(spots):
            return taken(stepping, said.values, spots)
        rejects = tuple(output for output in change.said if isinstance(output, Reject))
        return _asked_again(stepping, here, group, rejects) if here.spots[0].question.depends else change
    return change


def _asked_again(stepping: Stepping, here: Here, group: QuestionGroup, rejects: tuple[Reject, ...]) -> Change:
    """Values that do not go together: any of them may be wrong, so the whole group is asked again."""
    apart = isinstance(here.stop, Question) and any(reject.code == "constraint" for reject in rejects)
    return Change(rejects, view=looking(stepping, open=stepping.state.path(group, here.entry)) if apart else None)


def _media(stepping: Stepping, media: Media) -> Change:
    here = stepping.here
    spot = here.spots[0] if here and here.spots and not stepping.at_review else None
    if here is not None and spot is not None and here.kind is not Kind.GROUP and _accepts(spot.question, media):
        return _attach(stepping, here, spot, media)
    for question in sorted(stepping.form.extras, key=lambda extra: extra.kind is not Kind.IMAGE):  # photos to photos
        if stepping.state.is_relevant(question) and _accepts(question, media):
            return _add(stepping, Spot(question, 0, question.path), media)
    return _unwanted(stepping, spot)


def _accepts(question: Question, media: Media) -> bool:
    return question.kind is Kind.FILE or (question.kind is Kind.IMAGE and media.is_image)


def _attach(stepping: Stepping, here: Here, spot: Spot, media: Media) -> Change:
    """The open question's photo or file; after a photo more may come, until the limit or "that is all"."""
    change = _add(stepping, spot, media)
    value = change.answers.get(spot.path) if change.answers else None
    if spot.question.kind is Kind.IMAGE and isinstance(value, list) and len(value) < spot.question.highest:
        return Change(change.said, change.answers, looking(stepping, open=here.path))
    return taken(stepping, {spot.path: value}) if change.answers else change


def _add(stepping: Stepping, spot: Spot, media: Media) -> Change:
    """A photo or file for this question, wherever the person is."""
    value: list[Json] = [media.ref, media.name]
    if spot.question.kind is Kind.IMAGE:
        held = answer_at(stepping.state, spot.path)
        before = held if isinstance(held, list) else []
        value = before if media.ref in before else [*before, media.ref]
        if len(value) > spot.question.highest:
            return rejected("too_many_photos", {"limit": spot.question.highest})
    return _noted(stepping, spot, value)


def _noted(stepping: Stepping, spot: Spot, value: Json) -> Change:
    took = Took(
        spot.path, called(stepping.state, spot.question, spot.entry), shown(stepping.state, spot.question, value)
    )
    return Change(said=(took,), answers={**stepping.answers, spot.path: value})


def _point(stepping: Stepping, point: Point) -> Change:
    here, value = stepping.here, [point.latitude, point.longitude]
    spot = here.spots[0] if here and here.spots and not stepping.at_review else None
    if here is not None and here.kind is Kind.GEOPOINT and spot is not None:
        return taken(stepping, {spot.path: [*value]})
    for question in stepping.form.extras:
        if question.kind is Kind.GEOPOINT and stepping.state.is_relevant(question):
            return _noted(stepping, Spot(question, 0, question.path), [*value])
    return _unwanted(stepping, spot)


def _unwanted(stepping: Stepping, spot: Spot | None) -> Change:
    """A photo, file or place where something else is asked."""
    if spot is None:
        return not_at_review(stepping) if stepping.at_review else rejected("option_needed")
    needed = {Kind.IMAGE: "photo_needed", Kind.FILE: "file_needed", Kind.GEOPOINT: "location_needed"}
    code = needed.get(spot.question.kind, "text_needed")
    return rejected(code, {"example": example(stepping.state, spot.question, spot.entry)})
