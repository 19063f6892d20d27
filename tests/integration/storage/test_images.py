"""What becomes of photos, and of files that claim to be photos; every case goes through the real child process."""

import struct
import subprocess
import sys
import threading
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image, ImageChops, ImageStat

from rules.second_look import are_alike
from storage.files import image_child, images
from storage.files.image_child import MAX_PIXELS, MAX_SIDE, TURNS
from storage.files.images import ImageRefused, normalise_image
from tests.waiting import PATIENCE

ORIENTATION, GPS, MAKE = 0x0112, 0x8825, 0x010F
RED, BLUE = (220, 30, 30), (30, 30, 220)
TRANSPARENT = {"L": 0, "P": 0, "RGB": (0, 0, 0)}
pillow_heif.register_heif_opener()


def encoded(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def plain(size: tuple[int, int] = (60, 40), mode: str = "RGB") -> Image.Image:
    return Image.new(mode, size, RED if mode == "RGB" else 0)


def opened(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image


def near(found: object, wanted: tuple[int, int, int]) -> bool:
    assert isinstance(found, tuple)
    return all(abs(a - b) < 30 for a, b in zip(found, wanted, strict=True))


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size and has no pixels: what a bomb looks like before it is decoded."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"")), (b"IEND", b""))
    parts = (struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "HEIF"])
@pytest.mark.parametrize("mode", ["RGB", "L", "P"])
def test_what_phones_send_becomes_a_jpeg(kind: str, mode: str) -> None:
    source = plain().convert(mode)
    kept = normalise_image(encoded(source if (kind, mode) != ("JPEG", "P") else source.convert("CMYK"), kind))
    image = opened(kept.content)
    assert (kept.mime, image.format, image.mode, image.size) == ("image/jpeg", "JPEG", "RGB", (60, 40))
    assert (kept.width, kept.height) == (60, 40)


@pytest.mark.parametrize(("size", "kept_size"), [((4000, 1000), (MAX_SIDE, 512)), ((30, 5000), (12, MAX_SIDE))])
def test_a_large_photo_is_made_smaller(size: tuple[int, int], kept_size: tuple[int, int]) -> None:
    assert opened(normalise_image(encoded(plain(size))).content).size == kept_size


@pytest.mark.parametrize("orientation", [1, *TURNS])
def test_a_photo_stands_upright_however_the_phone_was_held(orientation: int) -> None:
    upright = Image.new("RGB", (64, 32), BLUE)
    upright.paste(RED, (0, 0, 16, 16))
    undo = {6: "ROTATE_90", 8: "ROTATE_270"}.get(orientation, TURNS.get(orientation))
    held = upright.transpose(Image.Transpose[undo]) if undo else upright
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    image = opened(normalise_image(encoded(held, exif=exif, quality=95)).content)
    assert image.size == (64, 32)
    assert near(image.getpixel((6, 6)), RED)
    assert near(image.getpixel((50, 6)), BLUE)
    assert near(image.getpixel((6, 26)), BLUE)


def test_nothing_that_the_file_says_beside_its_pixels_is_kept() -> None:
    exif = Image.Exif()
    exif[MAKE] = "CANARY phone"
    exif.get_ifd(GPS)[1] = "N"
    content = encoded(plain(), exif=exif, comment=b"CANARY comment", icc_profile=b"CANARY profile", dpi=(301, 301))
    assert b"CANARY" in content
    kept = normalise_image(content).content
    assert b"CANARY" not in kept
    assert not opened(kept).getexif()


def test_broken_metadata_are_no_reason_to_refuse() -> None:
    assert normalise_image(encoded(plain(), exif=b"Exif\0\0MM\0*\xff\xff\xff\xff")).width == 60


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "HEIF"])
def test_transparency_becomes_white(kind: str) -> None:
    image = opened(normalise_image(encoded(Image.new("RGBA", (20, 20), (0, 0, 0, 0)), kind)).content)
    assert near(image.getpixel((10, 10)), (255, 255, 255))


@pytest.mark.parametrize("mode", ["L", "P", "RGB"])
def test_so_does_a_transparent_colour(mode: str) -> None:
    image = opened(normalise_image(encoded(Image.new(mode, (20, 20)), "PNG", transparency=TRANSPARENT[mode])).content)
    assert near(image.getpixel((10, 10)), (255, 255, 255))


def test_a_photo_keeps_its_edges_where_it_is_put_together() -> None:
    """It is made smaller strip by strip: none is shifted, missing or seen."""
    image = Image.linear_gradient("L").rotate(90).resize((5_000, 3_001)).convert("RGB")
    image.paste(RED, (0, 3_000, 5_000, 3_001))
    kept = opened(normalise_image(encoded(image, "PNG", compress_level=1)).content)
    wanted = image.resize(kept.size, Image.Resampling.BOX)
    assert kept.size == (2_048, 1_229)
    off = ImageChops.difference(kept, wanted).convert("L").crop((0, 0, 2_048, 1_220)).histogram()
    assert not any(off[12:])
    assert ImageStat.Stat(kept.crop((0, 1_228, 2_048, 1_229))).mean[0] > 150


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_an_animation_is_its_first_frame(kind: str) -> None:
    frames = [Image.new("RGB", (40, 40), colour) for colour in (RED, BLUE)]
    content = encoded(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)
    assert near(opened(normalise_image(content).content).getpixel((20, 20)), RED)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_an_image"),
        (b"Chuyen nay khong phai anh", "not_an_image"),
        (b"%PDF-1.7 claims to be a photo", "not_an_image"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "not_an_image"),
        (encoded(plain(), "BMP"), "not_an_image"),
        (encoded(plain(), "TIFF"), "not_an_image"),
        (encoded(Image.effect_noise((600, 400), 80).convert("RGB"))[:9_000], "damaged"),
        (encoded(Image.effect_noise((600, 400), 80), "PNG")[:9_000], "damaged"),
        (encoded(plain(), "WEBP")[:60], "damaged"),
        (b"\xff\xd8\xff" + b"\0" * 500, "not_an_image"),
    ],
    ids=["empty", "text", "pdf", "svg", "bmp", "tiff", "half a jpeg", "half a png", "half a webp", "only a beginning"],
)
def test_what_is_no_whole_photo_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(ImageRefused) as refused:
        normalise_image(content)
    assert refused.value.code == code


def test_a_file_of_fifty_megabytes_is_refused_unread() -> None:
    with pytest.raises(ImageRefused) as refused:
        normalise_image(bytes(50 * 2**20))
    assert refused.value.code == "too_large"
    assert refused.value.params == {"size": 50 * 2**20, "limit": images.MAX_BYTES}


@pytest.mark.parametrize(("width", "height"), [(65_000, 65_000), (MAX_PIXELS + 1, 1)])
def test_a_bomb_is_refused_before_it_is_decoded(width: int, height: int) -> None:
    with pytest.raises(ImageRefused) as refused:
        normalise_image(png_header(width, height))
    assert (refused.value.code, refused.value.params["limit"]) == ("too_many_pixels", MAX_PIXELS)


@pytest.mark.parametrize(
    ("kind", "mode", "size"),
    [
        ("PNG", "RGBA", (7_000, 4_000)),
        ("PNG", "I;16", (8_000, 6_000)),
        ("GIF", "P", (8_000, 6_000)),
        ("WEBP", "RGB", (3_000, 2_300)),
        ("JPEG", "RGB", (12_000, 9_000)),
        ("HEIF", "RGB", (4_032, 3_024)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_largest_picture_allowed_fits_into_the_child(kind: str, mode: str, size: tuple[int, int]) -> None:
    quick = {"compress_level": 1, "method": 0, "enc_params": {"preset": "ultrafast"}}
    assert normalise_image(encoded(Image.new(mode, size), kind, **quick)).width == MAX_SIDE


@pytest.fixture
def run_instead(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., None]:
    """Puts another script in the place of the child."""

    def install(script: str, seconds: float = PATIENCE) -> None:
        child = tmp_path / "child.py"
        child.write_text(script)
        monkeypatch.setattr(images, "_CHILD", child)
        monkeypatch.setattr(images, "TIMEOUT_SECONDS", seconds)

    return install


@pytest.mark.parametrize(
    ("script", "seconds", "code"),
    [
        ("import time; time.sleep(600)", 0.5, "too_costly"),
        ("import os; os.kill(os.getpid(), 9)", PATIENCE, "too_costly"),
        ("import os; os.kill(os.getpid(), 11)", PATIENCE, "damaged"),
        ("raise SystemExit(3)", PATIENCE, "damaged"),
    ],
    ids=["hangs", "killed for its memory", "crashes", "fails"],
)
def test_a_decoder_that_hangs_or_dies_takes_nothing_with_it(
    run_instead: Callable[..., None], script: str, seconds: float, code: str
) -> None:
    run_instead(script, seconds)
    with pytest.raises(ImageRefused) as refused:
        normalise_image(encoded(plain()))
    assert refused.value.code == code


def test_the_child_knows_nothing_of_our_environment(
    run_instead: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_TELEGRAM_TOKEN", "CANARY")
    run_instead(
        """import json, os; print(json.dumps({"code": "seen" if "BOT_TELEGRAM_TOKEN" in os.environ else "no"}))"""
    )
    with pytest.raises(ImageRefused) as refused:
        normalise_image(encoded(plain()))
    assert refused.value.code == "no"


@pytest.mark.parametrize(
    ("deed", "error"), [("bytearray(2**30)", "MemoryError"), ("open('left.txt', 'w').write('x' * 99_999)", "OSError")]
)
def test_the_child_can_neither_fill_the_memory_nor_the_disk(tmp_path: Path, deed: str, error: str) -> None:
    script = f"import runpy; runpy.run_path({image_child.__file__!r})['confine'](); {deed}"
    done = subprocess.run(
        [sys.executable, "-I", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert error in done.stderr


def test_several_threads_may_ask_at_once() -> None:
    ready = threading.Barrier(4)

    def one(side: int) -> int:
        ready.wait()
        return normalise_image(encoded(plain((side, side)))).width

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(one, (10, 20, 30, 40))) == [10, 20, 30, 40]


def test_a_photo_looks_the_same_smaller_and_compressed_anew_and_another_one_does_not() -> None:
    """A photo as one person's phone has it, as a messenger passed it on, and another photo of the same room."""
    scene = Image.effect_noise((160, 120), 80).resize((1600, 1200), Image.Resampling.BICUBIC).convert("RGB")
    other = scene.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    own, passed_on, elsewhere = (
        int(normalise_image(content).dhash, 16)
        for content in (
            encoded(scene, quality=95),
            encoded(scene.resize((1280, 960)), quality=60),
            encoded(other, quality=95),
        )
    )
    assert are_alike(own, passed_on)
    assert not are_alike(own, elsewhere)
