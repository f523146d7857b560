"""Effective formatting: what a run looks like after defaults, paragraph style, character style and its own settings.

Rules: ISO 29500-1, 17.7.2 (style hierarchy) and 17.7.3 (toggle properties).
"""

from dataclasses import dataclass

from campaign.word.reading.markup import VAL, Element, child, is_on, number, prefixed, tag, value

_TOGGLES = ("w:b", "w:i", "w:caps", "w:vanish", "w:strike", "w:dstrike")
_DEEPEST = 20
"""More styles based on one another than Word allows; a circle ends here."""


@dataclass(frozen=True, slots=True)
class RunSettings:
    """What one place (a style, a run) says of a run; nothing where it is silent."""

    toggles: dict[str, bool]
    font: str | None = None
    raised: str | None = None

    def over(self, below: "RunSettings") -> "RunSettings":
        """Return these settings with those of *below* where these are silent."""
        return RunSettings(
            below.toggles | self.toggles,
            self.font if self.font is not None else below.font,
            self.raised if self.raised is not None else below.raised,
        )


@dataclass(frozen=True, slots=True)
class NumberingUse:
    """That a paragraph or style is numbered: the list and the level; nothing where not said."""

    list_id: str | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Style:
    """A style with all that it inherits.

    Attributes:
        numbering: Its list, from the nearest style that names one.
        numbered_by: The id of that nearest style: a list finds its level by it.
    """

    run: RunSettings
    numbering: NumberingUse = NumberingUse()
    numbered_by: str = ""
    outline: int | None = None
    alignment: str | None = None


SILENT = RunSettings({})
PLAIN = Style(SILENT)


@dataclass(frozen=True, slots=True)
class Appearance:
    """How a run looks in the end."""

    bold: bool
    italic: bool
    capitals: bool
    hidden: bool
    struck: bool
    font: str
    raised: str


NOTHING_SEEN = Appearance(False, False, False, False, False, "", "")  # noqa: FBT003  (a plain run)


def read_run_settings(properties: Element | None, theme: dict[str, str]) -> RunSettings:
    """Read ``w:rPr``; fonts named by the theme are looked up in *theme*."""
    if properties is None:
        return SILENT
    toggles: dict[str, bool] = {}
    font = raised = None
    for setting in properties:
        name = prefixed(setting)
        if name in _TOGGLES:
            toggles[name] = is_on(setting)
        elif name == "w:rFonts":
            font = _read_font(setting, theme)
        elif name == "w:vertAlign":
            raised = setting.get(VAL)
    return RunSettings(toggles, font, raised)


def _read_font(fonts: Element, theme: dict[str, str]) -> str | None:
    for side in ("hAnsi", "ascii"):
        theme_name = fonts.get(tag(f"w:{side}Theme"))
        if theme_name is not None:
            return theme.get(theme_name, "")
        if (name := fonts.get(tag(f"w:{side}"))) is not None:
            return name
    return None


def read_numbering_use(properties: Element | None) -> NumberingUse:
    """Read ``w:numPr`` of paragraph properties."""
    numbering = child(properties, "w:numPr")
    return NumberingUse(value(numbering, "w:numId"), number(numbering, "w:ilvl"))


def read_theme(root: Element | None) -> dict[str, str]:
    """Return the Latin fonts of a theme by the names that styles use."""
    fonts: dict[str, str] = {}
    for kind, name in (("majorFont", "major"), ("minorFont", "minor")):
        latin = None if root is None else root.find(f".//{tag(f'a:{kind}')}/{tag('a:latin')}")
        for suffix in ("HAnsi", "Ascii"):
            fonts[name + suffix] = "" if latin is None else latin.get("typeface", "")
    return fonts


class Styles:
    """The styles of a document."""

    def __init__(self, root: Element | None, theme: dict[str, str]) -> None:
        """Take the styles part (or nothing) and the theme's fonts."""
        self.theme = theme
        self._elements: dict[str, Element] = {}
        self._defaults: dict[str, str] = {}
        self._resolved: dict[str, Style] = {}
        self._seen: dict[tuple[object, ...], Appearance] = {}
        for style in [] if root is None else root.findall(tag("w:style")):
            name = style.get(tag("w:styleId"), "")
            self._elements[name] = style
            if style.get(tag("w:default")) in {"1", "true", "on"}:
                self._defaults[style.get(tag("w:type"), "")] = name
        path = "/".join(tag(name) for name in ("w:docDefaults", "w:rPrDefault", "w:rPr"))
        self._document = read_run_settings(None if root is None else root.find(path), theme)

    def element(self, name: str) -> Element | None:
        """Return a style as it stands in the part, or nothing."""
        return self._elements.get(name)

    def of(self, paragraph: Element) -> Style:
        """Return the style of a paragraph."""
        return self.paragraph(value(child(paragraph, "w:pPr"), "w:pStyle"))

    def paragraph(self, name: str | None) -> Style:
        """Return a paragraph's style; the default one when it names none or one that is not there."""
        return self.style(name if name in self._elements else self._defaults.get("paragraph"))

    def style(self, name: str | None) -> Style:
        """Return a style with all that it inherits; a plain one when there is none of that name."""
        if name is None or name not in self._elements:
            return PLAIN
        if name not in self._resolved:
            self._resolved[name] = self._resolve(name, _DEEPEST)
        return self._resolved[name]

    def _resolve(self, name: str, depth: int) -> Style:
        element = self._elements[name]
        parent = value(element, "w:basedOn")
        below = self._resolve(parent, depth - 1) if parent in self._elements and depth and parent else PLAIN
        properties = child(element, "w:pPr")
        use = read_numbering_use(properties)
        outline = number(properties, "w:outlineLvl")
        return Style(
            read_run_settings(child(element, "w:rPr"), self.theme).over(below.run),
            NumberingUse(
                use.list_id or below.numbering.list_id, below.numbering.level if use.level is None else use.level
            ),
            name if use.list_id else below.numbered_by,
            below.outline if outline is None else outline,
            value(properties, "w:jc") or below.alignment,
        )

    def look(self, run: Element, paragraph: Style, table: Style = PLAIN) -> Appearance:
        """Return how a run looks in a paragraph of one style and a table of another."""
        properties = child(run, "w:rPr")
        own = read_run_settings(properties, self.theme)
        return self.appearance(paragraph, value(properties, "w:rStyle"), own, table)

    def appearance(self, paragraph: Style, character: str | None, own: RunSettings, table: Style = PLAIN) -> Appearance:
        """Return how a run looks.

        Args:
            paragraph: The style of its paragraph.
            character: The name of its character style, if any.
            own: What the run itself says.
            table: The style of the table around it.
        """
        key = (id(paragraph), character, id(table), tuple(own.toggles.items()), own.font, own.raised)
        if key not in self._seen:
            self._seen[key] = self._combine(paragraph, character, own, table)
        return self._seen[key]

    def _combine(self, paragraph: Style, character: str | None, own: RunSettings, table: Style) -> Appearance:
        levels = (table.run, paragraph.run, self.style(character).run)
        bold, italic, capitals, hidden, struck, struck_twice = (self._toggled(name, levels, own) for name in _TOGGLES)
        merged = own.over(levels[2]).over(levels[1]).over(levels[0]).over(self._document)
        is_struck = struck or struck_twice
        return Appearance(bold, italic, capitals, hidden, is_struck, merged.font or "", merged.raised or "")

    def _toggled(self, name: str, levels: tuple[RunSettings, ...], own: RunSettings) -> bool:
        """Combine a toggle: the run itself decides; else two styles that both switch it on switch it off again."""
        if name in own.toggles:
            return own.toggles[name]
        if self._document.toggles.get(name):
            return True
        return sum(level.toggles.get(name, False) for level in levels) % 2 == 1
