"""Names of roles and channels, and the name of a person who gave none."""

from handlers.context import Turn
from locales import LANGUAGES, Say, texts
from messages.channels import CHANNELS
from rules.roles import Role
from services.directory.accounts import OWN_ACCOUNT


def role_title(say: Say, role: str) -> str:
    """Name a role as people do."""
    titles = {
        "propagandist": say("communication officer"),
        "ward_chair": say("chair"),
        "agency": say("agency officer"),
        "secretariat": say("secretariat"),
        OWN_ACCOUNT: say("one more account of your own"),
    }
    return titles[role]


def stand_in(say: Say, role: str, unit_name: str) -> str:
    """Make a name for a person whose platform tells none: "chủ tịch Phường 10"."""
    if role == Role.WARD_CHAIR:
        return say("chair of {unit}", unit=unit_name)
    return say("{role} of {unit}", role=role_title(say, role), unit=unit_name)


def is_stand_in(turn: Turn) -> bool:
    """Whether the person has no name of their own; nobody is greeted by a title."""
    return any(stands_in(turn.name, role.role, role.unit_name) for role in turn.viewer.roles)


def stands_in(name: str, role: str, unit_name: str) -> bool:
    """Whether a name is a title of this role, in whatever language it was made."""
    return name in (stand_in(texts(language), role, unit_name) for language in LANGUAGES)


def channel_title(say: Say, channel: str) -> str:
    """Name a channel as people do."""
    return say(CHANNELS[channel].title) if channel in CHANNELS else channel
