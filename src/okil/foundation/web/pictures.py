"""A picture that somebody attaches is written anew: its points and nothing of what a camera adds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO

from django.views.decorators.debug import sensitive_variables
from PIL import Image, ImageCms

from okil.pure.refusal import Refused

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 40_000_000  # a small file can hold a picture that fills the memory
PAPER_SIDE = 2000
PHOTO_SIDE = 600
QUALITY = 85
ORIENTATION = 0x0112
# How a camera held it (EXIF), and what sets it upright.
UPRIGHT: Mapping[int, Image.Transpose] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
DEEP = ("I", "I;16", "I;16B")  # grey in 65,536 steps


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG with no place, day, device, name, thumbnail or colour profile in it."""

    content: bytes = field(repr=False)
    width: int
    height: int


@sensitive_variables()
def rewritten(content: bytes, *, longest_side: int) -> Picture:
    """A JPEG, PNG or WebP, told by its content, upright and no larger than that.

    Raises Refused: picture-unknown, picture-too-large, picture-broken.
    """
    try:
        image = Image.open(BytesIO(content), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_large() from None
    except Exception:
        raise Refused("picture-unknown") from None
    if image.width * image.height > MOST_PIXELS:
        raise _too_large()
    try:
        return _written(_points_of(image, longest_side))
    except Exception:
        raise Refused("picture-broken") from None


def _too_large() -> Refused:
    return Refused("picture-too-large", megapixels=MOST_PIXELS // 1_000_000)


def _points_of(image: Image.Image, longest_side: int) -> Image.Image:
    orientation = image.getexif().get(ORIENTATION)
    profile = image.info.get("icc_profile")
    image.draft(None, (longest_side, longest_side))  # a large JPEG is read in a smaller step
    image.load()
    image = _in_srgb(_in_eight_bits(image), profile)
    image.thumbnail((longest_side, longest_side))
    if isinstance(orientation, int) and orientation in UPRIGHT:
        image = image.transpose(UPRIGHT[orientation])
    return image


def _in_eight_bits(image: Image.Image) -> Image.Image:
    if image.mode not in DEEP:
        return image
    return image.convert("F").point(lambda value: value * (255 / 65535) + 0.0).convert("L")


def _in_srgb(image: Image.Image, profile: object) -> Image.Image:
    """On white where it was transparent; in its own colours, as far as its profile can be read."""
    if image.mode in ("CMYK", "RGB") and isinstance(profile, bytes):
        try:
            own = ImageCms.ImageCmsProfile(BytesIO(profile))
            srgb = ImageCms.createProfile("sRGB")
            found = ImageCms.profileToProfile(image, own, srgb, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            found = None
        if found is not None:
            return found
    if not image.has_transparency_data:
        return image.convert("RGB")
    seen = image.convert("RGBA")
    sheet = Image.new("RGB", seen.size, "white")
    sheet.paste(seen, mask=seen.getchannel("A"))
    return sheet


def _written(image: Image.Image) -> Picture:
    """From the points alone: what else Pillow read stays behind with the picture it read."""
    clean = Image.new("RGB", image.size)
    clean.paste(image)
    kept = BytesIO()
    clean.save(kept, "JPEG", quality=QUALITY)
    return Picture(kept.getvalue(), clean.width, clean.height)
