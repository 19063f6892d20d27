"""What a text at the review names: a question by its name, label or alias, with or without an answer after it."""

from collections.abc import Iterator
from dataclasses import dataclass

from interview.forms.form import Node, Question, QuestionGroup, Repeat
from interview.reading.choosing import Wording
from interview.reading.text import fold
from interview.reading.writing import writing
from interview.reviewing.review import edit_token, open_extras, reviewed
from interview.shown import called
from interview.walking.stepping import Stepping
from interview.walking.walk import Spot, group_asking, repeat_of

_MARKS = " :,.;?!-–=>"


@dataclass(frozen=True, slots=True)
class Target:
    """A question or group that can be corrected: the token that opens it, and what people may call it."""

    token: str
    node: Node
    spot: Spot | None
    names: tuple[str, ...]


def targets_of(stepping: Stepping) -> list[Target]:
    """What the review shows or offers. Entries are called alike, so none of them is meant by its words."""
    language, slots = stepping.state.interview.language, stepping.state.slots
    lines = [
        Target(edit_token(spot.question, spot.entry), spot.question, spot, _names(stepping, spot))
        for spot in reviewed(stepping)
        if (repeat := repeat_of(stepping.form, spot.question)) is None or not repeat.on_review
    ]
    extras = [
        Target(
            edit_token(extra, 0),
            extra,
            Spot(extra, 0, extra.path) if isinstance(extra, Question) else None,
            tuple(filter(None, (said.say(language, slots), extra.label.say(language, slots), *_aliases(extra)))),
        )
        for extra, said in open_extras(stepping.state)
    ]
    return [*lines, *_groups(stepping, lines), *extras]


def wordings_of(targets: list[Target]) -> list[Wording]:
    """The targets as choices."""
    return [Wording(target.token, target.names) for target in targets]


def named_first(targets: list[Target], text: str) -> tuple[list[Target], str]:
    """The targets whose name the text begins with, by the longest name, and what is written after it."""
    said = writing(text).said
    best: list[Target] = []
    length = 0
    for target in targets:
        for name in target.names:
            spelled = writing(name.strip(" ?:")).said
            if not _begins(said, spelled) or len(spelled) < length:
                continue
            best = [*best, target] if len(spelled) == length else [target]
            length = len(spelled)
    written = writing(text)
    return list(dict.fromkeys(best)), written.written((length, len(said))).strip(_MARKS) if best else ""


def _begins(said: str, name: str) -> bool:
    end = len(name)
    if len(said) < end or (len(said) > end and (said[end].isalpha() or said[end].isdigit())):
        return False
    return said[:end] == name or (said[:end] == fold(name) and said[:end].isascii())


def _groups(stepping: Stepping, lines: list[Target]) -> Iterator[Target]:
    """Groups that were asked in one message are called as a whole, too ("số người")."""
    seen: set[int] = set()
    for line in lines:
        group = group_asking(stepping.form, line.spot.question) if line.spot else None
        if group is not None and group.slot not in seen and line.spot is not None and group.repeat < 0:
            seen.add(group.slot)
            label = group.label.say(stepping.state.interview.language, stepping.state.slots)
            names = tuple(
                filter(
                    None,
                    (label, group.called.say(stepping.state.interview.language, stepping.state.slots), *group.aliases),
                )
            )
            yield Target(line.token, group, None, names)


def _names(stepping: Stepping, spot: Spot) -> tuple[str, ...]:
    """How a person may call a question at the review."""
    label = spot.question.label.say(stepping.state.interview.language, stepping.state.slots, spot.entry)
    return called(stepping.state, spot.question, spot.entry), label, *spot.question.aliases


def _aliases(extra: Node) -> tuple[str, ...]:
    return () if isinstance(extra, Repeat) or not isinstance(extra, Question | QuestionGroup) else extra.aliases
