"""Begins an announcement: asks whoever may for whom it is, for its text, and for a picture or a file."""

from handlers import menu
from handlers.context import Replies, Turn
from handlers.reports import interviewing
from interview import start
from rules.roles import Role
from rules.times_of_day import is_decent
from services import access
from services.announcing import ANNOUNCEMENT, HELD
from storage.directory.roles import HeldRole


def begin(turn: Turn) -> Replies:
    """Ask what is to be announced, in the name of the unit that the person looks after."""
    held = _in_whose_name(turn)
    if held is None:
        return menu.show_menu(turn)
    form = turn.world.forms.current(ANNOUNCEMENT, turn.viewer.tree)
    known = {
        "whole": "yes" if held.role == Role.SECRETARIAT else "no",
        "at_night": "no" if is_decent(turn.now + HELD) else "yes",
    }
    step = start(form, known, turn.now, language=turn.language)
    intro = turn.say("An announcement in the name of {unit}.", unit=turn.viewer.tree.title(held.unit))
    if held.role == Role.WARD_CHAIR:
        intro = turn.say("An announcement to everybody in {unit}.", unit=turn.viewer.tree.title(held.unit))
    return interviewing.begin(turn, form, step, held.unit_id, intro=intro)


def _in_whose_name(turn: Turn) -> HeldRole | None:
    if not access.may_write_announcements(turn.viewer):
        return None
    by_role = {held.role: held for held in reversed(turn.viewer.roles)}
    return by_role.get(Role.SECRETARIAT) or by_role.get(Role.WARD_CHAIR)
