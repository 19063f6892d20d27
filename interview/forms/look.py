"""What an appearance says beside its words: "max-5"."""

from collections.abc import Sequence

from interview.reading.digits import whole_number

_MOST = "max-"


def at_most(look: Sequence[str], otherwise: int) -> int:
    """How many an appearance allows ("max-5": photos of a question, entries of a repeat), if it says a number."""
    said = (whole_number(word.removeprefix(_MOST), most=2) for word in look if word.startswith(_MOST))
    return next(filter(None, said), otherwise)
