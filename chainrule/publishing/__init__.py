"""Stored questions for other programs: learning platforms, card decks, autograders, notebooks, paper.

    chosen.py     which variants, and what was left out
    prose.py      prose as HTML with TeX, which every platform here renders
    svg_files.py  pictures as files of their own
    asked.py      one part as a question that stands alone
    solution.py   the worked solution
    numbers.py    right and partly right numbers as ranges
    spellings.py  right answers as they may be typed
    archive.py    zip files with the same bytes each time

One module, or a few with its name in front, for each format.
"""
