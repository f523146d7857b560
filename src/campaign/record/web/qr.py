"""QR codes on what is printed: slips and receipts."""

import io

import segno
from markupsafe import Markup


def draw_qr(text: str) -> Markup:
    """Return the QR code of *text* as SVG that scales to its place on the page."""
    file = io.BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(file, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=2)
    return Markup(file.getvalue().decode())  # noqa: S704 - drawn by the library: squares, none of the text
