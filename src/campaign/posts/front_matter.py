"""The file of a post, taken apart: what its editor declares, and the text.

Everything that is declared stays text, with its line: ``0123`` is not 83 and ``no`` is not false, as
YAML would have it. What no editor needs, and only an attack or a slip writes, is refused: aliases, deep nesting, keys
twice, huge files.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import yaml
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode

from campaign.core.text import to_nfc
from campaign.errors.base import CampaignError, Place
from campaign.errors.posts import FrontMatterError, PageTemplateError

_MAX_FILE_BYTES = 1_000_000
_MAX_DECLARED_CHARACTERS = 20_000
_MAX_DEPTH = 4

_TEXTS = {"title", "description", "template"}
"""What MkDocs takes for text in the front matter of a page."""
_TEXT_TAG = yaml.resolver.BaseResolver.DEFAULT_SCALAR_TAG

_FENCED = re.compile(r"---[ \t]*\n(.*?\n|)---[ \t]*(?:\n|\Z)", re.DOTALL)
_FIRST_DECLARED_LINE = 2
_UNFENCED = "tệp phải mở đầu bằng dòng “---” và có dòng “---” thứ hai đóng phần khai báo"
_NOT_UTF_8 = "tệp không ở bảng mã UTF-8; mở bằng trình soạn thảo và lưu lại"
_ALIAS = "không dùng tham chiếu “*”; giá trị có dấu “*” phải đặt trong ngoặc kép"
_SYNTAX = "sai cú pháp; giá trị có dấu “: ” hoặc “#” phải đặt trong ngoặc kép, thụt dòng bằng dấu cách, không bằng Tab"


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A post's file, taken apart.

    Attributes:
        head: The lines before the text, NFC, line ends as in Unix.
        declared: The keys and values between the two fences, every scalar as text.
        text: The rest: Markdown, NFC, line ends as in Unix, no blank lines around it.
    """

    head: str
    declared: MappingNode
    text: str

    @property
    def text_line(self) -> int:
        """The line of the file on which the text begins."""
        return self.head.count("\n") + 1

    def place_of(self, file: str, at: int) -> Place:
        """Return where in the file the character *at* of the text is."""
        return Place(file, self.text_line + self.text.count("\n", 0, at), at - self.text.rfind("\n", 0, at))


def split_front_matter(file: str, source: bytes) -> FrontMatter:
    """Take the file of a post apart.

    Args:
        file: How the file is named to its editor.
        source: Its bytes: UTF-8, with any line ends and in either Unicode form.

    Raises:
        FrontMatterError: Nothing can be read from it.
    """
    whole = _decode(file, source)
    fenced = _FENCED.match(whole)
    if fenced is None:
        raise FrontMatterError(Place(file, 1), _UNFENCED)
    if len(fenced[1]) > _MAX_DECLARED_CHARACTERS:
        raise FrontMatterError(Place(file, 1), f"dài quá {_MAX_DECLARED_CHARACTERS} ký tự")
    rest = whole[fenced.end() :]
    begins = fenced.end() + len(rest) - len(rest.lstrip("\n"))
    return FrontMatter(whole[:begins], _read_declared(file, fenced[1]), rest.strip("\n") + "\n")


def find_cut_values(file: str, front: FrontMatter) -> Iterator[tuple[Place, str]]:
    """Yield what follows the values of the front matter that YAML takes for a remark, as " # 5" in a subject."""
    lines = front.head.split("\n")
    for node in _find_values(front.declared):
        mark = node.end_mark
        rest = lines[mark.line + _FIRST_DECLARED_LINE - 1][mark.column :]
        if rest.lstrip().startswith("#") and node.value not in ("true", "false"):
            column = mark.column + len(rest) - len(rest.lstrip()) + 1
            yield Place(file, mark.line + _FIRST_DECLARED_LINE, column), rest.strip()


def _find_values(node: Node) -> Iterator[Node]:
    """Yield the values that end on a line of their own: texts, and lists in brackets."""
    if isinstance(node, ScalarNode) or (isinstance(node, CollectionNode) and node.flow_style):
        yield node
    elif isinstance(node, CollectionNode):
        for child in node.value:
            yield from _find_values(child[1] if isinstance(child, tuple) else child)


def find_page_faults(file: str, source: bytes, templates: Collection[str] = ()) -> Iterator[CampaignError]:
    """Yield what is wrong in the front matter of a page that is no post: the engine reads it, and would fail.

    Args:
        file: The file's name.
        source: What it holds.
        templates: The templates that a page can name; without any, none is looked for.
    """
    try:
        if _FENCED.match(_decode(file, source)) is None:
            return
        declared = split_front_matter(file, source).declared
    except FrontMatterError as error:
        yield error
        return
    for key, value in declared.value:
        if key.value in _TEXTS and not _is_text(value):
            yield FrontMatterError(place_of(file, value), f"giá trị của “{key.value}” phải là chữ, đặt trong ngoặc kép")
        elif key.value == "template" and templates and value.value not in templates:
            yield PageTemplateError(place_of(file, value), str(value.value), sorted(templates))


def split_page(file: str, source: bytes) -> FrontMatter:
    """Take the file of a page apart that is no post and may have no front matter; what it declares is left out.

    Raises:
        FrontMatterError: Nothing can be read from it.
    """
    whole = _decode(file, source)
    fenced = _FENCED.match(whole)
    begins = fenced.end() if fenced else 0
    return FrontMatter(whole[:begins], MappingNode("", []), whole[begins:])


def place_of(file: str, node: Node) -> Place:
    """Return where in the file *node* is."""
    return Place(file, int(node.start_mark.line) + _FIRST_DECLARED_LINE, int(node.start_mark.column) + 1)


def _decode(file: str, source: bytes) -> str:
    if len(source) > _MAX_FILE_BYTES:
        raise FrontMatterError(Place(file, 1), f"tệp lớn hơn {_MAX_FILE_BYTES // 1_000_000} MB")
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source[: error.start].count(b"\n") + 1
        raise FrontMatterError(Place(file, line), _NOT_UTF_8) from None
    return to_nfc(text.replace("\r\n", "\n").replace("\r", "\n"))


def _read_declared(file: str, declared: str) -> MappingNode:
    try:
        _refuse_aliases_and_depth(file, declared)
        root = yaml.compose(declared, Loader=yaml.CBaseLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + _FIRST_DECLARED_LINE if error.problem_mark else 1
        raise FrontMatterError(Place(file, line), _SYNTAX) from None
    except yaml.YAMLError:
        raise FrontMatterError(Place(file, 1), "có ký tự điều khiển không nhìn thấy") from None
    if not isinstance(root, MappingNode):
        raise FrontMatterError(Place(file, 1), "chưa có khoá nào")
    _refuse_odd_nodes(file, root)
    return root


def _refuse_aliases_and_depth(file: str, declared: str) -> None:
    """Walk the events before any tree is built, so that no nesting can exhaust the stack."""
    depth = 0
    for event in yaml.parse(declared, Loader=yaml.CBaseLoader):
        line = event.start_mark.line + _FIRST_DECLARED_LINE if event.start_mark else 1
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _MAX_DEPTH:
            raise FrontMatterError(Place(file, line), "các khoá lồng nhau quá sâu")
        if isinstance(event, yaml.AliasEvent):
            raise FrontMatterError(Place(file, line), _ALIAS)


def _is_text(node: Node) -> bool:
    """Say whether YAML would read *node* as text: ``0123`` is a number to it, ``no`` is false."""
    if not isinstance(node, ScalarNode):
        return False
    meaning = yaml.SafeLoader("").resolve(ScalarNode, node.value, (True, False))  # type: ignore[no-untyped-call]
    return bool(node.style) or meaning == _TEXT_TAG


def _refuse_odd_nodes(file: str, node: Node) -> None:
    """Refuse keys that occur twice or are no plain words, at every depth."""
    seen: set[str] = set()
    for child in node.value if isinstance(node, CollectionNode) else ():
        key, value = child if isinstance(node, MappingNode) else (None, child)
        if key and not isinstance(key, ScalarNode):
            raise FrontMatterError(place_of(file, key), _SYNTAX)
        if key and key.value in seen:
            raise FrontMatterError(place_of(file, key), f"khoá “{key.value}” đã có ở trên")
        seen |= {key.value} if key else set()
        _refuse_odd_nodes(file, value)
