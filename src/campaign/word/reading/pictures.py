"""Pictures: drawn anew, so that nothing but the picture reaches the site; what cannot be drawn is refused by name."""

import io
import posixpath
import warnings

from campaign.word.reading.archive import Archive, Relationship
from campaign.word.reading.remarks import Remarks

_MOST_PIXELS = 40_000_000
_WIDEST = 1600
_READ = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")


class Pictures:
    """The pictures of a document, re-encoded when first named."""

    def __init__(self, archive: Archive, remarks: Remarks) -> None:
        """Take the archive, and where pictures that cannot be kept are noted."""
        self._archive = archive
        self._remarks = remarks
        self._names: dict[str, str] = {}
        self.files: dict[str, bytes] = {}

    def name(self, relationship: Relationship | None) -> str:
        """Return the file name of a picture, or "" when there is none or it cannot be drawn."""
        if relationship is None or relationship.kind != "image":
            return ""
        target = relationship.target
        if relationship.is_external:
            self._remarks.add("hình nằm ngoài tệp, ở máy người soạn, không đưa vào bài", is_lost=True)
            return ""
        if target not in self._names:
            self._names[target] = self._encode(target)
        if not self._names[target]:
            ending = posixpath.splitext(target)[1].lstrip(".").upper()
            self._remarks.add(f"hình dạng {ending} không vẽ lại được nên không đưa vào bài", is_lost=True)
        return self._names[target]

    def _encode(self, part: str) -> str:
        from PIL import Image, UnidentifiedImageError  # noqa: PLC0415  (a tenth of a second that few documents need)

        data = self._archive.read(part)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                image = Image.open(io.BytesIO(data or b""), formats=_READ)
                if image.width * image.height > _MOST_PIXELS:
                    raise ValueError  # noqa: TRY301
                ending, form = ("jpg", "JPEG") if image.format == "JPEG" else ("png", "PNG")
                image.thumbnail((_WIDEST, _WIDEST))
                clean = image.convert("RGB" if form == "JPEG" else "RGBA")
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError, Warning):
            return ""
        name = f"hinh-{len(self.files) + 1}.{ending}"
        out = io.BytesIO()
        clean.save(out, form, optimize=True)
        self.files[name] = out.getvalue()
        return name
