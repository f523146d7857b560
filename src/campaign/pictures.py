"""Pictures without whatever is no picture: place, time, device, owner and previews stay with whoever took them."""

import io
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

_MOST_PIXELS = 40_000_000
_WIDEST = 1600
_SAVED = {"JPEG": ("jpg", "RGB"), "MPO": ("jpg", "RGB"), "WEBP": ("webp", "RGBA"), "GIF": ("gif", "RGBA")}
"""How pictures are kept, by what they were; all others become PNG. A telephone's photograph often is an MPO."""
_HARMLESS = {
    "adobe", "adobe_transform", "background", "blend", "chromaticity", "default_image", "disposal", "dpi", "duration",
    "gamma", "jfif", "jfif_density", "jfif_unit", "jfif_version", "loop", "progression", "progressive", "srgb",
    "timestamp", "transparency", "version",
}  # fmt: skip
"""What a picture may say of itself; a colour profile can name the device."""
_ENDS = {"JPEG": b"\xff\xd9", "PNG": b"IEND\xaeB`\x82"}
"""What may hide behind is no part of the picture."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as readers get it.

    Attributes:
        ending: What its file name ends with: ``jpg``.
        width: In pixels.
        height: In pixels.
    """

    content: bytes
    ending: str
    width: int
    height: int


def clean_picture(data: bytes, formats: tuple[str, ...] = ("PNG", "JPEG", "GIF", "WEBP")) -> Picture:
    """Return a picture upright, at most 1,600 pixels wide and high, and with nothing beside its pixels.

    One that is so already keeps its bytes; so does a film (an animated GIF or WebP) but for what it says of itself.

    Args:
        data: The file.
        formats: The formats that are read.

    Raises:
        ValueError: It is no such picture, or one too large to be drawn.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415  (a tenth of a second that few need)

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            image = Image.open(io.BytesIO(data), formats=formats)
            if image.width * image.height > _MOST_PIXELS:
                raise ValueError
            ending, mode = _SAVED.get(image.format or "", ("png", "RGBA"))
            frames = getattr(image, "n_frames", 1) if ending in ("gif", "webp") else 1
            image.load()
            if _is_clean(image, data) and (frames > 1 or max(image.size) <= _WIDEST):
                return Picture(data, ending, *image.size)
            out = io.BytesIO()
            if frames > 1:
                image.save(out, image.format, save_all=True, exif=b"", xmp=b"", icc_profile=b"", comment=b"")
                return Picture(out.getvalue(), ending, *image.size)
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((_WIDEST, _WIDEST))
            bare = upright.convert(mode)
            bare.info = {}
            bare.save(out, "JPEG" if ending == "jpg" else ending.upper(), optimize=True)
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError, Warning) as error:
        raise ValueError from error
    return Picture(out.getvalue(), ending, *bare.size)


def _is_clean(image: "Image", data: bytes) -> bool:
    """Say whether a file holds the picture alone."""
    said = {name for name in image.info if name != "extension" or image.info[name][0] != b"NETSCAPE2.0"}
    marks = {name for name, _ in getattr(image, "applist", ())} - {"APP0", "APP14"}
    hidden = getattr(image, "private_chunks", ())
    return (
        image.format != "MPO"
        and not (said - _HARMLESS or marks or hidden)
        and data.endswith(_ENDS.get(image.format or "", b""))
    )
