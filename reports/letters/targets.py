"""The appendix of targets: planned, done, estimated for the year, on what it rests; and the indicators people added."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from locales import capital
from plan.letters.model import Reads
from reports.letters.numerals import count, day, share
from reports.letters.plain import plain
from reports.letters.sentences import Phrases
from reports.letters.tables import columns_of
from reports.progress import Progress
from rules.kinds import Reach
from rules.targets import Basis, State

MOST_NAMED = 3
"""Units that are named in a cell."""
_BASES: Mapping[Basis, str] = {
    Basis.BOUNDS: "basis_bounds",
    Basis.FIRST_TIME: "basis_first_time",
    Basis.ROSTER: "basis_roster",
    Basis.SURVEY: "basis_survey",
}
_STATES: Mapping[State, str] = {
    State.REACHED: "state_reached",
    State.REACHED_IF: "state_reached_if",
    State.NOT_REACHED: "state_not_reached",
    State.UNKNOWN: "state_unknown",
}


def targets_table(phrase: Phrases, found: Sequence[Progress], estimates: Sequence[str]) -> dict[str, Any]:
    """A row for each target of the plan, then one for each indicator that people typed.

    A letter goes to many: how many people were helped is said in its text, as `reports.published` lets it be said, and
    a target of such people stands here with its denominator alone.
    """
    typed = [columns_of(line, Reads.ESTIMATES) for line in estimates]
    by_code = {cells[0].upper(): cells for cells in typed}
    codes = {progress.target.code for progress in found}
    rows = [_of_target(phrase, progress, by_code.get(progress.target.code)) for progress in found]
    rows += [_typed(cells) for cells in typed if cells[0].upper() not in codes]
    bounded = any(progress.has_assumption for progress in found)
    return {
        "rows": [{"no": str(number), **row} for number, row in enumerate(rows, 1)],
        "assumption": phrase("assumption") if bounded else "",
    }


def _typed(cells: Sequence[str]) -> dict[str, str]:
    name, planned, done, estimate, note = cells
    return {"name": name, "planned": planned, "done": done, "estimate": estimate, "basis": "", "note": note}


def _of_target(phrase: Phrases, progress: Progress, typed: Sequence[str] | None) -> dict[str, str]:
    *_, estimate, note = typed or ("", "")
    state = "state_contradictory" if progress.judged.contradictory else _STATES[progress.judged.state]
    said, done = phrase(state), "; ".join(_done(phrase, progress)) or phrase("no_people")
    if progress.target.reach is Reach.SERVICE:
        done = phrase("withheld")
    return {
        "name": plain(progress.target.name("vi")),
        "planned": f"{progress.target.percent} %",
        "done": done,
        "estimate": estimate,
        "basis": _basis(phrase, progress),
        "note": capital(said) + (f"; {note}" if note else ""),
    }


def _done(phrase: Phrases, progress: Progress) -> Iterator[str]:
    """People, and their share where there is a denominator: one number, or the two ends between which it lies."""
    judged = progress.judged
    low, high = judged.low, judged.high
    if progress.survey is None and not (low == 0 and high is None):
        if high is None or low == high:
            yield phrase("people_exact", low=count(low))
        else:
            yield phrase("people_between", low=count(low), high=count(high))
    if judged.share_low is not None and not judged.contradictory:
        most = judged.share_low if judged.share_high is None else judged.share_high
        if most == judged.share_low:
            yield phrase("share_exact", low=share(most))
        else:
            yield phrase("share_between_ends", low=share(judged.share_low), high=share(most))


def _basis(phrase: Phrases, progress: Progress) -> str:
    basis, denominator = phrase(_BASES[progress.basis]), progress.denominator
    text = capital(basis)
    if denominator is None or denominator.total is None:
        return "; ".join([phrase("target_basis_alone", basis=text), *_owing(phrase, progress)])
    return phrase(
        "target_basis",
        basis=text,
        denominator=count(denominator.total),
        source=plain(denominator.source),
        day=day(denominator.as_of),
    )


def _owing(phrase: Phrases, progress: Progress) -> Iterator[str]:
    """Who has yet to supply the denominator or a list: by name if they are few."""
    units = [plain(owing.unit.name) for owing in progress.owing]
    if len(units) > MOST_NAMED:
        yield phrase("target_owing_many", count=count(len(units)))
    elif units:
        yield phrase("target_owing", units=", ".join(units))
