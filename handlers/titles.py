"""The roles in words."""

from handlers.context import OWN_ACCOUNT
from locales import Say


def role_title(say: Say, role: str) -> str:
    """A role as people call it."""
    titles = {
        "propagandist": say("communication officer"),
        "ward_chair": say("ward chair"),
        "agency": say("agency officer"),
        "secretariat": say("secretariat"),
        OWN_ACCOUNT: say("one more account of your own"),
    }
    return titles[role]
