"""The files that MkDocs copies into the site: without what only hidden posts use, with Material's one stylesheet."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from campaign.posts.content import PostFile
from campaign.publish.site.site import find_private_assets


def remove_private_assets(files: Files, hidden: list[PostFile], docs_dir: str) -> None:
    """Take away what only hidden posts use; never a page, nor a file of the theme."""
    shown = ((page.src_uri, page.content_string) for page in files.documentation_pages())
    for path in find_private_assets(hidden, shown):
        file = files.get_file_from_path(path)
        if file and file.src_dir == docs_dir and not file.is_documentation_page():
            files.remove(file)


def add_stylesheet(files: Files, material: Path, config: MkDocsConfig) -> str:
    """Give the site the stylesheet of Material's type, and return its address."""
    (found,) = material.glob("assets/stylesheets/main.*.min.css")
    stylesheet = File(found.relative_to(material).as_posix(), str(material), config.site_dir, config.use_directory_urls)
    files.append(stylesheet)
    return stylesheet.url
