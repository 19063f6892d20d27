"""What can be wrong with the files of letters: each problem names its place, what is wrong, and what to do."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from plan.problems import Problem


class LetterProblem(Problem):
    """A problem of a letter's files: its place is a paragraph of a template, or a whole file."""

    TEXTS: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "no_file": "There is no such file. Put it there, or make it anew: python -m plan.letters.making.make",
            "not_toml": "This is not TOML: {message}. Correct the line.",
            "not_word": "This is no Word file (.docx). Save it as one.",
            "wrong_key": "{where}: “{key}” is missing, or not of the right kind. Correct it.",
            "unknown_word": "{where}: “{value}” is not known. Use one of: {known}.",
            "no_entries": "There is no [[{key}]]. Add one.",
            "no_phrase": "“{key}” is missing. Add it.",
            "phrase_fields": "“{key}” names {{{field}}}, which it cannot. It can name: {known}.",
            "unknown_placeholder": "“{text}”: the placeholder “{name}” is not known. These exist: {known}.",
            "forbidden": "“{text}”: a template may name placeholders, go through lists (for) and ask (if), and nothing "
            "else. Take out: {name}.",
            "broken": "“{text}”: {message}. Correct the braces.",
        }
    )

    def __str__(self) -> str:
        place = f"{self.file} paragraph {self.row}" if self.row else self.file
        return f"[{place}] {self.TEXTS[self.code].format_map(self.params)}"
