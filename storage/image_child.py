"""The child process that decodes one image of unknown origin: bytes on stdin, a line of JSON and a JPEG on stdout.

Run as a script by `storage.images`, isolated (`-I`), with nothing of this program imported, so that it starts in some
fifty milliseconds and whatever a decoder can be made to do happens with little memory, little time and no file.
The first line is {"width", "height"} of the JPEG that follows, or {"code", …} with why there is none.
"""

import json
import resource
import sys
from io import BytesIO
from typing import Any

MAX_PIXELS = 40_000_000
"""Phones go to 50 megapixels only on request, and then send 12; more than this is a mistake or a bomb."""
MAX_SIDE = 2_048
"""What a report needs to be looked at and printed."""
QUALITY = 85
MAX_MEMORY = 768 * 2**20
"""A picture of `MAX_PIXELS` takes 160 MB a copy; two copies, the interpreter and the libraries fit."""
MAX_CPU_SECONDS = 10

FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
"""What phones and messengers send; each further decoder is a further way in."""
TURNS = {
    2: "FLIP_LEFT_RIGHT",
    3: "ROTATE_180",
    4: "FLIP_TOP_BOTTOM",
    5: "TRANSPOSE",
    6: "ROTATE_270",
    7: "TRANSVERSE",
    8: "ROTATE_90",
}
"""EXIF orientation → what sets the picture upright."""
ORIENTATION = 0x0112


def confine() -> None:
    """From here on: bounded memory and time, nothing written, no core."""
    for limit, value in (
        (resource.RLIMIT_AS, MAX_MEMORY),
        (resource.RLIMIT_CPU, MAX_CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))


def normalised(data: bytes) -> tuple[dict[str, Any], bytes]:
    """The answer's first line, and the upright, small, bare JPEG or nothing."""
    from PIL import Image, UnidentifiedImageError
    from PIL import WebPImagePlugin as _  # noqa: F401 (a format that `open` does not know makes it import every plugin)

    Image.MAX_IMAGE_PIXELS = None  # checked here, before anything is decoded
    try:
        image = Image.open(BytesIO(data), formats=FORMATS)
    except UnidentifiedImageError:
        return {"code": "not_an_image"}, b""
    width, height = image.size
    if width * height > MAX_PIXELS:
        return {"code": "too_many_pixels", "width": width, "height": height, "limit": MAX_PIXELS}, b""
    turn = TURNS.get(_orientation(image))
    small = _shrunk(image)
    upright = small.transpose(Image.Transpose[turn]) if turn else small
    flat = _on_white(upright)
    out = BytesIO()
    flat.save(out, "JPEG", quality=QUALITY, progressive=True)
    return {"width": flat.width, "height": flat.height}, out.getvalue()


def _orientation(image: Any) -> int:
    try:
        return int(image.getexif().get(ORIENTATION, 1))
    except Exception:  # noqa: BLE001 (broken metadata is no reason to refuse the picture)
        return 1


def _shrunk(image: Any) -> Any:
    """At most `MAX_SIDE` wide and high; a JPEG is decoded at a fraction of its size in the first place."""
    if image.mode not in {"RGB", "L", "CMYK", "YCbCr"}:
        image = image.convert("RGBA")
    image.thumbnail((MAX_SIDE, MAX_SIDE))
    return image


def _on_white(image: Any) -> Any:
    """Without transparency, and without anything that the file said beside its pixels."""
    from PIL import Image

    flat = Image.new("RGB", image.size, "white")
    flat.paste(image.convert("RGB"), mask=image.getchannel("A") if image.mode == "RGBA" else None)
    return flat


def main() -> None:
    confine()
    try:
        answer, jpeg = normalised(sys.stdin.buffer.read())
    except MemoryError:
        answer, jpeg = {"code": "too_costly"}, b""
    except Exception:  # noqa: BLE001 (a decoder fails in its own ways; its words may quote the file)
        answer, jpeg = {"code": "damaged"}, b""
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + jpeg)


if __name__ == "__main__":
    main()
