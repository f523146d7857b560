"""Fixes within lines: words in angle brackets, bare addresses, marks of bold and struck text, breaks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from campaign.posts.fixes.changes import Change, ChangeKind
from campaign.posts.fixes.tags import Tag, pair_tags, read_tag

_PIECE = re.compile(
    r"""(?=[\n<\\`~*_\[!{h])                       # the first characters of all: several times as fast
    (?:(?P<fence>^(?P<marks>`{3,}|~{3,})[^\n`]*\n(?:.*?\n)?(?P=marks)[ ]*$)
    |(?P<code>(?<!`)(?P<ticks>`+)(?!`)(?:(?!\n[ ]*[\n|]).)+?(?<!`)(?P=ticks)(?!`))
    |(?P<break>\\(?=\n[ ]*\S))
    |(?P<escaped>\\.)
    |(?P<comment><!--.*?-->)
    |(?P<auto><https?://[^<>\s]*>|<[^<>\s!]+@[^@<>\s]+>)
    |(?P<definition>(?<![^\n ])\[(?!\^)(?P<label>[^\[\]\n]+)\]:[ ]*\S+[ ]*(?:["'(][^\n]*)?$)
    |(?P<link>!?\[(?:[^\[\]]|\[[^\[\]]*\])*\]\((?:[^()\n]|\([^()\n]*\))*\))
    |(?P<angle><(?=[a-z/!?]))
    |(?P<brace>(?<=[*_)\]`>])\{[^{}\n]+\}|\{[^{}\n]+\}(?=[ ]*$))
    |(?P<address>(?<![\w/"'=])https?://[^\s<>"|*`\[\]]*[^\s<>"|*`\[\].,;:!?)}~'’”…])
    |(?P<struck>(?<!~)~~(?!~))
    |(?P<bold>(?<!\*)\*\*(?!\*)|(?<![\w_])__(?!_)|(?<!_)__(?![\w_]))
    |(?P<gap>\n[ \t]*(?=\n|\#|(?:[-*+•●▪◦–—]|\w{1,3}[.)])[ \t])))
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE | re.IGNORECASE,
)
ATTRIBUTES = re.compile(r"""\{:?(?:[ ]*(?:[.#][\w:.-]+|[\w:.-]+=(?:"[^"]*"|'[^']*'|[^\s"'}]+)))+[ ]*\}""", re.ASCII)
"""What names classes, an id or attributes of the element before it."""
LINK = re.compile(r"(?P<picture>!?)\[(?P<words>.*)\]\(", re.DOTALL)
_SHOWN = 40
"""How much of what was typed is shown at most, in characters."""


@dataclass(slots=True)
class Piece:
    """A piece of a text: what it is, what it becomes, where it begins."""

    kind: str
    text: str
    at: int


def fix_inline(text: str) -> tuple[str, list[Change]]:
    """Return a text as it was meant, line for line, and what was changed."""
    found: list[tuple[int, ChangeKind, str]] = []
    fixed = _fix(text, found, in_link=False)
    changes = [
        Change(kind, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at), typed) for at, kind, typed in found
    ]
    return fixed, changes


def _fix(text: str, found: list[tuple[int, ChangeKind, str]], start: int = 0, *, in_link: bool) -> str:
    """Fix a text, or the words of a link that begin at *start* of it, and add to *found* where what was typed."""
    pieces, _ = read_pieces(text)
    anchors = int(in_link)
    for piece in pieces:
        if piece.kind == "tag" and re.match(r"</?a\b", piece.text, re.IGNORECASE):
            anchors += -1 if piece.text.startswith("</") else 1
        elif piece.kind == "link" and (link := LINK.match(piece.text)) and not link["picture"]:
            words = _fix(link["words"], found, start + piece.at + link.start("words"), in_link=True)
            piece.text = f"[{words}{piece.text[link.end('words') :]}"
        elif change := _find_change(piece, text, in_link=anchors > 0):
            found.append((start + piece.at, change[0], change[1]))
            piece.text = change[2]
    for first, last in _find_pairs(pieces, "struck"):
        found.append((start + pieces[first].at, ChangeKind.STRUCK, "~~"))
        pieces[first].text, pieces[last].text = "<del>", "</del>"
    for first, last in _find_pairs(pieces, "bold"):
        if _move_spaces_out(pieces, first, last):
            typed = text[pieces[first].at : pieces[last].at + 2]
            found.append((start + pieces[first].at, ChangeKind.BOLD, typed))
    return "".join(piece.text for piece in pieces)


def _find_change(piece: Piece, text: str, *, in_link: bool) -> tuple[ChangeKind, str, str] | None:
    """Return what a piece is, what of it was typed, and what it becomes; nothing when it stays."""
    match piece.kind:
        case "angle":
            typed, closed, _ = text[piece.at : piece.at + _SHOWN].partition(">")
            return ChangeKind.TAG, typed.partition("\n")[0] + closed, f"&lt;{piece.text[1:]}"
        case "address" if not in_link:
            return ChangeKind.ADDRESS, piece.text, f"<{piece.text}>"
        case "break":
            return ChangeKind.BREAK, "\\", "<br>"
        case "brace" if not ATTRIBUTES.fullmatch(piece.text):
            return ChangeKind.BRACKET, piece.text, f"\\{piece.text}"
        case "definition" if not is_used(piece.text, text):
            return ChangeKind.BRACKET, piece.text.strip(), piece.text.replace("[", "\\[", 1)
    return None


def is_used(definition: str, text: str) -> bool:
    """Say whether a link of *text* takes its address from a definition."""
    label = definition[definition.index("[") : definition.index("]") + 1]
    return bool(re.search(rf"{re.escape(label)}(?!:)", text, re.IGNORECASE))


def split_pieces(text: str) -> list[Piece]:
    """Return the pieces of a text: those that mean something, and the ``text`` between them."""
    return read_pieces(text)[0]


def read_pieces(text: str) -> tuple[list[Piece], list[tuple[int, int]]]:
    """Return the pieces of a text, and where its blocks of HTML begin and end."""
    found: list[tuple[str, int, int]] = []
    tags: list[Tag] = []
    start = 0
    while piece := _PIECE.search(text, start):
        kind, end = piece.lastgroup or "", piece.end()
        start = end
        if kind == "definition" and text[text.rfind("\n", 0, piece.start()) + 1 : piece.start()].strip(" "):
            start = piece.start() + 1
            continue
        if kind == "angle" and (tag := read_tag(text, piece.start())):
            kind, end = "tag", tag.end
            tags.append(tag)
        found.append((kind, piece.start(), end))
        start = max(start, end)
    paired, elements = pair_tags(tags)
    blocks = [(first, last) for first, last in elements if not text[text.rfind("\n", 0, first) + 1 : first].strip(" ")]
    pieces: list[Piece] = []
    at = 0
    for kind, first, last in found:
        if kind not in ("angle", "tag", "comment") and any(begin <= first < end for begin, end in blocks):
            continue
        pieces += [Piece("text", text[at:first], at), Piece(kind, text[first:last], first)]
        if kind == "tag" and first not in paired:
            pieces[-1].kind = "angle"
        at = last
    return [*pieces, Piece("text", text[at:], at)], blocks


def _find_pairs(pieces: list[Piece], kind: str) -> Iterator[tuple[int, int]]:
    """Yield where the marks of a kind begin and end, none of them beyond a paragraph, an item or a heading."""
    opened = -1
    for number, piece in enumerate(pieces):
        if piece.kind == "gap":
            opened = -1
        elif piece.kind == kind and opened < 0:
            opened = number
        elif piece.kind == kind and piece.text == pieces[opened].text:
            if "".join(inner.text for inner in pieces[opened + 1 : number]).strip():
                yield opened, number
            opened = -1


def _move_spaces_out(pieces: list[Piece], first: int, last: int) -> bool:
    """Move white space from within two marks to outside of them, and say whether there was any."""
    after, before = pieces[first + 1], pieces[last - 1]
    inner = after.text.lstrip(" \t")
    pieces[first].text = after.text[: len(after.text) - len(inner)] + pieces[first].text
    after.text = inner
    kept = before.text.rstrip(" \t")
    pieces[last].text += before.text[len(kept) :]
    before.text = kept
    return len(pieces[first].text) + len(pieces[last].text) > 4  # noqa: PLR2004 - two marks of two characters
