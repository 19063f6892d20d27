"""What can be wrong with a form: one catalogue of codes, with the problem and the remedy.

Everything a chat cannot ask is refused when a form is loaded, never in the middle of an interview.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

PROBLEMS: Mapping[str, str] = {
    "xlsform": "{message}",
    "no_survey": "The form has no 'survey' sheet. Add one with the columns type, name and label.",
    "no_questions": "The form asks nothing. Add at least one question to the survey sheet.",
    "kind_unsupported": "A chat cannot ask '{name}' (type '{kind}'). Use one of: {kinds}.",
    "column_unsupported": "The column '{column}' is not supported. Remove it.",
    "sheet_unsupported": "The sheet '{sheet}' is not supported. Remove it.",
    "metadata_unsupported": "'{name}' asks the device for '{kind}', which a chat does not know. Remove it.",
    "dynamic_unsupported": "'{name}' is set again after the start of the form (trigger). Use a calculation instead.",
    "repeat_count": "'{name}' has a repeat count. Remove it: the bot asks after each entry whether there is one more.",
    "repeat_nested": "The repeat '{name}' lies inside another repeat. Move it out.",
    "calculated_question": "'{name}' is both asked and calculated. Make it a question or a calculation.",
    "choice_label_dynamic": "A choice label of '{name}' refers to answers. Write it in plain words.",
    "label_missing": "'{name}' has no label. Write what the bot shall ask.",
    "media_label": "The label of '{name}' has a picture or sound. Write it in words.",
    "short_dynamic": "The short name of '{name}' refers to answers. Write it in plain words.",
    "name_twice": "The name '{name}' is used twice. Names are unique in a form and in each repeat.",
    "on_review_group": "The group '{name}' is on-review, yet not asked in one message, or one of its questions is "
    "required. Add field-list to its appearance and require none of them.",
    "on_review_required": "'{name}' is on-review, which nobody has to open, yet always required. Choose one of the "
    "two, or write as a condition when it is required: then it is asked in turn.",
    "on_review_repeat": "'{name}' is marked on-review inside a repeat. Move it out or ask it in turn.",
    "unsorted_alone": "In the group '{name}' a question is marked unsorted, but the group takes no total. Add "
    "'field-list sum' to its appearance and let it ask for two numbers at least.",
    "choices_missing": "'{name}' has no choices. Add rows to its list on the choices sheet.",
    "choices_dynamic": "The choices of '{name}' come from '{source}'. Use a list of the choices sheet or a CSV file.",
    "choice_twice": "The list of '{name}' holds the choice '{choice}' twice. Rename one of them.",
    "csv_missing": "'{name}' takes its choices from '{file}', which was not supplied. Add the file.",
    "csv_column": "'{file}' has no column '{column}'. Add it to the first line.",
    "csv_empty": "'{file}' has no choices. Add at least one line below its first.",
    "expression_invalid": "The {column} of '{name}' cannot be read at '{found}': {expression}. Correct the expression.",
    "function_unknown": "The {column} of '{name}' uses the function '{function}', which is not supported. Rewrite it.",
    "function_arguments": "The {column} of '{name}' gives '{function}' {count} arguments. It takes {expected}.",
    "path_unknown": "The {column} of '{name}' refers to '{path}', which the form does not have. Correct the name.",
    "range_invalid": "The range '{name}' leads nowhere. Give it a start, an end and a step that lies between them.",
    "range_labels": "The range '{name}' has labels for its values, which a chat cannot show. Use select_one instead.",
    "regex_invalid": (
        "The {column} of '{name}' holds the regular expression '{pattern}', which cannot be used: {why}. "
        "Correct it, without backreferences and lookaround."
    ),
    "regex_dynamic": "The {column} of '{name}' makes a regular expression of values. Write it out in quotes.",
    "cycle": "'{name}' depends on itself: {path}. Break the circle.",
    "default_invalid": "The default of '{name}', '{value}', is not an answer it takes. Correct it.",
}


@dataclass(frozen=True, slots=True)
class FormProblem:
    """One thing to correct. `row` is the row of the sheet as a spreadsheet counts (the header is row 1)."""

    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)
    sheet: str = "survey"
    row: int | None = None

    def __str__(self) -> str:
        where = self.sheet if self.row is None else f"{self.sheet}, row {self.row}"
        return f"[{where}] {PROBLEMS[self.code].format_map(self.params)}"


class FormError(Exception):
    """A form that a chat cannot ask; `problems` lists all that is wrong with it."""

    def __init__(self, problems: Sequence[FormProblem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)
