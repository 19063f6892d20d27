r"""Regular expressions of forms, on an engine that needs time in proportion to the text, whatever the expression.

Python's own would try `^(a+)+$` for years, and one author's expression is tried on everybody's answers. What RE2 cannot
say (backreferences, lookaround) is refused when the form is loaded. As in ODK Collect the whole answer has to match,
and `\w`, `\d` and `\b` know ASCII only: `\p{L}` is any letter.
"""

from functools import lru_cache
from typing import Any

import re2


def fault(pattern: str) -> str:
    """Why an expression cannot be used; empty if it can."""
    try:
        _compiled(pattern)
    except re2.error as error:
        said = error.args[0]
        return said.decode(errors="replace") if isinstance(said, bytes) else str(said)
    return ""


def matches(pattern: str, text: str) -> bool:
    """Whether the whole text is what the expression says."""
    return _compiled(pattern).fullmatch(text) is not None


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> Any:
    options = re2.Options()
    options.log_errors = False  # the form's author is told
    return re2.compile(pattern, options)
