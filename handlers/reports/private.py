"""Keeps what must not stand in a report out of it, before anything is stored, and says why and who helps.

What is left of a text is noted and shown; nothing of what was taken out is kept or said again.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from handlers.context import Replies, Turn
from interview import Form, present
from interview.lines.one_line import OneLine
from interview.steps import Interview, Json, Kind, Step
from locales import Say
from reports.wording import joined
from rules.private_text import Looked, Private, looked_through
from services.announcing import ANNOUNCEMENT
from services.hotline import hotline

_WHAT: Mapping[Private, Callable[[Say], str]] = {
    Private.PHONE: lambda say: say("somebody's name with a phone number"),
    Private.IDENTITY: lambda say: say("the number of an identity card"),
    Private.ADDRESS: lambda say: say("where somebody lives"),
    Private.CASE: lambda say: say("what happened to one person"),
}
"""Texts for what must not be kept."""
NOTHING: Mapping[str, Json] = MappingProxyType({})


def without_private(turn: Turn, form: Form, step: Step, kept: Mapping[str, Json] = NOTHING) -> tuple[Step, str]:
    """A step whose answers may be kept, and what to say about it; the very step, and nothing, if all of them may.

    What is among the answers `kept` before has been looked through.
    """
    if form.id == ANNOUNCEMENT:  # its writer tells people something: whom to call, where to come
        return step, ""
    looked = {path: looked_through(text) for path, text in _texts(form, step.interview) if kept.get(path) != text}
    taken = {path: one for path, one in looked.items() if one.found}
    if not taken:
        return step, ""
    clean = {path: taken[path].text if path in taken else value for path, value in step.interview.answers.items()}
    answers = {path: value for path, value in clean.items() if value != ""}
    interview = replace(step.interview, answers=answers)
    return Step(interview, present(form, interview, turn.now)), why(turn, taken.values())


def _texts(form: Form, interview: Interview) -> Iterator[tuple[str, str]]:
    """The answers in people's own words, by their paths."""
    for path, value in interview.answers.items():
        spot = form.spot_at(path) if isinstance(value, str) else None
        if spot is not None and getattr(spot[0], "kind", None) is Kind.TEXT:
            yield path, str(value)


def line_without_private(turn: Turn, line: OneLine) -> tuple[OneLine, str]:
    """A line whose words may be kept, and what to say about it."""
    looked: list[Looked] = []

    def cleaned(text: str) -> str:
        looked.append(looked_through(text))
        return looked[-1].text

    def all_cleaned(said: Mapping[str, Json]) -> dict[str, Json]:
        read = (
            (name, cleaned(value) if isinstance(value, str) and " " in value else value) for name, value in said.items()
        )
        return {name: value for name, value in read if value != ""}

    clean = replace(
        line,
        topic=cleaned(line.topic),
        place=cleaned(line.place),
        answers=all_cleaned(line.answers),
        withheld=all_cleaned(line.withheld),
    )
    taken = [one for one in looked if one.found]
    return (clean, why(turn, taken)) if taken else (line, "")


def with_reason(turn: Turn, reason: str, act: Callable[[str], Replies]) -> Replies:
    """Do something for a reason in somebody's own words, as far as it may be kept."""
    looked = looked_through(reason)
    first, *others = act(looked.text)
    if not looked.found:
        return [first, *others]
    return [replace(first, text=f"{why(turn, [looked])}\n\n{first.text}"), *others]


def why(turn: Turn, taken: Collection[Looked]) -> str:
    """Say what was not kept and why, what was, and who helps in a case of violence."""
    say, found = turn.say, frozenset().union(*(one.found for one in taken))
    what = joined(say, [words(say) for kind, words in _WHAT.items() if kind in found])
    lines = [say("I did not keep {what}: reports hold numbers, and nobody must be recognised in them.", what=what)]
    left = list(dict.fromkeys(one.text for one in taken if one.text))
    if left:
        lines.append(say("What I noted: {texts}", texts=" · ".join(f"“{text}”" for text in left)))
    if Private.CASE in found:
        lines.append(who_helps(turn))
    return "\n".join(lines)


def who_helps(turn: Turn) -> str:
    number = hotline(turn.db)
    if number:
        return turn.say("If somebody needs help now: {hotline}", hotline=number)
    return turn.say("If somebody is in danger, please tell the ward's People's Committee or police at once.")
