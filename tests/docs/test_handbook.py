"""The handbook tells everything that the program has, and nothing else."""

import inspect
import re

import click
import pytest
from mkdocs.config import load_config

from campaign.posts import declarations
from campaign.posts import schema as post_schema
from campaign.posts.content import read_posts
from campaign.posts.front_matter import split_front_matter
from campaign.posts.schema import read_post
from campaign.publish.mkdocs.plugin import CampaignConfig
from campaign.settings import ENVIRONMENT_PREFIX, TABLE
from tests.rigs.faults import list_kinds
from tests.rigs.handbook import CONTENT, HANDBOOK, ROOT, list_commands, list_rows, read_page

INNER_KEYS = {
    "source_document": post_schema.SOURCE_DOCUMENT_KEYS,
    "deadline": post_schema.DEADLINE_KEYS,
    "audience": post_schema.AUDIENCE_KEYS,
    "revision": post_schema.REVISION_KEYS,
}
COMMANDS = list_commands()


@pytest.fixture(scope="module")
def units() -> tuple[str, ...]:
    return tuple(load_config(str(ROOT / "mkdocs.yml")).plugins["campaign"].config.units)


def list_codes() -> list[str]:
    return [kind.code for kind in list_kinds()]


def test_each_fault_has_a_code_of_its_own() -> None:
    codes = list_codes()

    assert sorted(set(codes)) == sorted(codes)


def test_each_code_has_its_section_and_each_section_its_code() -> None:
    sections = re.findall(r"(?m)^## (.+)$", read_page("ma-loi"))

    assert sorted(sections) == sorted(list_codes())


def test_each_section_says_when_it_happens_and_what_to_do() -> None:
    _, *sections = re.split(r"(?m)^## ", read_page("ma-loi"))

    sentences = {section.split("\n")[0]: len(re.findall(r"[.:;](?=\s)", section)) for section in sections}

    assert {code: count for code, count in sentences.items() if count < 2} == {}


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_is_in_the_reference_with_each_option(name: str) -> None:
    _, found, after = read_page("lenh").partition(f"## `{name}`\n")
    section = after.partition("\n## ")[0]

    assert found
    options = [one for one in COMMANDS[name].params if isinstance(one, click.Option)]
    assert [option.opts for option in options if not all(f"`{form}" in section for form in option.opts)] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_explains_itself_with_a_short_sentence_and_an_example(name: str) -> None:
    what, _, example = inspect.cleandoc(COMMANDS[name].help or "").partition("\n\nVí dụ: ")

    assert re.fullmatch(r"[^\n]{10,100}\.", what.splitlines()[0])
    assert example.startswith(name)


def test_each_setting_is_in_the_reference() -> None:
    rows = list_rows(read_page("thiet-lap"), "Tên và biến môi trường | Để làm gì | Mặc định")

    expected = [(f"{one.name}`<br>`{ENVIRONMENT_PREFIX}{one.name.upper()}", one.default) for one in TABLE]
    assert [(row[0], row[2]) for row in rows] == expected
    assert [one.name for one, row in zip(TABLE, rows, strict=True) if one.help not in row[1]] == []


def test_each_option_of_the_site_is_in_the_reference() -> None:
    rows = list_rows(read_page("thiet-lap"), "Tên | Nằm trong | Để làm gì")

    assert {row[0] for row in rows if "plugins: campaign" in row[1]} == {name for name, _ in CampaignConfig._schema}  # noqa: SLF001 - MkDocs tells it nowhere else


def test_each_key_of_a_post_is_explained() -> None:
    rows = list_rows(read_page("bien-tap"), "Khoá | Bắt buộc | Ý nghĩa | Ví dụ")

    explained = {row[0]: row[1] == "có" for row in rows}
    assert explained == {name: key.required for name, key in post_schema.POST_KEYS.items()}


def test_each_key_of_a_campaign_and_of_the_department_is_explained() -> None:
    campaign = list_rows(read_page("bien-tap"), "Khoá của đợt | Bắt buộc | Ý nghĩa")
    department = list_rows(read_page("bien-tap"), "Khoá của cơ quan | Ý nghĩa")

    explained = {row[0]: row[1] == "có" for row in campaign}
    assert explained == {name: key.required for name, key in declarations.CAMPAIGN_KEYS.items()}
    named = {name for row in department for name in row[0].replace("`", "").split(", ")}
    assert named == set(declarations.DEPARTMENT_KEYS)


def test_each_inner_key_of_a_post_is_explained() -> None:
    rows = list_rows(read_page("bien-tap"), "Khoá | Nằm trong | Ý nghĩa | Ví dụ")

    explained = {f"{row[1]}.{row[0]}": "bắt buộc" in row[2] for row in rows}
    keys = {f"{outer}.{name}": key for outer, inner in INNER_KEYS.items() for name, key in inner.items()}
    assert explained.keys() == keys.keys()
    assert {name for name, key in keys.items() if key.required} - {"revision.number"} == {
        name for name, is_required in explained.items() if is_required
    }


def test_the_example_of_the_handbook_is_a_post(units: tuple[str, ...]) -> None:
    found = re.search(r"(?ms)^```yaml\n(---\n.*?^---\n)```", read_page("bien-tap"))

    assert found
    post = read_post("mẫu", split_front_matter("mẫu", f"{found[1]}\nNội dung.\n".encode()), units)
    assert post.deadline


def test_every_post_can_be_read_and_has_an_id_of_its_own(units: tuple[str, ...]) -> None:
    posts = read_posts(CONTENT, units)

    assert len({file.post.id for file in posts}) == len(posts) > 0


def test_the_index_of_the_handbook_leads_to_every_page() -> None:
    pages = {file.name for file in HANDBOOK.glob("*.md")} - {"index.md"}

    assert set(re.findall(r"\]\(([^/)]+\.md)\)", read_page("index"))) == pages
