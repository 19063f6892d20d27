"""Makes the events of `rules.bounds` of the groups that came: what the database adds up line by line, by hand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

from rules.bounds import Ends, Events, Visits


@dataclass(frozen=True, slots=True)
class Group:
    """The people of one target group at an event; `local` groups go to what their own unit holds.

    Of a group that is not `sure` only some are meant, so it raises the upper end alone.
    """

    visits: Visits
    local: bool = True
    sure: bool = True


def event(groups: Sequence[Group], *, approved: bool = True) -> Events:
    """One event: its groups are added, since nobody sits in two at once."""
    known = [group for group in groups if group.sure and approved]
    return Events(_seen(known), _seen(group for group in known if group.local), _added(groups))


def _seen(groups: Iterable[Group]) -> Ends:
    visits = _added(groups)
    return Ends(visits.women, visits.men, visits.total)


def _added(groups: Iterable[Group]) -> Visits:
    return reduce(Visits.__add__, (group.visits for group in groups), Visits())
