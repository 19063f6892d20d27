"""The child process that decodes one image of unknown origin: bytes on stdin, a line of JSON and a JPEG on stdout.

`storage.files.images` runs it as a script, isolated (`-I`) and without importing this program. So it starts in some
fifty milliseconds, and an attack on a decoder has little memory, little time and no file. The first line is
{"width", "height", "dhash"} of the JPEG that follows, or {"code", …} with the reason why there is none.

Memory is kept small in three ways: a JPEG is decoded at a fraction of its size; a picture that would take more than
`MAX_DECODED` is refused before it is decoded; and the decoded picture is copied only a strip at a time.
"""

import json
import resource
import sys
from collections.abc import Callable
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

MAX_PIXELS = 110_000_000
"""Pixels of the largest pictures that phones save (108 megapixels); more is a mistake or a bomb."""
MAX_SIDE = 2_048
"""Pixels a side that a report needs to be looked at and printed."""
QUALITY = 85
MAX_DECODED = 112 * 10**6
"""Bytes of a picture while it is decoded: 7 megapixels of the greediest format (WebP), 24 of an iPhone's HEIC, 28 of a
PNG. A phone's JPEG takes half of it at 50 megapixels."""
MAX_MEMORY = 136 * 2**20
"""Room for `MAX_DECODED`, the file, and the result, beside the interpreter and its libraries (20 MB in memory). With a
bot of 250 MB (all channels) this stays at 400 MB, whatever is sent."""
MAX_CPU_SECONDS = 10

FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
"""The formats that phones and messengers send, beside HEIC. Each further decoder would be a further way in."""
BYTES_A_PIXEL = {"WEBP": 16, "HEIC": 4.5}
"""Of decoders that hold more than the picture: WebP's keeps two canvases and a copy, HEIC's the frame before it is RGB.
Measured, not documented."""
NARROW = {"1": 1, "L": 1, "P": 1, "I;16": 2}
"""Bytes of a pixel, by mode, if they are not four."""
DEEP = frozenset({"I;16", "I;16B", "I"})
"""16 bits of grey."""
STRIP = 32
"""Rows of the small picture that are worked on at a time."""
TURNS = {
    2: "FLIP_LEFT_RIGHT",
    3: "ROTATE_180",
    4: "FLIP_TOP_BOTTOM",
    5: "TRANSPOSE",
    6: "ROTATE_270",
    7: "TRANSVERSE",
    8: "ROTATE_90",
}
"""EXIF orientation → the turn that sets the picture upright."""
ORIENTATION = 0x0112


class ImageUnusable(Exception):
    """Ends the work with an answer's first line."""

    def __init__(self, code: str, **params: int) -> None:
        super().__init__(code)
        self.answer = {"code": code, **params}


def confine() -> None:
    """Limit this process from here on: bounded memory and time, nothing written, no core."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    for limit, value in (
        (resource.RLIMIT_AS, pages * resource.getpagesize() + MAX_MEMORY),
        (resource.RLIMIT_CPU, MAX_CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))


def normalised(data: bytes) -> tuple[dict[str, Any], bytes]:
    """Return the answer's first line, and the upright, small JPEG without metadata."""
    from PIL import Image

    narrow, height, turn = _heic(data) if is_heic(data) else _known(data)
    small = narrow.resize((narrow.width, height), Image.Resampling.LANCZOS)
    flat = _on_white(small.transpose(Image.Transpose[turn]) if turn else small)
    out = BytesIO()
    flat.save(out, "JPEG", quality=QUALITY, progressive=True)
    return {"width": flat.width, "height": flat.height, "dhash": dhash(flat)}, out.getvalue()


def dhash(flat: Any) -> str:
    """What a picture looks like: for each of 8 times 8 places whether it is lighter than the next one to the right.

    64 bits in 16 hexadecimal digits; another size or compression of a picture changes hardly any of them (Krawetz,
    "Kind of Like That").
    """
    from PIL import Image

    small = flat.resize((9, 8), Image.Resampling.LANCZOS).convert("L")
    light = [[small.getpixel((column, row)) for column in range(9)] for row in range(8)]
    bits = "".join("1" if left > right else "0" for line in light for left, right in pairwise(line))
    return f"{int(bits, 2):016x}"


def is_heic(data: bytes) -> bool:
    """Whether a file is of HEIC's family, by its first bytes."""
    return data[4:8] == b"ftyp"


def import_decoders(data: bytes) -> None:
    """Load libraries now, so that they do not count as memory of the picture; HEIC's only if it is needed."""
    # `open` imports every plugin that there is for a format that it does not know.
    from PIL import GifImagePlugin, JpegImagePlugin, PngImagePlugin, WebPImagePlugin  # noqa: F401

    if is_heic(data):
        import pillow_heif  # noqa: F401


def _known(data: bytes) -> tuple[Any, int, str | None]:
    """Decode a picture of one of `FORMATS` in the width to keep; return it with its height and its turn."""
    from PIL import Image, UnidentifiedImageError

    # Checked below, before anything is decoded. But a WebP's canvases are made as it is opened, so Pillow has to check
    # it; it refuses at twice its limit.
    Image.MAX_IMAGE_PIXELS = int(MAX_DECODED / BYTES_A_PIXEL["WEBP"] / 2) if data[8:12] == b"WEBP" else None
    try:
        image = Image.open(BytesIO(data), formats=FORMATS)
    except UnidentifiedImageError:
        raise ImageUnusable("not_an_image") from None
    except Image.DecompressionBombError:
        raise ImageUnusable("too_costly") from None
    _check_size(*image.size)
    cost = _coefficients(image) if image.info.get("progressive") else 0.0
    image.draft(None, _fitted(image.size))
    cost += image.width * image.height * BYTES_A_PIXEL.get(image.format or "", NARROW.get(image.mode, 4))
    _check_cost(cost)
    turn = TURNS.get(_orientation(image))
    return *_narrow(image.size, lambda top, bottom: image.crop((0, top, image.width, bottom))), turn


def _heic(data: bytes) -> tuple[Any, int, None]:
    """Decode an iPhone's picture in the width to keep; return it with its height. The decoder sets it upright."""
    import pillow_heif
    from PIL import Image

    if not pillow_heif.is_supported(data):
        raise ImageUnusable("not_an_image")
    options = pillow_heif.options
    options.DECODE_THREADS, options.THUMBNAILS, options.AUX_IMAGES, options.DEPTH_IMAGES = 1, False, False, False
    file = pillow_heif.open_heif(BytesIO(data), convert_hdr_to_8bit=True)
    image = file[file.primary_index]
    _check_size(*image.size)
    _check_cost(image.size[0] * image.size[1] * BYTES_A_PIXEL["HEIC"])
    rows, width = memoryview(image.data), image.stride

    def strip(top: int, bottom: int) -> Any:
        size = (image.size[0], bottom - top)
        return Image.frombytes(image.mode, size, rows[top * width : bottom * width], "raw", image.mode, width)

    return *_narrow(image.size, strip), None


def _check_size(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise ImageUnusable("too_many_pixels", width=width, height=height, limit=MAX_PIXELS)


def _check_cost(cost: float) -> None:
    if cost > MAX_DECODED:
        raise ImageUnusable("too_costly")


def _coefficients(image: Any) -> float:
    """Count the bytes that a progressive JPEG holds at full size, however small it is decoded: two a sample."""
    samples = [across * down for _, across, down, _ in image.layer]
    return float(2 * image.width * image.height * sum(samples) / max(samples))


def _orientation(image: Any) -> int:
    try:
        return int(image.getexif().get(ORIENTATION, 1))
    except Exception:  # noqa: BLE001 (broken metadata is no reason to refuse the picture)
        return 1


def _fitted(size: tuple[int, int]) -> tuple[int, int]:
    """Return the size at which a picture is kept."""
    share = min(MAX_SIDE / max(size), 1)
    return max(1, round(size[0] * share)), max(1, round(size[1] * share))


def _narrow(size: tuple[int, int], strip: Callable[[int, int], Any]) -> tuple[Any, int]:
    """Scale a picture to the width in which it is kept; return it, still too high, with the height to keep.

    `strip(top, bottom)` cuts some rows out; they are brought to a whole fraction of their size, then to the width.
    """
    from PIL import Image

    width, height = _fitted(size)
    step = max(1, max(size) // MAX_SIDE)
    narrow: Any = None
    for top in range(0, size[1], STRIP * step):
        part = _plain(strip(top, min(top + STRIP * step, size[1]))).reduce(step)
        narrow = narrow or Image.new(part.mode, (width, -(-size[1] // step)))
        narrow.paste(part.resize((width, part.height), Image.Resampling.LANCZOS), (0, top // step))
    return narrow, height


def _plain(part: Any) -> Any:
    """Turn a picture into grey, RGB, or RGBA if it may be transparent; 16 bits of grey become the 8 that are seen."""
    if part.mode in DEEP:
        return part.point(lambda value: value * (1 / 256)).convert("L")
    if part.mode in {"CMYK", "YCbCr"}:
        return part.convert("RGB")
    return part if part.mode in {"RGB", "L"} and "transparency" not in part.info else part.convert("RGBA")


def _on_white(image: Any) -> Any:
    """Remove transparency and all metadata."""
    from PIL import Image

    flat = Image.new("RGB", image.size, "white")
    flat.paste(image.convert("RGB"), mask=image.getchannel("A") if image.mode == "RGBA" else None)
    return flat


def main() -> None:
    data, jpeg = sys.stdin.buffer.read(), b""
    import_decoders(data)
    confine()
    try:
        answer, jpeg = normalised(data)
    except ImageUnusable as refused:
        answer = refused.answer
    except MemoryError:
        answer = {"code": "too_costly"}
    except Exception:  # noqa: BLE001 (a decoder fails in its own ways; its words may quote the file)
        answer = {"code": "damaged"}
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + jpeg)


if __name__ == "__main__":
    main()
