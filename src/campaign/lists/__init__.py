"""Lists that come in as spreadsheets: what a person sees in them, and the people whom that means.

The path of the data: :mod:`files` (a file of any kind becomes sheets of the texts that are shown) → :mod:`layout`
(where the headings, people, group rows, totals and signatures are) → :mod:`people` (members, doubts and faults).
"""
