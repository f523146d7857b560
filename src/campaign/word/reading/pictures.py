"""Pictures: drawn anew, so that nothing but the picture reaches the site; what cannot be drawn is refused by name."""

import posixpath

from campaign.pictures import clean_picture
from campaign.word.reading.archive import Archive, Relationship
from campaign.word.reading.remarks import Remarks

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
            try:
                picture = clean_picture(self._archive.read(target) or b"", _READ)
            except ValueError:
                self._names[target] = ""
            else:
                self._names[target] = f"hinh-{len(self.files) + 1}.{picture.ending}"
                self.files[self._names[target]] = picture.content
        if not self._names[target]:
            ending = posixpath.splitext(target)[1].lstrip(".").upper()
            self._remarks.add(f"hình dạng {ending} không vẽ lại được nên không đưa vào bài", is_lost=True)
        return self._names[target]
