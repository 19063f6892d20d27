"""A person who answers: every turn goes through JSON and back, as it does in the product."""

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import TypeVar

from interview import Form, advance, from_json, load_form, start, to_json, values
from interview.steps import Answer, Ask, Done, Interview, Json, Media, Output, Point, Pressed, Reject, Review, Typed

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=timezone(timedelta(hours=7)))
"""A Sunday."""

Seen = TypeVar("Seen", bound=object)


def form_of(survey: str, choices: str = "", *, csvs: Mapping[str, str] | None = None) -> Form:
    """A form from the rows below the headings of its sheets, one-language, `|` between the cells.

    Columns: type, name, label, required, relevant, constraint, appearance, default, calculation, choice_filter.
    """
    head = "type|name|label|required|relevant|constraint|appearance|default|calculation|choice_filter"
    sheets = ["| survey |", f"| | {head} |", *(f"| | {row.strip()} |" for row in survey.strip().splitlines())]
    if choices:
        sheets += ["| choices |", "| | list_name|name|label|place|aliases |"]
        sheets += [f"| | {row.strip()} |" for row in choices.strip().splitlines()]
    return load_form("\n".join(sheets), form_id="sample", csvs=csvs or {})


class Person:
    """Talks to a form; `outputs` is what was said last."""

    def __init__(
        self,
        form: Form,
        prefill: Mapping[str, Json] | None = None,
        *,
        now: datetime = NOW,
        language: str = "vi",
        preferred: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        self.form, self.now = form, now
        step = start(form, prefill or {}, now, language=language, preferred=preferred or {})
        self.interview: Interview = step.interview
        self.outputs: tuple[Output, ...] = step.outputs

    def says(self, *texts: str) -> "Person":
        for text in texts:
            self._gives(Typed(text))
        return self

    def presses(self, *tokens: str) -> "Person":
        for token in tokens:
            self._gives(Pressed(token))
        return self

    def sends(self, *things: Media | Point) -> "Person":
        for thing in things:
            self._gives(thing)
        return self

    def sees(self, kind: type[Seen]) -> Seen:
        """The one output of this kind among those said last."""
        found = [output for output in self.outputs if isinstance(output, kind)]
        assert len(found) == 1, f"not one {kind.__name__}: {self.outputs}"
        return found[0]

    @property
    def asked(self) -> str:
        return self.sees(Ask).path

    @property
    def refused(self) -> str:
        return self.sees(Reject).code

    @property
    def tokens(self) -> list[str]:
        return [option.token for option in self.sees(Ask).options]

    @property
    def done(self) -> Mapping[str, Json]:
        return self.sees(Done).values

    @property
    def values(self) -> Mapping[str, Json]:
        return values(self.form, self.interview, self.now)

    @property
    def at_review(self) -> bool:
        return any(isinstance(output, Review) for output in self.outputs)

    def _gives(self, answer: Answer) -> None:
        kept = from_json(to_json(self.interview))
        assert kept == self.interview
        step = advance(self.form, kept, answer, self.now)
        self.interview, self.outputs = step.interview, step.outputs
