"""The recipe of the progress to the targets: what is sure, what may be, and the line to reach."""

from collections.abc import Iterator
from typing import Any

from locales import Say, capital, texts
from messages.outgoing import Picture
from reports.pictures.frame import frame
from reports.progress import Progress, Targets
from reports.target_texts import denominator_text, missing_text, people_text, printed_text, share_text, state_text
from reports.wording import period_title


def targets_picture(found: Targets) -> Picture:
    """All targets of a unit, with the very words of the text."""
    figures = found.figures
    say = texts(figures.language)
    when = period_title(say, found.period)
    data: dict[str, Any] = frame(
        figures.language,
        figures.title,
        when,
        figures.as_of,
        sample=figures.sample,
        question=say("How far are the targets?"),
        foot=printed_text(found, say).splitlines(),
    )
    data["targets"] = [_line(progress, say) for progress in found.listed]
    return Picture("targets", data, _alt(say, found))


def _line(progress: Progress, say: Say) -> list[Any]:
    target, judged = progress.target, progress.judged
    return [
        target.code,
        target.name(say.language),
        target.percent,
        judged.share_low,
        judged.share_high,
        capital(state_text(progress, say)),
        list(_details(progress, say)),
    ]


def _details(progress: Progress, say: Say) -> Iterator[str]:
    if people := people_text(progress, say):
        yield people
    if progress.denominator is not None:
        yield denominator_text(progress, say)
    if progress.owing:
        yield missing_text(progress, say)


def _alt(say: Say, found: Targets) -> str:
    each = "; ".join(f"{progress.target.code}: {_how_far(progress, say)}" for progress in found.listed)
    return say("Progress to the targets, {unit}: {targets}", unit=found.figures.title, targets=each)


def _how_far(progress: Progress, say: Say) -> str:
    state = state_text(progress, say)
    return state if progress.judged.share_low is None else f"{share_text(progress, say)}, {state}"
