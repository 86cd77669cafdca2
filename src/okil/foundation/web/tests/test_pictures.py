from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from okil.foundation.web.pictures import PHOTO_SIDE, Picture, rewritten
from okil.pure.refusal import Refused

PLANTED = "Zhanar-Planted-4731"
GPS, ARTIST, ORIENTATION, MAKER_NOTE = 0x8825, 0x013B, 0x0112, 0x927C
RED, GREEN, BLUE = (220, 20, 20), (20, 200, 20), (20, 20, 220)


def picture(size: tuple[int, int] = (80, 40), mode: str = "RGB") -> Image.Image:
    """Its upper left is red, its lower right blue, the rest green."""
    width, height = size
    image = Image.new("RGB", size, GREEN)
    image.paste(RED, (0, 0, width // 2, height // 2))
    image.paste(BLUE, (width // 2, height // 2, width, height))
    return image.convert(mode)


def exif(orientation: int = 1) -> Image.Exif:
    told = Image.Exif()
    told[ARTIST] = PLANTED
    told[ORIENTATION] = orientation
    told.get_ifd(GPS).update({1: "N", 2: (51.0, 10.0, 4731.0), 29: PLANTED})
    told.get_ifd(0x8769)[MAKER_NOTE] = PLANTED.encode()
    return told


def profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def saved(image: Image.Image, kind: str, **more: Any) -> bytes:
    kept = BytesIO()
    image.save(kept, kind, **more)
    return kept.getvalue()


def jpeg_with_everything() -> bytes:
    xmp = f"<x:xmpmeta><dc:creator>{PLANTED}</dc:creator></x:xmpmeta>".encode()
    content = saved(
        picture(),
        "JPEG",
        exif=exif(),
        xmp=xmp,
        comment=PLANTED.encode(),
        icc_profile=profile(),
    )
    thumbnail = b"\xff\xed" + (2 + len(PLANTED)).to_bytes(2, "big") + PLANTED.encode()
    return content[:2] + thumbnail + content[2:] + PLANTED.encode()


def png_with_everything() -> bytes:
    told = PngInfo()
    told.add_text("Author", PLANTED)
    told.add_itxt("XML:com.adobe.xmp", PLANTED)
    return saved(picture(), "PNG", pnginfo=told, exif=exif(), icc_profile=profile())


def webp_with_everything() -> bytes:
    return saved(
        picture(), "WEBP", exif=exif().tobytes(), xmp=PLANTED.encode(), icc_profile=profile()
    )


@pytest.mark.parametrize("make", [jpeg_with_everything, png_with_everything, webp_with_everything])
def test_nothing_that_a_camera_adds_is_left(make: Any) -> None:
    content = make()
    assert PLANTED.encode() in content  # so that the hunt can fail

    found = rewritten(content, longest_side=2000).content

    for trace in (
        PLANTED.encode(),
        PLANTED.encode("utf-16-le"),
        b"Exif",
        b"http://ns.adobe",
        b"ICC_",
    ):
        assert trace not in found
    opened = Image.open(BytesIO(found))
    assert (opened.format, dict(opened.getexif())) == ("JPEG", {})
    assert set(opened.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def corners(content: bytes) -> list[str]:
    image = Image.open(BytesIO(content)).convert("RGB")
    far = (image.width - 3, image.height - 3)
    names = {0: "red", 1: "green", 2: "blue"}
    points = [(2, 2), (far[0], 2), (2, far[1]), far]
    return [names[max(range(3), key=_at(image, point))] for point in points]


def _at(image: Image.Image, point: tuple[int, int]) -> Any:
    colours: Any = image.getpixel(point)
    return lambda band: colours[band]


@pytest.mark.parametrize(
    ("orientation", "size", "upper_left", "lower_right"),
    [
        (1, (80, 40), "red", "blue"),
        (2, (80, 40), "green", "green"),
        (3, (80, 40), "blue", "red"),
        (4, (80, 40), "green", "green"),
        (5, (40, 80), "red", "blue"),
        (6, (40, 80), "green", "green"),
        (7, (40, 80), "blue", "red"),
        (8, (40, 80), "green", "green"),
        (9, (80, 40), "red", "blue"),
    ],
)
def test_a_picture_stands_upright(
    orientation: int, size: tuple[int, int], upper_left: str, lower_right: str
) -> None:
    found = rewritten(saved(picture(), "JPEG", exif=exif(orientation)), longest_side=2000)

    assert (found.width, found.height) == size
    assert (corners(found.content)[0], corners(found.content)[3]) == (upper_left, lower_right)


def test_turned_by_a_quarter_the_right_corner_comes_up() -> None:
    found = rewritten(saved(picture(), "JPEG", exif=exif(6)), longest_side=2000)

    # Stored red at the upper left; the camera says: turn it clockwise.
    assert corners(found.content) == ["green", "red", "blue", "green"]


def test_a_large_picture_becomes_as_large_as_asked_and_a_small_one_stays() -> None:
    large = rewritten(saved(picture((3000, 1500)), "JPEG"), longest_side=PHOTO_SIDE)
    small = rewritten(saved(picture(), "PNG"), longest_side=PHOTO_SIDE)

    assert (large.width, large.height) == (600, 300)
    assert (small.width, small.height) == (80, 40)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_way_to_keep_colours_becomes_one(mode: str) -> None:
    image = picture().convert("L").convert("I").convert("I;16") if mode == "I;16" else None

    found = rewritten(saved(image or picture(mode=mode), "PNG"), longest_side=2000)

    assert Image.open(BytesIO(found.content)).mode == "RGB"


def test_what_was_transparent_is_white() -> None:
    clear = saved(Image.new("RGBA", (8, 8), (0, 0, 0, 0)), "PNG")

    shown = Image.open(BytesIO(rewritten(clear, longest_side=2000).content))

    assert shown.getpixel((4, 4)) == (255, 255, 255)


def test_printers_colours_and_a_profile_that_nobody_can_read_are_taken() -> None:
    for mode in ("CMYK", "RGB"):
        content = saved(picture(mode=mode), "JPEG", icc_profile=b"no profile at all" * 9)
        assert rewritten(content, longest_side=2000).width == 80


def test_more_points_than_a_memory_holds_are_refused_before_they_are_read() -> None:
    bomb = saved(Image.new("1", (20_000, 2_001)), "PNG")
    assert len(bomb) < 100_000

    with pytest.raises(Refused) as refusal:
        rewritten(bomb, longest_side=2000)

    assert (refusal.value.code, refusal.value.facts) == ("picture-too-large", {"megapixels": 40})


def test_far_more_points_are_refused_too() -> None:
    header = saved(Image.new("1", (8, 8)), "PNG")
    huge = (60_000).to_bytes(4, "big") * 2
    bomb = header[:16] + huge + header[24:]

    with pytest.raises(Refused) as refusal:
        rewritten(bomb, longest_side=2000)

    assert refusal.value.code in ("picture-too-large", "picture-unknown")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        saved(picture(), "GIF"),
        saved(picture(), "TIFF"),
        saved(picture(), "BMP"),
    ],
    ids=["nothing", "pdf", "svg", "gif", "tiff", "bmp"],
)
def test_other_files_are_no_pictures_here(content: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        rewritten(content, longest_side=2000)

    assert refusal.value.code == "picture-unknown"


WHOLE = [jpeg_with_everything(), png_with_everything(), webp_with_everything()]
STARTS = [b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\x00\x01\x00\x00WEBPVP8X"]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(STARTS), st.binary(max_size=200))
def test_any_bytes_are_refused_and_nothing_else(start: bytes, rest: bytes) -> None:
    _only_refused(start + rest)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(WHOLE), st.floats(0, 1))
def test_a_file_cut_off_anywhere_is_taken_or_refused(whole: bytes, share: float) -> None:
    _only_refused(whole[: int(len(whole) * share)])


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(WHOLE),
    st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=8),
)
def test_a_damaged_file_is_taken_or_refused(whole: bytes, damage: list[tuple[float, int]]) -> None:
    content = bytearray(whole)
    for share, value in damage:
        content[int(len(content) * share)] = value
    _only_refused(bytes(content))


def _only_refused(content: bytes) -> None:
    found = _rewritten_or_refused(content)
    if isinstance(found, Picture):
        assert PLANTED.encode() not in found.content
        assert max(found.width, found.height) <= PHOTO_SIDE
    else:
        assert found.code.startswith("picture-")


def _rewritten_or_refused(content: bytes) -> Picture | Refused:
    try:
        return rewritten(content, longest_side=PHOTO_SIDE)
    except Refused as refused:
        return refused
