"""Pictures that are small to send and large to decode, and pictures of which only one way of reading shows anything.

Every case goes through the real child process, whose peak of memory the kernel tells.
"""

import struct
import threading
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image

from storage.files import image_child, images
from storage.files.images import ImageRefused, normalise_image

MOST_OF_THE_CHILD = 160
"""Megabytes in memory. A bot with all channels has 250, so that together they stay at 400."""
GREY = 0x8000

pillow_heif.register_heif_opener()


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def plain(width: int, height: int, mode: str = "RGB") -> Image.Image:
    return Image.new(mode, (width, height))


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int, height: int, *, colour: int, channels: int, extra: bytes = b"") -> bytes:
    """A PNG with 16 bits a channel, all of them `GREY`, which Pillow does not write."""
    packer = zlib.compressobj(1)
    row = b"\0" + struct.pack(">H", GREY) * channels * width
    data = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 16, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + extra + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def heic(width: int, height: int) -> bytes:
    return encoded(plain(width, height), "HEIF", quality=10, enc_params={"preset": "ultrafast"})


def stuffed(name: bytes) -> bytes:
    """A chunk of 200 KB that becomes 200 MB."""
    return chunk(name, b"icc\0\0" + zlib.compress(bytes(200 * 2**20), 1))


BOMBS: dict[str, Callable[[], bytes]] = {
    "a WebP of 71 KB": lambda: encoded(plain(6_320, 6_320), "WEBP", quality=50, method=0),
    "a lossless WebP": lambda: encoded(plain(6_320, 6_320), "WEBP", lossless=True, method=0),
    "an animated WebP": lambda: encoded(
        plain(4_000, 4_000), "WEBP", save_all=True, append_images=[plain(4_000, 4_000)]
    ),
    "an animated GIF": lambda: encoded(plain(2_600, 2_600), "GIF", save_all=True, append_images=[plain(2_600, 2_600)]),
    "a PNG of 16 bits and four channels": lambda: png(8_000, 5_000, colour=6, channels=4),
    "a PNG with a palette": lambda: encoded(plain(7_000, 6_000, "P"), "PNG"),
    "a PNG with a profile": lambda: png(64, 64, colour=0, channels=1, extra=stuffed(b"iCCP")),
    "a PNG with a text": lambda: png(64, 64, colour=0, channels=1, extra=stuffed(b"zTXt")),
    "a progressive JPEG": lambda: encoded(plain(8_165, 6_124), "JPEG", progressive=True, subsampling=0),
    "a CMYK JPEG": lambda: encoded(plain(8_165, 6_124, "CMYK"), "JPEG", quality=30),
    "a HEIC": lambda: heic(4_032, 3_024),
    "a HEIC that claims to be larger": lambda: heic(640, 480).replace(
        struct.pack(">II", 640, 480), struct.pack(">II", 12_000, 9_000)
    ),
    "a BMP": lambda: encoded(plain(4_000, 3_000, "L"), "BMP")[: 2**20],
    "a TIFF": lambda: encoded(plain(20_000, 5_000, "1"), "TIFF", compression="group4"),
}


LAUNCHER = """
import os, sys
child = os.fork()
if not child:
    os.execv(sys.executable, [sys.executable, "-I", "-B", {child!r}])
_, status, used = os.wait4(child, 0)
open({peak!r}, "w").write(str(used.ru_maxrss / 1024))
code = os.waitstatus_to_exitcode(status)
os.kill(os.getpid(), -code) if code < 0 else os._exit(code)
"""
"""Stands between: a process that is made by a large one has been as large, for the kernel."""


@pytest.fixture
def peak(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[], float]:
    """What the latest child took in memory, in megabytes."""
    launcher, told = tmp_path / "launcher.py", tmp_path / "peak"
    launcher.write_text(LAUNCHER.format(child=image_child.__file__, peak=str(told)))
    monkeypatch.setattr(images, "_CHILD", launcher)
    return lambda: float(told.read_text())


@pytest.mark.parametrize("bomb", BOMBS)
def test_no_picture_takes_the_machines_memory(bomb: str, peak: Callable[[], float]) -> None:
    content, outcome = BOMBS[bomb](), "taken"
    assert len(content) <= images.MAX_BYTES
    try:
        normalise_image(content)
    except ImageRefused as refused:
        outcome = refused.code
    assert outcome in {"taken", "too_costly", "too_many_pixels", "not_an_image", "damaged"}
    assert peak() < MOST_OF_THE_CHILD


@pytest.mark.parametrize(
    ("colour", "channels"), [(0, 1), (4, 2), (2, 3), (6, 4)], ids=["grey", "grey and alpha", "RGB", "RGBA"]
)
def test_a_picture_of_16_bits_keeps_its_picture(colour: int, channels: int) -> None:
    kept = Image.open(BytesIO(normalise_image(png(64, 48, colour=colour, channels=channels)).content))
    seen = kept.getpixel((30, 20))
    assert isinstance(seen, tuple)
    wanted = 128 if channels % 2 else 191  # half transparent on white
    assert all(abs(value - wanted) < 4 for value in seen)


def test_a_phones_photo_of_fifty_megapixels_is_taken(peak: Callable[[], float]) -> None:
    photo = Image.effect_noise((1_024, 768), 60).resize((8_160, 6_120)).convert("RGB")
    assert normalise_image(encoded(photo, "JPEG", quality=60)).width == image_child.MAX_SIDE
    assert peak() < MOST_OF_THE_CHILD


def test_one_picture_is_decoded_at_a_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The child in its place finds out by itself whether another is at work."""
    script = tmp_path / "child.py"
    script.write_text(
        "import json, os, time\n"
        f"handle = os.open({str(tmp_path / 'at work')!r}, os.O_CREAT | os.O_EXCL)\n"
        "time.sleep(0.2)\n"
        f"os.unlink({str(tmp_path / 'at work')!r})\n"
        'print(json.dumps({"width": 1, "height": 1, "dhash": ""}))\n'
    )
    monkeypatch.setattr(images, "_CHILD", script)
    ready = threading.Barrier(3)

    def one(_: int) -> int:
        ready.wait()
        return normalise_image(b"anything").width

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(one, range(3))) == [1, 1, 1]
