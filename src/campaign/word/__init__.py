"""Word in: an official document becomes a post.

The path of the data: :mod:`archive` (is it safe, what is in it) → :mod:`reading` (its blocks, with :mod:`styles`,
:mod:`numbering`, :mod:`inline`, :mod:`tables`, :mod:`pictures`) → :mod:`letterhead`, :mod:`signature`
and :mod:`headings` (what a block is in an official document) → :mod:`writer` (Markdown) → :mod:`loss` (is a word
missing). :mod:`child` runs all that in a process of its own, with limits.
"""
