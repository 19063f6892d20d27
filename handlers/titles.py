"""The roles in words."""

from locales import Say


def role_title(say: Say, role: str) -> str:
    """A role as people call it."""
    titles = {
        "propagandist": say("communication officer"),
        "ward_chair": say("ward chair"),
        "agency": say("agency officer"),
        "secretariat": say("secretariat"),
    }
    return titles[role]
