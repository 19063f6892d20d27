"""What goes into a step of an interview and what comes out: a small closed vocabulary.

`advance(form, interview, answer, now)` takes one `Answer` and returns a `Step`.
Nothing here knows a channel, an interface language or a database; whatever a person reads comes from the form
(labels, hints, messages) or is a code that the caller puts into words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"


class Kind(StrEnum):
    """The kinds of question that a chat can ask (XLSForm types)."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    TIME = "time"
    DATETIME = "dateTime"
    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    NOTE = "note"
    IMAGE = "image"
    FILE = "file"
    GEOPOINT = "geopoint"
    RANGE = "range"
    GROUP = "group"  # a field-list group, answered in one message
    REPEAT = "repeat"  # "one more entry?"

    __hash__ = str.__hash__  # looked up several times a step, and Enum's own is a function in Python


class WalkCommand(StrEnum):
    """A button that is not an answer; the caller has the words for it."""

    BACK = "back"
    SKIP = "skip"
    CANCEL = "cancel"
    REVIEW = "review"
    SEND = "send"
    KEEP = "keep"  # do not cancel after all
    DROP = "drop"  # yes, cancel
    FINISH = "finish"  # that is all: of a multiple choice, of photos, of a repeat
    MORE = "more"  # one more entry of a repeat
    YES = "yes"  # the near miss was meant
    NO = "no"
    TODAY = "today"
    YESTERDAY = "yesterday"
    OTHER_DAY = "other_day"  # asks for a typed date
    NEXT_PAGE = "next_page"
    PREVIOUS_PAGE = "previous_page"
    CONTINUE = "continue"  # after a note
    REMOVE = "remove"  # this entry of a repeat on the review
    TAKE_TOTAL = "take_total"  # note a total as it is; who is who follows later

    __hash__ = str.__hash__  # as of a kind


@dataclass(frozen=True, slots=True)
class Typed:
    """A message as the person wrote it."""

    text: str


@dataclass(frozen=True, slots=True)
class Pressed:
    """A pressed option, by the token that `Ask` or `Review` gave it."""

    token: str


@dataclass(frozen=True, slots=True)
class Media:
    """A photo or file that the person sent; `ref` is the caller's key for it (1 to 64 characters)."""

    ref: str
    is_image: bool
    name: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A position in degrees (WGS 84)."""

    latitude: float
    longitude: float


Answer: TypeAlias = Typed | Pressed | Media | Point


@dataclass(frozen=True, slots=True)
class Option:
    """Something to press. `label` is the form's words; of a `command` it is `None`, or the number that it is about.

    `token` is at most 24 ASCII characters and means something only at the revision it was made for.
    `answers` says whether it answers the question (these are numbered where a channel has no buttons, except what is
    `typed`: its label is a number of its own, to be typed as it is).
    """

    token: str
    label: str | None = None
    command: WalkCommand | None = None
    answers: bool = False
    chosen: bool = False
    typed: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """The question that is open now."""

    path: str
    kind: Kind
    label: str
    hint: str = ""
    options: tuple[Option, ...] = ()
    required: bool = True
    number: int = 1
    """Which question this is, of `total` that are relevant as the answers stand ("3/8").

    Of one that is asked again for itself there is 1 of 1."""
    total: int = 1
    page: tuple[int, int] | None = None
    """(page, pages) when the choices do not fit on one."""
    parts: tuple[str, ...] = ()
    """The labels of the questions asked together, for `Kind.GROUP`."""
    current: str = ""
    """The answer that stands now, readable, when the question is asked again."""


@dataclass(frozen=True, slots=True)
class Told:
    """A note of the form, said without waiting for an answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Took:
    """How the answer just given was understood, e.g. label "Khi nào?", shown "15/11/2026"."""

    path: str
    label: str
    shown: str
    corrects: bool = False
    """Whether it was typed at the review, in place of an earlier answer."""


@dataclass(frozen=True, slots=True)
class Reject:
    """The answer could not be taken. `code` is one of `REJECTIONS`; an `Ask` (or `Review`) follows.

    `message` is the form's own words (constraint message, required message) where it has some.
    """

    code: str
    params: Mapping[str, str | int | float] = field(default_factory=dict)
    message: str = ""


@dataclass(frozen=True, slots=True)
class Dropped:
    """Answers that a change has made irrelevant, by their labels."""

    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConfirmCancel:
    """The question that is asked once before an interview is dropped."""

    options: tuple[Option, ...]


NOTHING = "–"
"""How an answer is shown that was left out."""


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One answer on the review; pressing `token` asks it again."""

    path: str
    label: str
    shown: str
    token: str
    entry: str = ""
    """The entry of a repeat that it belongs to ("more[2]"); the lines of one entry follow one another."""


@dataclass(frozen=True, slots=True)
class Review:
    """All answers before they are sent: `lines` to read, `extras` are the unanswered `on-review` questions and what
    may be entered once more, `options` the commands (send, cancel, …)."""

    lines: tuple[ReviewLine, ...]
    extras: tuple[Option, ...]
    options: tuple[Option, ...]
    missing: str = ""
    """The first question that has no answer yet, in its own words."""


@dataclass(frozen=True, slots=True)
class Done:
    """The interview is over and its answers are complete; `values` is keyed by question name (calculated and
    hidden ones included): numbers as numbers, dates as ISO strings, multiple choices and photos as lists, a repeat
    as a list of such dicts."""

    values: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The person dropped the interview; its answers may be offered again as a draft."""


Output: TypeAlias = Ask | Told | Took | Reject | Dropped | ConfirmCancel | Review | Done | Cancelled


@dataclass(frozen=True, slots=True)
class Interview:
    """The whole state of a walk, a value: it survives `to_json` and `from_json` unchanged.

    `answers` is keyed by question path; `revision` grows with every step that changed anything and guards against
    stale buttons; `view` holds what the position adds to the answers (a page, a question opened from the review,
    a near miss that waits for yes or no).
    """

    form_id: str
    form_version: str
    language: str
    started: datetime
    revision: int = 0
    answers: Mapping[str, Json] = field(default_factory=dict)
    prefill: Mapping[str, Json] = field(default_factory=dict)
    preferred: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Choice names to offer first, by question name (what this person picks most)."""
    view: Mapping[str, Json] = field(default_factory=dict)
    doubts: Mapping[str, Json] = field(default_factory=dict)
    """By the path of a question or group the view with which it is asked, since a line answered it in a doubtful way:
    a total without women and men, numbers that may mean two things."""

    def moved(self, answers: Mapping[str, Json], view: Mapping[str, Json]) -> "Interview":
        """The interview a revision later."""
        return Interview(
            *(self.form_id, self.form_version, self.language, self.started),
            self.revision + 1,
            dict(answers),
            self.prefill,
            self.preferred,
            dict(view),
            self.doubts,
        )


@dataclass(frozen=True, slots=True)
class Step:
    """The state after an answer, and what to say."""

    interview: Interview
    outputs: tuple[Output, ...]
