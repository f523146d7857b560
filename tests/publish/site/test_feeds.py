import json
import re
import shutil
import sqlite3
import subprocess
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import feedparser
import pytest

from campaign.core.clock import VIET_NAM
from campaign.core.post import Audience, Post
from campaign.core.people.roster import Category
from campaign.publish.site.feeds import Entry, select_feeds, write_feeds
from tests.rigs.builders import CENTRE, OFFICE, post
from tests.rigs.machine import do_without
from tests.rigs.serving import serve

HOME = "https://skhcn.example/tin/"
AUTHORITY = "skhcn.example,2025"
DAY = datetime(2025, 10, 27, 8, tzinfo=VIET_NAM)


def write(site: Path, *posts: Post) -> None:
    entries = [Entry(one, f"{HOME}bai-dang/{one.id}/") for one in posts]
    write_feeds(site, HOME, AUTHORITY, select_feeds("Đợt <một> & hai", (OFFICE, CENTRE), entries))


def parse(site: Path, name: str) -> feedparser.FeedParserDict:
    file = site / "feeds" / name
    ET.parse(file)  # noqa: S314 -- well-formed by a parser that forgives nothing; our own file
    return feedparser.parse(file.read_bytes())


@pytest.mark.parametrize(("kind", "version"), [("rss", "rss20"), ("atom", "atom10")])
def test_a_reader_finds_every_post_newest_first_with_full_text(tmp_path: Path, kind: str, version: str) -> None:
    newer = post(
        id="bai-moi",
        publish_at=DAY,
        title="A & B <c>",
        text="Xem [bài](bai-cu.md) và ![ảnh](a.png).\n",
        tags=("cháy & nổ",),
    )
    older = post(id="bai-cu", publish_at=DAY - timedelta(days=1))
    write(tmp_path, newer, older)

    feed = parse(tmp_path, f"tat-ca.{kind}.xml")

    assert not feed.bozo
    assert feed.version == version
    assert feed.feed.title == "Đợt <một> & hai"
    assert feed.feed.link == HOME
    assert feed.feed.language == "vi"
    assert {
        "href": f"{HOME}feeds/tat-ca.{kind}.xml",
        "rel": "self",
        "type": f"application/{kind}+xml",
    } in feed.feed.links
    assert [entry.id for entry in feed.entries] == ["tag:skhcn.example,2025:bai-moi", "tag:skhcn.example,2025:bai-cu"]
    first = feed.entries[0]
    assert (first.title, first.link, first.summary) == ("A & B <c>", f"{HOME}bai-dang/bai-moi/", newer.summary)
    assert [tag.term for tag in first.tags] == ["cháy & nổ"]
    assert f'href="{HOME}bai-dang/bai-cu/"' in first.content[0].value
    assert f'src="{HOME}bai-dang/a.png"' in first.content[0].value


def test_a_json_feed_says_the_same(tmp_path: Path) -> None:
    write(tmp_path, post(id="bai-moi", publish_at=DAY, text="[Bài](bai-cu.md)\n", tags=("Kỹ năng",)))

    feed = json.loads((tmp_path / "feeds/tat-ca.json").read_bytes())

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert (feed["title"], feed["language"], feed["home_page_url"]) == ("Đợt <một> & hai", "vi", HOME)
    assert feed["feed_url"] == f"{HOME}feeds/tat-ca.json"
    (item,) = feed["items"]
    assert (item["id"], item["url"]) == ("tag:skhcn.example,2025:bai-moi", f"{HOME}bai-dang/bai-moi/")
    assert (item["date_published"], item["tags"]) == ("2025-10-27T08:00:00+07:00", ["Kỹ năng"])
    assert item["content_html"] == f'<p><a href="{HOME}bai-dang/bai-cu/" rel="noopener noreferrer">Bài</a></p>'


def test_a_tag_s_feed_holds_its_posts_however_the_tag_is_written(tmp_path: Path) -> None:
    write(
        tmp_path,
        post(id="mot", tags=("Phòng cháy", "Điện")),
        post(id="hai", tags=("phòng cháy", "???")),
        post(id="ba"),
    )

    assert sorted(file.name for file in (tmp_path / "feeds").glob("chu-de-*.json")) == [
        "chu-de-dien.json",
        "chu-de-phong-chay.json",
    ]
    feed = parse(tmp_path, "chu-de-phong-chay.rss.xml")
    assert feed.feed.title == "Đợt <một> & hai – Phòng cháy"
    assert [entry.id.rpartition(":")[2] for entry in feed.entries] == ["mot", "hai"]


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """Feeds with all that is hard in them."""
    write(
        tmp_path,
        post(id="bai-moi", publish_at=DAY, title="A & B <c>", text="![ảnh](a.png) ]]> <b>x\n", tags=("cháy & nổ",)),
        post(id="bai-cu", publish_at=DAY - timedelta(days=1)),
    )
    return tmp_path


def test_feeds_keep_the_rules_of_their_formats(written: Path) -> None:
    """What a validator looks at: RSS 2.0 with the advice of its board, RFC 4287."""
    for file in (written / "feeds").glob("*.rss.xml"):
        channel = ET.parse(file).getroot().find("channel")  # noqa: S314 -- our own file
        assert channel is not None
        assert all(channel.findtext(name) for name in ("title", "link", "description", "language", "lastBuildDate"))
        items = channel.findall("item")
        guids = [item.findtext("guid") for item in items]
        assert len(guids) == len(set(guids)) == len(items)
        assert all(len(item.findall("link")) == 1 and item.findtext("title") for item in items)
        for date in (item.findtext("pubDate") or "" for item in items):
            assert parsedate_to_datetime(date).strftime("%a, %d %b %Y %H:%M:%S %z") == date
    atom = "{http://www.w3.org/2005/Atom}"
    for file in (written / "feeds").glob("*.atom.xml"):
        feed = ET.parse(file).getroot()  # noqa: S314 -- our own file
        for one in (feed, *feed.findall(f"{atom}entry")):
            assert all(one.findtext(f"{atom}{name}") for name in ("id", "title", "updated"))
            kinds = [link.get("rel", "alternate") for link in one.findall(f"{atom}link")]
            assert kinds.count("alternate") == 1
        assert [link.get("rel") for link in feed.findall(f"{atom}link")].count("self") == 1
        assert all(entry.find(f"{atom}author/{atom}name") is not None for entry in feed.findall(f"{atom}entry"))


def test_addresses_inside_the_text_are_whole(written: Path) -> None:
    for file in (written / "feeds").iterdir():
        text = file.read_text(encoding="utf-8").replace('\\"', '"').replace("&quot;", '"')
        content = "".join(re.findall(r"content[^>]*>(.*?)</content", text, re.DOTALL)) + text * (file.suffix == ".json")
        assert not re.search(r'(?:src|href)="(?!https://)', content)


def test_xmllint_finds_nothing(written: Path) -> None:
    if shutil.which("xmllint") is None:
        do_without("xmllint")
    files = sorted(str(file) for file in (written / "feeds").glob("*.xml"))

    done = subprocess.run(["xmllint", "--nonet", "--noout", *files], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_newsboat_takes_every_post_once(written: Path, tmp_path: Path, kind: str) -> None:
    """A real reader, on a terminal: it keeps what it took in a database of its own."""
    if shutil.which("newsboat") is None:
        do_without("newsboat")
    cache = tmp_path / "cache.db"
    with serve(written) as address:
        (tmp_path / "urls").write_text(f"{address}feeds/tat-ca.{kind}.xml\n")
        for _ in range(2):
            command = ["newsboat", "-u", str(tmp_path / "urls"), "-c", str(cache), "-C", "/dev/null", "-x", "reload"]
            subprocess.run(command, check=True, timeout=60, env={"HOME": str(tmp_path)})

    with sqlite3.connect(cache) as database:
        found = database.execute("SELECT guid, title, url FROM rss_item ORDER BY pubDate DESC").fetchall()
    database.close()
    assert found == [
        (f"tag:{AUTHORITY}:bai-moi", "A & B <c>", f"{HOME}bai-dang/bai-moi/"),
        (f"tag:{AUTHORITY}:bai-cu", post().title, f"{HOME}bai-dang/bai-cu/"),
    ]


def test_dates_are_those_of_the_posts(tmp_path: Path) -> None:
    write(tmp_path, post(publish_at=DAY))

    rss, atom = parse(tmp_path, "tat-ca.rss.xml"), parse(tmp_path, "tat-ca.atom.xml")

    assert rss.entries[0].published == rss.feed.updated == "Mon, 27 Oct 2025 08:00:00 +0700"
    assert atom.entries[0].published == atom.entries[0].updated == atom.feed.updated == "2025-10-27T08:00:00+07:00"


def test_a_guid_is_no_address(tmp_path: Path) -> None:
    write(tmp_path, post())

    tree = ET.parse(tmp_path / "feeds/tat-ca.rss.xml")  # noqa: S314 -- our own file

    guid = tree.find("channel/item/guid")
    assert guid is not None
    assert guid.attrib == {"isPermaLink": "false"}
    assert guid.text == "tag:skhcn.example,2025:thong-bao-485"


def test_a_unit_s_feed_holds_the_posts_meant_for_it(tmp_path: Path) -> None:
    write(
        tmp_path,
        post(id="moi-nguoi"),
        post(id="van-phong", audience=Audience(units=(OFFICE,))),
        post(id="cong-chuc", audience=Audience(categories=(Category.CIVIL_SERVANT,))),
    )

    def ids(name: str) -> list[str]:
        return [entry.id.rpartition(":")[2] for entry in parse(tmp_path, name).entries]

    assert ids("tat-ca.atom.xml") == ["moi-nguoi", "van-phong", "cong-chuc"]
    assert ids("van-phong.atom.xml") == ["moi-nguoi", "van-phong", "cong-chuc"]
    assert ids("trung-tam-doi-moi-sang-tao.rss.xml") == ["moi-nguoi", "cong-chuc"]


def test_what_xml_cannot_carry_is_left_out(tmp_path: Path) -> None:
    write(tmp_path, post(title="A\x00\x0bB\ufffe", summary="C\x1f", text="D\x07 \U0001f525\n", tags=("E\x01",)))

    entry = parse(tmp_path, "tat-ca.rss.xml").entries[0]

    assert (entry.title, entry.summary, entry.tags[0].term) == ("AB", "C", "E")
    assert "D \U0001f525" in entry.content[0].value


def test_a_script_in_a_post_reaches_no_reader(tmp_path: Path) -> None:
    write(
        tmp_path, post(text="<script>alert(1)</script>\n\n[a](javascript:alert(2)) ]]> <img src=x onerror=alert(3)>\n")
    )

    for file in (tmp_path / "feeds").iterdir():
        assert "alert" not in file.read_text(encoding="utf-8")


def test_feeds_stand_before_the_first_post(tmp_path: Path) -> None:
    write(tmp_path)

    for kind in ("rss", "atom"):
        assert parse(tmp_path, f"van-phong.{kind}.xml").entries == []
    assert json.loads((tmp_path / "feeds/van-phong.json").read_bytes())["items"] == []


def test_a_feed_holds_the_newest_thirty(tmp_path: Path) -> None:
    write(tmp_path, *(post(id=f"bai-{number}", text="a") for number in range(31)))

    assert len(parse(tmp_path, "tat-ca.rss.xml").entries) == 30
