"""The ids of what can be pressed in a reminder, so that whoever acts on them and whoever offers them agree.

Each id is at most 64 bytes (Telegram's callback data); unit codes have at most 24 characters.
"""

REPORT = "report"
"""Begin an activity report."""
NIL = "nil"
"""nil:<unit code>:<week>: nothing took place in that week."""
SUMMARY = "summary"
"""summary:<unit code>:<week>: show that week."""
MISSING = "missing"
"""missing:<unit code>:<week>: show who has not reported that week."""
CHANNELS = "channels"
"""Show the bots with a quota and their month."""


def nil(unit_code: str, week: str) -> str:
    return f"{NIL}:{unit_code}:{week}"


def summary(unit_code: str, week: str) -> str:
    return f"{SUMMARY}:{unit_code}:{week}"


def missing(unit_code: str, week: str) -> str:
    return f"{MISSING}:{unit_code}:{week}"
