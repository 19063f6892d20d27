"""Makes of a text something to pass on: copied or shared with one press where the channel can."""

from locales import Say
from messages import PassOn


def pass_on(say: Say, text: str, link: str = "") -> PassOn:
    """A text for somebody else, and the link that goes with it; the text need not repeat the link."""
    return PassOn(text, link, say("Copy"), say("Share"))
