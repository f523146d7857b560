"""Word in: an official document becomes a post. What other rooms need is named here.

The path of the data: :mod:`reading` (archive, blocks, fonts, numbers) → :mod:`official` (letterhead, signature,
headings) → :mod:`writing` (Markdown) → :mod:`loss` (is a word missing). :mod:`process` runs all that in a process of
its own, with limits.
"""

from campaign.word.conversion import Conversion, FoundFields, from_json, to_json
from campaign.word.post_file import PostFrame, propose_id, write_post
from campaign.word.process import convert_file

__all__ = [
    "Conversion", "FoundFields", "PostFrame", "convert_file", "from_json", "propose_id", "to_json", "write_post",
]  # fmt: skip
