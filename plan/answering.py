"""What becomes of a proposal: somebody says from which day it holds, or it is refused with what to do."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from plan.importing import UnitList
from plan.ledger import Ledger
from plan.proposing import Proposal

UNANSWERED: Mapping[str, str] = MappingProxyType(
    {"merged": "proposed_merge", "recoded": "proposed_code", "renamed": "proposed_name", "moved": "proposed_move"}
)
"""The problem that an unanswered question is (`plan.problems`)."""


def answered(new: UnitList, ledger: Ledger, proposal: Proposal, day: date) -> tuple[UnitList, Ledger]:
    """The list and the ledger once somebody has said that it is so from `day` on.

    What goes on under a new code begins on that day, whatever the list says of its beginning.
    """
    rows = tuple(sorted((*ledger.rows, *proposal.rows(new.file, day)), key=lambda row: row.day))
    units = dict(new.units)
    if proposal.after not in proposal.before:
        units[proposal.after] = replace(units[proposal.after], valid_from=day)
    return replace(new, units=units), replace(ledger, rows=rows)
