"""Every limit of an interview in one block, with its reason."""

PAGE_SIZE = 8
"""Choices on one page: eight buttons and the navigation fit a phone without scrolling."""

RANGE_BUTTONS = 11
"""Values of the longest scale that is shown as buttons: 0 to 10, as people know it; the labels are short."""

MAX_TEXT = 2_000
"""Characters of a text answer: Zalo's own limit of a message, so that an answer can always be shown again."""

MAX_SAID = 300
"""Characters of an answer that is a number, a day, a time or some counts, with all courtesy around it. A longer text is
a story that says none of them for sure, so it is not searched."""

MAX_LINE = 700
"""Characters of a report in one line: its words are of ordinary length, with room for the address of a page."""

MAX_LINE_WORDS = 120
"""Words of a report in one line: every stretch of them is tried, and a longer text is a story, not a line."""

MAX_NUMBER = 1_000_000
"""More than anybody counts in one district; a form's constraint may name a larger number itself."""

MAX_DIGITS = 15
"""What a float holds exactly; longer digit strings are refused before they are converted."""

MAX_PHOTOS = 10
"""Photos of one question when its appearance says no `max-…`: one album of a messenger."""

MAX_ENTRIES = 50
"""Entries of a repeat: beyond that a workbook serves people better than a chat."""

MEMO_SIZE = 4_096
"""Remembered results of one expression (about 1 MB at worst); a full memo is emptied."""

NEAR_ENOUGH = 80.0
"""Similarity (0 to 100) from which a choice is offered as "did you mean"; below it typing errors are guesses."""

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
"""Years that a person can mean in a field report."""
