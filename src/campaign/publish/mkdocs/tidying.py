"""What Material's templates write that is no valid HTML."""

_WRITTEN = {
    'type="checkbox" id="__drawer" autocomplete="off"': 'type="checkbox" id="__drawer"',
    'type="checkbox" id="__search" autocomplete="off"': 'type="checkbox" id="__search"',
    ' tabindex=""': "",
}


def tidy(html: str) -> str:
    """Return a page without it."""
    for written, valid in _WRITTEN.items():
        html = html.replace(written, valid)
    return html
