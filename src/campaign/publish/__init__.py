"""From content to site: pages, feeds and the manifest. The only place that knows MkDocs."""
