"""An interview as text: compact JSON, the same value back."""

import json
from datetime import datetime

from interview.steps import Interview

_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def to_json(interview: Interview) -> str:
    """The whole state; `from_json` gives the same interview."""
    return _ENCODE(
        [
            interview.form_id,
            interview.form_version,
            interview.language,
            interview.started.isoformat(),
            interview.revision,
            interview.answers,
            interview.prefill,
            interview.preferred,
            interview.view,
            *((interview.doubts,) if interview.doubts else ()),
        ]
    )


def from_json(text: str) -> Interview:
    """The interview that `to_json` wrote."""
    form_id, version, language, started, revision, answers, prefill, preferred, view, *rest = json.loads(text)
    return Interview(
        form_id,
        version,
        language,
        datetime.fromisoformat(started),
        revision,
        answers,
        prefill,
        {name: tuple(names) for name, names in preferred.items()},
        view,
        rest[0] if rest else {},
    )
