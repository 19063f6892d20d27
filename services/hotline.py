"""Keeps the number that people are given where somebody needs help against violence; the secretariat sets it."""

from sqlalchemy import Connection

from services import access
from services.limits import HOTLINE_LENGTH
from services.results import Refusal, Refused
from services.viewer import Viewer
from storage.db import settings

_KEY = "hotline"


def hotline(db: Connection) -> str:
    """The number with what is said about it; empty until somebody sets it, since none is made up."""
    return settings.kept(db, _KEY) or ""


def set_hotline(db: Connection, viewer: Viewer, text: str) -> str | Refused:
    """Set it, or take it away with an empty text; return it as it is kept."""
    if not access.may_set_hotline(viewer):
        return Refused(Refusal.UNKNOWN)
    kept = " ".join(text.split())[:HOTLINE_LENGTH]
    settings.keep(db, _KEY, kept)
    return kept
