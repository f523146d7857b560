"""What is printed: QR codes, and access slips with their secrets."""

import io
from dataclasses import dataclass

import segno
from markupsafe import Markup

from campaign.core.people.roster import Member
from campaign.store.credentials.slips import PreparedSlip


@dataclass(frozen=True, slots=True)
class PrintedSlip:
    """One slip as it is printed: the only time that its secrets are shown.

    Attributes:
        qr: The QR code as SVG.
    """

    member: Member
    code: str
    qr: Markup


def print_slip(prepared: PreparedSlip, address: str) -> PrintedSlip:
    """Return a new slip for the recorder at *address* as it is printed."""
    slip = prepared.slip
    return PrintedSlip(prepared.listed.member, slip.spaced_code, draw_qr(f"{address}/vao/phieu#{slip.token}"))


def draw_qr(text: str) -> Markup:
    """Return the QR code of *text* as SVG that scales to its place on the page."""
    file = io.BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(file, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=2)
    return Markup(file.getvalue().decode())  # noqa: S704 - drawn by the library: squares, none of the text
