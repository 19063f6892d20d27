"""Forms and the walk through them: pure, in the language of the form, without a channel, a clock or a database.

`load_form` compiles an XLSForm once; `start` and `advance` are the conversation as a step function; `to_json` and
`from_json` carry it over any pause. Everything said is data from `interview.steps`.
"""

from interview.forms.form import Form, ListedChoice, Question
from interview.forms.load import load_form, load_xform, with_lists
from interview.forms.problems import PROBLEMS, FormError, FormProblem
from interview.limits import MAX_TEXT, PAGE_SIZE
from interview.lines.asking_back import asking_back
from interview.lines.filling import Asked
from interview.lines.one_line import OneLine, prefill_from
from interview.reading.dates import read_date
from interview.reading.numbers import read_number
from interview.reading.text import clean, fold
from interview.reading.times import read_time
from interview.reading.unreadable import Unreadable
from interview.reading.words import navigation
from interview.rejections import REJECTIONS
from interview.walking.codec import from_json, to_json
from interview.walking.engine import (
    Standing,
    advance,
    answer_again,
    answered,
    known,
    look_at,
    present,
    start,
    values,
    without_optional,
)

__all__ = [
    "MAX_TEXT",
    "PAGE_SIZE",
    "PROBLEMS",
    "REJECTIONS",
    "Asked",
    "Form",
    "FormError",
    "FormProblem",
    "ListedChoice",
    "OneLine",
    "Question",
    "Standing",
    "Unreadable",
    "advance",
    "answer_again",
    "answered",
    "asking_back",
    "clean",
    "fold",
    "from_json",
    "known",
    "load_form",
    "load_xform",
    "look_at",
    "navigation",
    "prefill_from",
    "present",
    "read_date",
    "read_number",
    "read_time",
    "start",
    "to_json",
    "values",
    "with_lists",
    "without_optional",
]
