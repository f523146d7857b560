import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from campaign.core.post import Post
from campaign.errors.site import ManifestError
from campaign.posts.manifest import Manifest, describe_post, load_document, read_manifest, write_manifest
from tests.rigs.builders import OFFICE, post


def write(site: Path, *posts: Post) -> Manifest:
    manifest = Manifest("Đợt", tuple(describe_post(one, f"/bai-dang/{one.id}/") for one in posts), (OFFICE,))
    write_manifest(site, manifest, posts)
    return manifest


def test_what_is_written_is_read(tmp_path: Path) -> None:
    written = write(tmp_path, post(), post(id="bai-khac", sentence=None, deadline=None))

    assert read_manifest(tmp_path) == written
    assert [found.asks for found in written.posts] == [True, False]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["manifest.json", "revisions"]


def test_the_digest_is_that_of_the_file_beside_the_manifest(tmp_path: Path) -> None:
    (described,) = write(tmp_path, post()).posts

    document = load_document(tmp_path, described)

    assert document == (tmp_path / "revisions/thong-bao-485.1.json").read_bytes() == post().to_document()
    assert described.digest == sha256(document).hexdigest() == post().digest


def test_the_manifest_is_written_in_one_form(tmp_path: Path) -> None:
    write(tmp_path)

    assert (tmp_path / "manifest.json").read_text(encoding="utf-8") == (
        '{"campaign":{"title":"Đợt"},"campaigns":[],"department":null,"format":1,"posts":[],"units":["Văn phòng"]}\n'
    )


def test_a_site_without_manifest_is_told(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match=r"manifest\.json: không đọc được danh mục bài đăng \(No such file"):
        read_manifest(tmp_path)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "\ufeff", '{"format": 1}', '{"format": 1, "campaign": [], "posts": []}']
)
def test_another_file_is_no_manifest(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text, encoding="utf-8")

    with pytest.raises(ManifestError, match="nội dung không đúng mẫu"):
        read_manifest(tmp_path)


def test_a_later_format_is_told(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"format": 2}', encoding="utf-8")

    with pytest.raises(ManifestError, match="định dạng 2, chương trình này đọc định dạng 1"):
        read_manifest(tmp_path)


@pytest.mark.parametrize(
    "changes",
    [
        {"document": "../../etc/passwd"},
        {"id": "../a", "document": "revisions/../a.1.json"},
        {"extra": 1},
        {"revision": 2},
    ],
)
def test_a_document_lies_nowhere_but_among_the_revisions(tmp_path: Path, changes: dict[str, Any]) -> None:
    write(tmp_path, post())
    facts = json.loads((tmp_path / "manifest.json").read_bytes())
    facts["posts"][0].update(changes)
    (tmp_path / "manifest.json").write_text(json.dumps(facts), encoding="utf-8")

    with pytest.raises(ManifestError, match="nội dung không đúng mẫu"):
        read_manifest(tmp_path)


def test_a_missing_document_is_told(tmp_path: Path) -> None:
    (described,) = write(tmp_path, post()).posts
    (tmp_path / described.document).unlink()

    with pytest.raises(ManifestError, match=r"revisions/thong-bao-485\.1\.json"):
        load_document(tmp_path, described)


def test_an_altered_document_is_told(tmp_path: Path) -> None:
    (described,) = write(tmp_path, post()).posts
    (tmp_path / described.document).write_bytes(post(text="Khác.\n").to_document())

    with pytest.raises(ManifestError, match="nội dung khác với danh mục"):
        load_document(tmp_path, described)
