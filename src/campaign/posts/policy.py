"""What the built site may load and run: the recorder says it with every page of the site, and so must other servers."""

SITE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
"""The Content-Security-Policy of the site: no page has a script or style of its own, only files of the site."""
