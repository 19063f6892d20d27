"""The reasons for returning or changing somebody's report: some by a tap, all others in one's own words."""

from collections.abc import Callable, Mapping

from locales import Say

REASONS: Mapping[str, Callable[[Say], str]] = {
    "numbers": lambda say: say("the numbers do not look right"),
    "day": lambda say: say("the day does not look right"),
    "photo": lambda say: say("a photo is missing"),
}
"""The reasons that one tap says, by their codes."""


def reason_words(say: Say, reason: str) -> str:
    """Say a reason: the words of a code, or what somebody typed."""
    return REASONS[reason](say) if reason in REASONS else reason
