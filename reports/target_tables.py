"""The targets as a table: what is to be reached, how many people there are, and how it stands. Pure."""

from locales import Say, texts
from messages import Cell, Column, Kind, Row, Table, Valued
from reports.progress import Progress, Targets
from reports.target_texts import between, share_text, state_text


def targets_table(found: Targets) -> Table:
    """A row for each target: its code first, since that is what people call it, and its name last."""
    say = texts(found.figures.language)
    columns = (
        Column(say("Its code"), Kind.TEXT),
        Column(say("To reach"), unit="%"),
        Column(say("So far"), unit="%"),
        Column(say("Reached"), unit=say("people")),
        Column(say("Denominator"), unit=say("people")),
        Column(say("How it stands"), Kind.TEXT),
        Column(say("What it is about"), Kind.TEXT),
    )
    return Table(
        caption=say("Progress to the targets"),
        columns=columns,
        rows=tuple(_row(progress, say) for progress in found.listed),
        language=found.figures.language,
    )


def _row(progress: Progress, say: Say) -> Row:
    denominator = progress.denominator
    return (
        progress.target.code,
        progress.target.percent,
        _share(progress, say),
        _people(progress, say),
        denominator.total if denominator else None,
        state_text(progress, say),
        progress.target.name(say.language),
    )


def _share(progress: Progress, say: Say) -> Cell:
    """A share, or its two ends; what a survey found; nothing where there is no denominator."""
    if progress.survey is not None:
        return progress.survey.value / 10
    low = progress.judged.share_low
    return None if low is None else Valued(share_text(progress, say).removesuffix(" %"), low)


def _people(progress: Progress, say: Say) -> Cell:
    """How many people, or between which ends; nothing where nobody knows."""
    low, high = progress.judged.low, progress.judged.high
    if progress.survey is not None or (high is None and not low):
        return None
    return low if high is None or low == high else Valued(between(low, high, say), low)
