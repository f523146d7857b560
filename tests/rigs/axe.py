"""axe-core in a page: what would shut people out."""

from importlib import resources

from playwright.sync_api import Page


def find_barriers(page: Page) -> list[str]:
    """Return the rule and the element of everything that axe finds on the open page."""
    page.evaluate(resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    violations = page.evaluate("axe.run().then((run) => run.violations)")
    return [f"{one['id']}: {node['html'][:150]}" for one in violations for node in one["nodes"]]
