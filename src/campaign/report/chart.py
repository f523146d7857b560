"""The curve as a picture for Word: lines and digits only, so that no font of the machine is needed.

What the lines mean is in the caption below it, where every reader and every screen reader finds it.
"""

import io
from itertools import pairwise

from PIL import Image, ImageDraw, ImageFont

from campaign.core.figures.curve import Curve
from campaign.core.text import format_number

WIDTH, HEIGHT = 1800, 840
"""Pixels: 300 to the inch on a page."""
LEFT, RIGHT, TOP, BOTTOM = 130, 60, 70, 90
_DIGITS = 36
_LABELS_AT_MOST = 6
_INK, _SOFT, _ACCENT, _SIGNAL = "#1b2733", "#c3ccd6", "#0b4f8a", "#b3400e"


def draw_chart(curve: Curve) -> bytes:
    """Return the curve as a PNG: days across, confirmations up, those due and the deadline as broken lines."""
    image = Image.new("RGB", (WIDTH, HEIGHT), "white")
    pen = ImageDraw.Draw(image)
    font = ImageFont.load_default(_DIGITS)
    step = next(digit * 10**power for power in range(12) for digit in (1, 2, 5) if curve.top <= 6 * digit * 10**power)
    for count in range(0, curve.top + 1, step):
        height = _y(curve.up(count))
        pen.line([(LEFT, height), (WIDTH - RIGHT, height)], _SOFT, 2)
        pen.text((LEFT - 15, height), format_number(count), _INK, font, "rm")
    for day in curve.ticks(_LABELS_AT_MOST):
        across = _x(curve.across(day))
        pen.line([(across, HEIGHT - BOTTOM), (across, HEIGHT - BOTTOM + 10)], _INK, 2)
        pen.text((across, HEIGHT - BOTTOM + 18), f"{day:%d/%m/%Y}", _INK, font, "ma")
    pen.line([(LEFT, TOP), (LEFT, HEIGHT - BOTTOM), (WIDTH - RIGHT, HEIGHT - BOTTOM)], _INK, 3)
    corners = [(_x(across), _y(up)) for across, up in curve.due_line()]
    for start, end in pairwise(corners):
        _draw_broken(pen, start, end, _INK)
    pen.text((corners[-1][0], corners[-1][1] - 8), format_number(curve.due), _INK, font, "rs")
    deadline = _x(curve.across(curve.late_from))
    _draw_broken(pen, (deadline, TOP), (deadline, HEIGHT - BOTTOM), _SIGNAL)
    pen.line([(_x(across), _y(up)) for across, up in curve.line()], _ACCENT, 7, "curve")
    file = io.BytesIO()
    image.quantize(64).save(file, "PNG", optimize=True, dpi=(300, 300))
    return file.getvalue()


def _x(across: float) -> float:
    return LEFT + across * (WIDTH - LEFT - RIGHT)


def _y(up: float) -> float:
    return HEIGHT - BOTTOM - up * (HEIGHT - TOP - BOTTOM)


def _draw_broken(pen: ImageDraw.ImageDraw, start: tuple[float, float], end: tuple[float, float], colour: str) -> None:
    """Draw a line of dashes, straight across or straight up."""
    length = max(abs(end[0] - start[0]), abs(end[1] - start[1]), 1)
    towards = ((end[0] - start[0]) / length, (end[1] - start[1]) / length)
    for begin in range(0, int(length), 30):
        stop = min(begin + 18, length)
        pen.line([(start[0] + towards[0] * at, start[1] + towards[1] * at) for at in (begin, stop)], colour, 5)
