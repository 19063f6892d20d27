"""Somebody of a unit who fills in the activity report, without a channel or a database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache

from interview import Form, advance, load_form, start
from interview.steps import Answer, Ask, Done, Json, Media, Option, Output, Pressed, Reject, Review, Step, Typed
from plan import places
from plan.model import Plan
from tests.conversation import shipped_plan
from tests.units import tree_of

NOW = datetime(2020, 11, 18, 3, 0, tzinfo=UTC)
UNITS = tree_of(shipped_plan().shipped_units).on(NOW.date())


@cache
def report_form() -> Form:
    """The activity report with the places of the shipped units."""
    form = shipped_plan().forms["activity_report"]
    lists = {**form.csvs, places.FILE: places.place_list(UNITS, shipped_plan().levels)}
    return load_form(form.source, form_id=form.id, csvs=lists, version="4.test")


def hidden(unit: str) -> dict[str, Json]:
    """The form's hidden answers about who reports."""
    ward = UNITS.ward_of(unit)
    return {"level": UNITS[unit].level.value, "unit": unit, "ward": ward.code if ward else ""}


@dataclass
class Reporter:
    """`messages` counts what they had to send."""

    plan: Plan
    unit: str
    language: str = "vi"
    known: Mapping[str, Json] = field(default_factory=dict)
    messages: int = 0
    step: Step = field(init=False)

    def __post_init__(self) -> None:
        self.step = start(report_form(), {**self.known, **hidden(self.unit)}, NOW, language=self.language)

    def _answers(self, answer: Answer) -> None:
        self.messages += 1
        self.step = advance(report_form(), self.step.interview, answer, NOW)

    def says(self, *texts: str) -> "Reporter":
        for text in texts:
            self._answers(Typed(text))
        return self

    def presses(self, *labels: str) -> "Reporter":
        for label in labels:
            self._answers(Pressed(next(option.token for option in self.options if option.label == label)))
        return self

    def sends(self, photo: str) -> "Reporter":
        self._answers(Media(photo, is_image=True))
        return self

    @property
    def last(self) -> Output:
        return self.step.outputs[-1]

    @property
    def asked(self) -> str:
        assert isinstance(self.last, Ask), self.last
        return self.last.path.rpartition("/")[2]

    @property
    def options(self) -> tuple[Option, ...]:
        match self.last:
            case Ask(options=options) | Review(extras=options):
                return options
        return ()

    @property
    def offered(self) -> list[str]:
        return [option.label for option in self.options if option.label]

    @property
    def reviews(self) -> bool:
        return isinstance(self.last, Review)

    @property
    def lines(self) -> list[str]:
        """What the review says, a line each."""
        assert isinstance(self.last, Review), self.last
        return [f"{line.label}: {line.shown}" for line in self.last.lines]

    @property
    def rejected(self) -> str:
        return next(output.message for output in self.step.outputs if isinstance(output, Reject))

    @property
    def values(self) -> Mapping[str, Json]:
        assert isinstance(self.last, Done), self.last
        return self.last.values
