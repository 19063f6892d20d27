"""Begins to hand in what a unit owes: the form of its kind, with what is known beforehand."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from handlers import menu
from handlers.context import Replies, Turn
from handlers.obligations.due import show_due
from handlers.obligations.wording import what
from handlers.reports import interviewing
from handlers.reports.reporting import place_of
from interview import start, without_optional
from messages import Outgoing
from messages.actions import Correct, HandIn, View, choice
from periods.period import Length, cut
from plan.form_names import PLAN_DRAFT, RESULTS_REPORT
from reports.texts import summary_text
from reports.wording import deadline
from services import access, figures, handing, reports
from services.ad_hoc import AD_HOC
from services.obligations import NotHandedIn
from services.results import Refused
from storage.records.obligations import Owed

NOTHING: Mapping[str, Any] = MappingProxyType({})


def begin(turn: Turn, pressed: HandIn, read: Mapping[str, Any] = NOTHING) -> Replies:
    """Ask what is to be handed in; what was sent already is shown, to be corrected.

    `read` holds answers that are known from what was sent.
    """
    result = handing.begin(turn.db, turn.viewer, turn.plan, pressed.obligation)
    if isinstance(result, NotHandedIn):
        owed = result.owed
        if owed is None or owed.submission_id is None:
            return show_due(turn)
        return _known(turn, owed, owed.submission_id)
    owed, tree = result.owed, turn.viewer.tree
    form = turn.world.forms.current(result.form, tree)
    known, counted = {**place_of(tree, tree.unit(result.unit_id)), **result.prefill, **read}, ""
    if result.form == RESULTS_REPORT:
        period, counted = _counted(turn, owed)
        known |= {"period": period, "figures": counted}
    step = start(form, known, turn.now, language=turn.language)
    if read:
        step = without_optional(form, step, turn.now)
    intro = turn.say(
        "{unit} hands in: {what}, {when}.",
        unit=tree.title_of(owed.unit_id),
        what=what(turn, owed),
        when=deadline(turn.say, owed.due_on),
    )
    if result.form == PLAN_DRAFT and not read:
        counted = turn.say("Do you have it as a workbook? Send it here, and I fill in the form.")
    return interviewing.begin(turn, form, step, result.unit_id, intro=f"{intro}\n\n{counted}".strip())


def _known(turn: Turn, owed: Owed, submission_id: int) -> Replies:
    """Lead to what was handed in already, to be corrected; what was returned waits for that."""
    say, report = turn.say, reports.find(turn.db, turn.viewer, submission_id)
    offers = [choice(View(submission_id), say("See what was handed in")), *menu.back_to_menu(turn)]
    if owed.done_at is not None or report is None:
        text = say("That was handed in already: {what}. You can see and correct it.", what=what(turn, owed))
        return [Outgoing(text, tuple(offers))]
    text = say(
        "That was handed in and returned: {what}. Correct it and send it again; to hand in another one, withdraw this "
        "one first.",
        what=what(turn, owed),
    )
    return [Outgoing(text, (choice(Correct(report.id, report.revision), say("Correct it")), *offers))]


def _counted(turn: Turn, owed: Owed) -> tuple[str, str]:
    """The period of the results report, and what the unit's stored reports of it add up to, to be confirmed."""
    period = cut(Length.RESULTS, owed.due_on.year, cuts=turn.plan.periods)
    found = figures.overview(turn.db, turn.viewer, turn.plan, unit=owed.unit, period=period, language=turn.language)
    return period.code, "" if isinstance(found, Refused) else summary_text(found.figures)


def ask_for(turn: Turn, known: Mapping[str, Any] = NOTHING) -> Replies:
    """Begin to ask units for something; what is `known` beforehand is not asked, and can be changed at the review."""
    home = turn.viewer.home
    if home is None or not access.may_ask_for(turn.viewer):
        return menu.show_menu(turn)
    form = turn.world.forms.current(AD_HOC, turn.viewer.tree)
    step = start(form, known, turn.now, language=turn.language)
    return interviewing.begin(turn, form, step, home.unit_id)
