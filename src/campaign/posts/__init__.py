"""What a post is as a file, as HTML and in the manifest. Knows Markdown, not MkDocs."""
