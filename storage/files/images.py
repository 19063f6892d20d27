"""Makes photos from people harmless: checks them, decodes them in a bounded child process, and drops all metadata.

Nothing from outside is ever decoded in this process (reliability R11), and never two pictures at a time, so that the
memory of a picture is needed once. The result is an upright JPEG of at most 2,048 pixels a side without place, time or
device; an animation gives its first frame.
"""

import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

MAX_BYTES = 12 * 2**20
"""Bytes of a phone's largest photo; Telegram sends at most 10 MB as a photo."""
TIMEOUT_SECONDS = 30.0
"""Seconds of wall time, three times the child's limit of CPU time: a busy machine is not the photo's fault."""

_ENVIRONMENT = {"MALLOC_ARENA_MAX": "1"}
"""One heap for all threads: a thread's own would take half of the address space that the child allows itself."""
_ONE = threading.Lock()
_CHILD = Path(__file__).with_name("image_child.py")


class ImageRefused(ValueError):
    """A file is not taken as a photo.

    `code` with its `params`: too_large (size, limit, in bytes) · too_many_pixels (width, height, limit) · not_an_image
    · damaged · too_costly (in memory or time).
    """

    def __init__(self, code: str, **params: int) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    @property
    def is_too_large(self) -> bool:
        """Whether a smaller version of the picture would be taken."""
        return self.code.startswith("too_")


@dataclass(frozen=True, slots=True)
class Normalised:
    """A photo as it is kept."""

    content: bytes
    mime: str
    width: int
    height: int
    dhash: str
    """What it looks like: 64 bits in hexadecimal digits."""


def normalise_image(source: bytes | IO[bytes]) -> Normalised:
    """Make the photo that is kept, or raise `ImageRefused`. Of an open file this process never holds the bytes.

    Takes up to seconds: not for an event loop's thread.
    """
    size = len(source) if isinstance(source, bytes) else source.seek(0, os.SEEK_END)
    if size > MAX_BYTES:
        raise ImageRefused("too_large", size=size, limit=MAX_BYTES)
    with _ONE:
        answer, jpeg = _answer(_run(source))
    code = answer.pop("code", None)
    if code:
        raise ImageRefused(code, **answer)
    return Normalised(jpeg, "image/jpeg", answer["width"], answer["height"], answer["dhash"])


def _run(source: bytes | IO[bytes]) -> bytes:
    """Run the child and return its answer. It gets no environment (which may hold tokens) and none of our signals."""
    given: dict[str, Any] = {"input": source}
    if not isinstance(source, bytes):
        source.seek(0)
        given = {"stdin": source}
    try:
        done = subprocess.run(  # noqa: S603 (our own script; the content goes in by stdin only)
            [sys.executable, "-I", "-B", str(_CHILD)],
            **given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_ENVIRONMENT,
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
    output: bytes = done.stdout
    return output


def _answer(said: bytes) -> tuple[dict[str, Any], bytes]:
    line, _, jpeg = said.partition(b"\n")
    return json.loads(line), jpeg
