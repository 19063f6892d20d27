"""Forms converted once: pyxform takes half a second, and each start and each child process needs the same result.

A conversion stands beside its source in `__pycache__`, as Python keeps what it compiled. It counts for that very source
and for the code that made it. Where it cannot be written, or what stands there is damaged, the form is converted anew.
"""

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

from interview.forms import sheet
from interview.forms.sheet import Beside, Sheet


def kept_sheet(path: Path, source: str, form_id: str) -> Sheet:
    """`source` at `path` as `interview.forms.sheet.read_sheet` converts it; raises `FormError` as that does."""
    kept = path.parent / "__pycache__" / f"{path.stem}.{_key(source, form_id)}.json"
    with suppress(OSError, ValueError, TypeError, KeyError):
        return _from_json(json.loads(kept.read_text("utf-8")))
    converted = sheet.read_sheet(source, form_id)
    with suppress(OSError):
        _keep(kept, f"{path.stem}.*.json", json.dumps(_to_json(converted), ensure_ascii=False))
    return converted


def _key(source: str, form_id: str) -> str:
    parts = (source, form_id, version("pyxform"), Path(sheet.__file__).read_text("utf-8"))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def _keep(kept: Path, earlier: str, text: str) -> None:
    """Write it whole or not at all: other processes may read and write the same."""
    kept.parent.mkdir(exist_ok=True)
    handle, part = tempfile.mkstemp(dir=kept.parent)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    for old in kept.parent.glob(earlier):
        old.unlink(missing_ok=True)
    Path(part).replace(kept)


def _to_json(converted: Sheet) -> dict[str, Any]:
    """JSON has no tuples as keys: nodes stand as pairs of their steps and what is said of them."""
    beside = converted.beside
    return {
        "xform": converted.xform,
        "titles": dict(beside.titles),
        "rows": [[steps, row] for steps, row in beside.rows.items()],
        "shorts": [[steps, dict(said)] for steps, said in beside.shorts.items()],
        "aliases": [[steps, said] for steps, said in beside.aliases.items()],
    }


def _from_json(kept: dict[str, Any]) -> Sheet:
    return Sheet(
        kept["xform"],
        Beside(
            {tuple(steps): row for steps, row in kept["rows"]},
            kept["titles"],
            {tuple(steps): said for steps, said in kept["shorts"]},
            {tuple(steps): tuple(said) for steps, said in kept["aliases"]},
        ),
    )
