"""Photos from people, made harmless: checked, decoded in a bounded child process, re-encoded without metadata.

Nothing that came from outside is ever decoded in this process (reliability R11). What comes back is an upright JPEG of
at most 2,048 pixels a side without place, time or device; animations give their first frame.
"""

import json
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MAX_BYTES = 12 * 2**20
"""A phone's largest photo; Telegram sends at most 10 MB as a photo."""
TIMEOUT_SECONDS = 30.0
"""Wall time, three times the child's own limit of CPU time: a busy machine is not the photo's fault."""

_CHILD = Path(__file__).with_name("image_child.py")


class ImageRefused(ValueError):
    """Why a file is not taken as a photo.

    `code` with its `params`: too_large (size, limit, in bytes) · too_many_pixels (width, height, limit) · not_an_image
    · damaged · too_costly.
    """

    def __init__(self, code: str, **params: int) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True)
class Normalised:
    """A photo as it is kept."""

    content: bytes
    mime: str
    width: int
    height: int


def normalise_image(content: bytes) -> Normalised:
    """The photo as it is kept, or `ImageRefused`. Takes a tenth of a second: not for an event loop's thread."""
    if len(content) > MAX_BYTES:
        raise ImageRefused("too_large", size=len(content), limit=MAX_BYTES)
    answer, jpeg = _answer(_run(content))
    code = answer.pop("code", None)
    if code:
        raise ImageRefused(code, **answer)
    return Normalised(jpeg, "image/jpeg", answer["width"], answer["height"])


def _run(content: bytes) -> bytes:
    """What the child says. It gets no environment (which may hold tokens) and no signals meant for this process."""
    try:
        done = subprocess.run(  # noqa: S603 (our own script; the content goes in by stdin only)
            [sys.executable, "-I", "-B", str(_CHILD)],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            timeout=TIMEOUT_SECONDS,
            start_new_session=True,
            check=False,
        )
    except subprocess.TimeoutExpired as expired:
        raise ImageRefused("too_costly") from expired
    if done.returncode in {-signal.SIGXCPU, -signal.SIGKILL}:
        raise ImageRefused("too_costly")
    if done.returncode:
        raise ImageRefused("damaged")
    return done.stdout


def _answer(said: bytes) -> tuple[dict[str, Any], bytes]:
    line, _, jpeg = said.partition(b"\n")
    return json.loads(line), jpeg
