"""Pictures: drawn anew, so that nothing but the picture reaches the site; what cannot be drawn is refused by name."""

import io
import posixpath
import warnings
from collections.abc import Mapping

from campaign.word.reading.archive import Archive, Relationship

_MOST_PIXELS = 40_000_000
_WIDEST = 1600
_READ = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")


class Pictures:
    """The pictures of a document, re-encoded when first named."""

    def __init__(self, archive: Archive, relationships: Mapping[str, Relationship]) -> None:
        """Take the archive and what its main part refers to."""
        self._archive = archive
        self._relationships = relationships
        self._names: dict[str, str] = {}
        self.files: dict[str, bytes] = {}
        self.remarks: list[str] = []

    def name(self, relationship: str) -> str:
        """Return the file name of a picture, or "" when there is none or it cannot be drawn."""
        found = self._relationships.get(relationship)
        if found is None or found.kind != "image" or found.is_external:
            return ""
        if found.target not in self._names:
            self._names[found.target] = self._encode(found.target)
        return self._names[found.target]

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
            self.remarks.append(f"hình “{posixpath.basename(part)}” không vẽ lại được nên không đưa vào bài")
            return ""
        name = f"hinh-{len(self.files) + 1}.{ending}"
        out = io.BytesIO()
        clean.save(out, form, optimize=True)
        self.files[name] = out.getvalue()
        return name
