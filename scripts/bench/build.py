"""Build the same posts with several engines and print a table: ``python scripts/bench/build.py``.

The others are installed into a temporary folder; Hugo is Debian's. CPU is user and system time of the whole process
tree, memory its largest process. "Cold" builds into an empty folder, without any cache; "warm" builds once more after
one post was edited. The engines take turns, and each figure is the median of the rounds.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from textwrap import dedent

import yaml
from corpus import Sample, make_posts, to_ours

ROOT = Path(__file__).resolve().parents[2]
PEERS = ("mkdocs-material", "mkdocs-rss-plugin", "zensical", "pelican[markdown]")
EDITED = 99 / 100
"""Which post is edited: one among the newest, which all lists and feeds show."""
LARGE = 5000
"""From so many posts on, only the engines that are meant for them take part."""


@dataclass(frozen=True, slots=True)
class Engine:
    """How one engine builds.

    Attributes:
        prepare: Writes the posts and the configuration into an empty folder.
        command: Builds there; ``{bin}`` stands for the folder of programs.
        own: Whether it is this program's own environment.
        large: Whether it takes part with thousands of posts.
        settling: How many builds come between the cold and the warm one: ours takes up the folder of the last but one.
        post: The file of a post, with ``{id}``.
    """

    name: str
    prepare: Callable[[Path, Sequence[Sample]], None]
    command: tuple[str, ...]
    post: str
    own: bool = False
    large: bool = False
    settling: int = 0


@dataclass(frozen=True, slots=True)
class Cost:
    """What a build took: seconds on the clock, seconds of CPU, megabytes."""

    wall: float
    cpu: float
    memory: float


@dataclass(frozen=True, slots=True)
class Measured:
    """What an engine took."""

    cold: Cost
    warm: Cost


def main() -> None:
    """Measure every engine that can be had at every size."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--posts", type=int, nargs="*", default=[1000, 5000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", nargs="*", help="names of engines; all of them unless given")
    parser.add_argument("--peers", type=Path, help="an environment that has the others already")
    arguments = parser.parse_args()
    chosen = [one for one in ENGINES if not arguments.only or one.name in arguments.only]
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        peers = arguments.peers or install_peers(folder / "peers", chosen)
        for count in arguments.posts:
            taking_part = [one for one in chosen if one.large or count < LARGE]
            compare(folder / str(count), list(make_posts(count)), taking_part, peers, arguments.rounds)


def compare(folder: Path, posts: Sequence[Sample], engines: Sequence[Engine], peers: Path, rounds: int) -> None:
    """Let the engines take turns, and print a row for each.

    No folder is deleted in between: for some seconds after thousands of files have gone, ext4 takes several times as
    long to make one, and whoever builds next would pay for it.
    """
    found: dict[str, list[Measured | str]] = {one.name: [] for one in engines}
    for number in range(rounds):
        for engine in engines:
            place = folder / f"{number} {engine.name}"
            place.mkdir(parents=True)
            found[engine.name].append(measure(engine, place, posts, peers))
    print(f"\n{len(posts)} posts, median of {rounds}\n")
    print("| engine | cold CPU s | cold s | cold MB | warm CPU s | warm s | warm MB |")
    print("|---|---|---|---|---|---|---|")
    for name, every in found.items():
        print(f"| {name} | {summarize(every)} |", flush=True)


def summarize(every: Sequence[Measured | str]) -> str:
    """Return the medians of the rounds, or why there are none."""
    failures = [one for one in every if isinstance(one, str)]
    if failures:
        return f"{failures[0]} | | | | | "
    measured = [one for one in every if isinstance(one, Measured)]
    costs = [one.cold for one in measured], [one.warm for one in measured]
    figures = [median(getattr(one, name) for one in some) for some in costs for name in ("cpu", "wall", "memory")]
    return " | ".join(f"{one:.3g}" for one in figures)


def install_peers(place: Path, chosen: Sequence[Engine]) -> Path:
    """Install the other engines, when any is wanted."""
    if any(not one.own for one in chosen):
        subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
        pip = [str(place / "bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PEERS]
        subprocess.run(pip, check=True)
    return place


def measure(engine: Engine, place: Path, posts: Sequence[Sample], peers: Path) -> Measured | str:
    """Return what an engine takes, or why it does not build."""
    programs = Path(sys.executable).parent if engine.own else peers / "bin"
    command = [word.format(bin=programs) for word in engine.command]
    if not shutil.which(command[0]):
        return "not installed"
    engine.prepare(place, posts)
    try:
        cold = run(command, place)
        for _ in range(engine.settling):
            run(command, place)
        edited = place / engine.post.format(id=posts[int(len(posts) * EDITED)].id)
        text = edited.read_text("utf-8")
        edited.write_text(text.replace("## Mục 3:", "## Mục ba:"), "utf-8")
        return Measured(cold, run(command, place))
    except subprocess.CalledProcessError as error:
        return f"failed ({error.returncode})"


def run(command: Sequence[str], place: Path) -> Cost:
    """Run a build to its end."""
    quiet = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    began = time.monotonic()
    with (place / "log.txt").open("w") as log:
        process = subprocess.Popen(command, cwd=place, env=quiet, stdout=log, stderr=log)
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        print((place / "log.txt").read_text()[-2000:], file=sys.stderr)
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(time.monotonic() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def write(file: Path, text: str) -> None:
    """Write a file and the folders above it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def prepare_ours(place: Path, posts: Sequence[Sample]) -> None:
    """Write the site as our editors have it."""
    for post in posts:
        write(place / f"content/bai-dang/{post.id}.md", to_ours(post))
    pages = {"index": "home", "bai-dang/index": "posts", "tim-kiem": "search", "ban-tin": "feeds"}
    for page, template in pages.items():
        write(place / f"content/{page}.md", f"---\ntemplate: {template}.html\ntitle: {page}\n---\n\nChào.\n")
    config = {
        "INHERIT": str(ROOT / "mkdocs.yml"),
        "site_url": "https://bench.example/",
        "nav": [{"Trang chủ": "index.md"}, {"Bài đăng": "bai-dang/index.md"}],
        "theme": {"custom_dir": str(ROOT / "src/campaign/publish/theme")},
    }
    write(place / "mkdocs.yml", yaml.safe_dump(config, allow_unicode=True))


def prepare_material(place: Path, posts: Sequence[Sample]) -> None:
    """Write the posts as pages outside the menu, which is as fast as Material can be."""
    _write_material(place, posts, "posts", "  - search:\n      lang: vi\n")


def prepare_blog(place: Path, posts: Sequence[Sample]) -> None:
    """Write the posts for Material's blog plugin and the plugin for feeds."""
    plugins = "  - search:\n      lang: vi\n  - blog\n  - rss:\n      match_path: blog/posts/.*\n      use_git: false\n"
    _write_material(place, posts, "blog/posts", plugins)


def prepare_zensical(place: Path, posts: Sequence[Sample]) -> None:
    """Write the posts as for Material; Zensical reads the same file."""
    _write_material(place, posts, "posts", "  - search\n")


def _write_material(place: Path, posts: Sequence[Sample], folder: str, plugins: str) -> None:
    for post in posts:
        head = (
            f'---\ntitle: "{post.title}"\ndate: {post.published:%Y-%m-%d}\n---\n\n# {post.title}\n\n{post.summary}\n\n'
        )
        write(place / f"docs/{folder}/{post.id}.md", head + post.text)
    write(place / "docs/index.md", "# Trang chủ\n")
    if folder != "posts":
        write(place / "docs/blog/index.md", "# Tin\n")
    nav = "nav:\n  - index.md\n" + ("  - blog/index.md\n" if folder != "posts" else "")
    config = """\
        site_name: Bench
        site_url: https://bench.example/
        theme:
          name: material
          language: vi
          font: false
        not_in_nav: |
          /posts/
          /blog/
        markdown_extensions: [tables, fenced_code, admonition, attr_list, def_list, footnotes, sane_lists, toc]
        """
    write(place / "mkdocs.yml", dedent(config) + nav + "plugins:\n" + plugins)


def prepare_hugo(place: Path, posts: Sequence[Sample]) -> None:
    """Write the posts with the smallest templates: a page, a list, the feed that Hugo brings."""
    for post in posts:
        head = f'---\ntitle: "{post.title}"\ndate: {post.published:%Y-%m-%dT%H:%M:00+07:00}\n'
        head += f"tags: {json.dumps(post.tags, ensure_ascii=False)}\nsummary: {post.summary}\n---\n\n"
        write(place / f"content/posts/{post.id}.md", head + post.text)
    write(place / "config.toml", 'baseURL = "https://bench.example/"\nlanguageCode = "vi"\ntitle = "Bench"\n')
    page = "<!doctype html><html lang=vi><title>{{ .Title }}</title><h1>{{ .Title }}</h1>"
    write(place / "layouts/_default/single.html", page + "{{ .Content }}</html>")
    links = '{{ range .Pages }}<li><a href="{{ .Permalink }}">{{ .Title }}</a>{{ end }}'
    for name in ("_default/list", "_default/terms", "index"):
        write(place / f"layouts/{name}.html", f"{page}<ul>{links}</ul></html>")


def prepare_pelican(place: Path, posts: Sequence[Sample]) -> None:
    """Write the posts for Pelican's own theme, with its caches on."""
    for post in posts:
        head = f"Title: {post.title}\nDate: {post.published:%Y-%m-%d %H:%M}\nCategory: Tin\nSlug: {post.id}\n"
        head += f"Tags: {', '.join(post.tags)}\nSummary: {post.summary}\n\n"
        write(place / f"content/{post.id}.md", head + post.text)
    settings = """\
        SITENAME = "Bench"
        SITEURL = "https://bench.example"
        PATH = "content"
        TIMEZONE = "Asia/Ho_Chi_Minh"
        DEFAULT_LANG = "vi"
        CACHE_CONTENT = True
        LOAD_CONTENT_CACHE = True
        FEED_ALL_ATOM = "feeds/all.atom.xml"
        """
    write(place / "pelicanconf.py", dedent(settings))


ENGINES = (
    Engine(
        "ours",
        prepare_ours,
        ("{bin}/campaign", "site", "build", "--to", "site"),
        "content/bai-dang/{id}.md",
        own=True,
        large=True,
        settling=2,
    ),
    Engine(
        "Material, posts outside nav",
        prepare_material,
        ("{bin}/mkdocs", "build", "-q"),
        "docs/posts/{id}.md",
        large=True,
    ),
    Engine("Material blog + rss", prepare_blog, ("{bin}/mkdocs", "build", "-q"), "docs/blog/posts/{id}.md"),
    Engine("Zensical", prepare_zensical, ("{bin}/zensical", "build"), "docs/posts/{id}.md"),
    Engine("Hugo", prepare_hugo, ("hugo", "--quiet"), "content/posts/{id}.md", large=True),
    Engine("Pelican", prepare_pelican, ("{bin}/pelican", "-s", "pelicanconf.py", "-q"), "content/{id}.md"),
)


if __name__ == "__main__":
    main()
