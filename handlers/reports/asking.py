"""Words a step's outputs: one message with the choices of the question that is open now."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from handlers.context import Turn
from handlers.wording import answer_text, shortened, value_text
from interview import REJECTIONS
from interview.steps import (
    NOTHING,
    Ask,
    ConfirmCancel,
    Dropped,
    Interview,
    Kind,
    Option,
    Output,
    Reject,
    Review,
    ReviewLine,
    Step,
    Told,
    Took,
    WalkCommand,
)
from locales import Say
from messages import AskedAt, Choice, Outgoing, Wanted, Wants
from messages.actions import Choose, choice
from services.ad_hoc import AD_HOC
from services.announcing import ANNOUNCEMENT

EDIT_LIST = "edit"
"""Our own token, beside the engine's: it shows the answers as buttons, so that the review itself stays short."""
PRESENT = "present"
"""Another token: it asks the open question once more."""

_WANTED: Mapping[Kind, Wanted] = {
    Kind.IMAGE: Wanted.PHOTO,
    Kind.FILE: Wanted.FILE,
    Kind.GEOPOINT: Wanted.POSITION,
}
LONG_ENTRIES = 1_000
"""Letters of all entries together from which the review shows how each begins: with all else it fits one message of
every channel, and each stands in full where it can be corrected."""
CUT = 64
"""Letters of such a beginning."""
NO_REPORTS = frozenset({AD_HOC, ANNOUNCEMENT})
"""Forms that send something else than a report."""
ASKED_BACK = frozenset({"did_you_mean", "day_meant", "which_year", "total_alone", "total_beyond", "which_counts"})
"""Rejections that are questions: the text was understood, and the person says whether it was meant so."""

COMMANDS: Mapping[WalkCommand, Callable[[Say], tuple[str, str]]] = {
    WalkCommand.BACK: lambda say: (say("← Back"), say("back")),
    WalkCommand.SKIP: lambda say: (say("Skip"), say("skip")),
    WalkCommand.CANCEL: lambda say: (say("Stop"), say("cancel")),
    WalkCommand.REVIEW: lambda say: (say("Review"), say("review")),
    WalkCommand.SEND: lambda say: (say("Send the report"), say("send")),
    WalkCommand.KEEP: lambda say: (say("Go on with it"), ""),
    WalkCommand.DROP: lambda say: (say("Yes, stop"), ""),
    WalkCommand.FINISH: lambda say: (say("That is all"), ""),
    WalkCommand.MORE: lambda say: (say("One more"), ""),
    WalkCommand.YES: lambda say: (say("Yes, that one"), ""),
    WalkCommand.NO: lambda say: (say("No"), ""),
    WalkCommand.TODAY: lambda say: (say("Today"), ""),
    WalkCommand.YESTERDAY: lambda say: (say("Yesterday"), ""),
    WalkCommand.OTHER_DAY: lambda say: (say("Another day"), ""),
    WalkCommand.NEXT_PAGE: lambda say: (say("More →"), say("more")),
    WalkCommand.PREVIOUS_PAGE: lambda say: (say("← Earlier choices"), say("earlier")),
    WalkCommand.CONTINUE: lambda say: (say("Continue"), ""),
    WalkCommand.REMOVE: lambda say: (say("Remove this one"), say("remove")),
    WalkCommand.TAKE_TOTAL: lambda say: (say("Note {count}, women and men later"), say("note")),
}
"""Each command's label, and the word to type for it if a channel has no buttons."""


def is_rejection(step: Step) -> bool:
    """Whether a step took nothing; its first output says why then."""
    return bool(step.outputs) and isinstance(step.outputs[0], Reject) and step.outputs[0].code not in ASKED_BACK


def worded(turn: Turn, interview_id: int, state: Interview, outputs: Sequence[Output], intro: str = "") -> Outgoing:
    """Word the outputs as one message."""
    texts = [intro, _taken(turn.say, outputs)]
    choices: list[Choice] = []
    is_report = state.form_id not in NO_REPORTS
    for output in outputs:
        text, options = _worded(turn.say, output, is_report=is_report)
        texts.append(text)
        for option in options:
            offered = _choice(turn.say, interview_id, state.revision, option)
            is_other = option.command is WalkCommand.SEND and not is_report
            choices.append(replace(offered, label=turn.say("Send it")) if is_other else offered)
        if isinstance(output, Review):
            at = len(output.extras) + 1
            choices.insert(at, choice(Choose(interview_id, state.revision, EDIT_LIST), turn.say("Correct an answer")))
    text = "\n\n".join(text for text in texts if text)
    asks, wants = AskedAt(interview_id, state.revision), _wants(interview_id, outputs)
    return Outgoing(text, tuple(choices), asks=asks, wants=wants)


def asked(outputs: Iterable[Output]) -> str | None:
    """Return the path of the question that is open after a step."""
    return next((output.path for output in outputs if isinstance(output, Ask)), None)


def _wants(interview_id: int, outputs: Iterable[Output]) -> Wants | None:
    asks = (output for output in outputs if isinstance(output, Ask) and output.kind in _WANTED)
    return next((Wants(_WANTED[ask.kind], interview_id, ask.path, ask.label, ask.hint) for ask in asks), None)


def _choice(say: Say, interview_id: int, revision: int, option: Option) -> Choice:
    label = option.label or ""
    word = label if option.typed else ""
    if option.command:
        text, word = COMMANDS[option.command](say)
        label = text.format(count=label) if label else text
    mark = "✓ " if option.chosen else ""
    return choice(Choose(interview_id, revision, option.token), mark + label, word)


def _taken(say: Say, outputs: Sequence[Output]) -> str:
    """Say how answers were taken; beside a review that says them anyway, only what was corrected there."""
    took = [output for output in outputs if isinstance(output, Took)]
    if not any(isinstance(output, Review) and not _are_cut(output.lines) for output in outputs):
        return understood(took)
    corrected = [answer_text(answer) for answer in took if answer.corrects]
    return say("Corrected: {answers}.", answers=" · ".join(corrected)) if corrected else ""


def has_review(outputs: Iterable[Output]) -> bool:
    """Whether a review says the answers anyway."""
    return any(isinstance(output, Review) for output in outputs)


def understood(answers: Iterable[Took | ReviewLine]) -> str:
    """Say on one line how answers were understood."""
    taken = [answer_text(answer) for answer in answers]
    return f"✓ {' · '.join(taken)}" if taken else ""


Worded = tuple[str, Sequence[Option]]


def _ask(say: Say, ask: Ask) -> Worded:
    # How many questions there are is known once the first one, which decides it, is answered.
    progress = f"{ask.number}/{ask.total} · " if ask.number > 1 else ""
    lines = [f"{progress}{ask.label}"]
    if ask.hint:
        lines.append(say("For example: {example}", example=ask.hint) if ask.kind is Kind.GROUP else ask.hint)
    if ask.current:
        lines.append(say("Now: {answer}", answer=ask.current))
    if ask.kind is Kind.IMAGE:
        lines.append(say("Send a photo, or several one after another."))
    if ask.page:
        lines.append(say("(page {page} of {pages})", page=ask.page[0], pages=ask.page[1]))
    return "\n".join(lines), ask.options


def refusal(say: Say, reject: Reject) -> str:
    """Say why something was not taken."""
    return reject.message or say(REJECTIONS[reject.code], **reject.params)


def _review(say: Say, review: Review, *, is_report: bool) -> Worded:
    lines = [f"• {line}" for line in _reviewed(review.lines)]
    options = [option for option in review.options if option.command is WalkCommand.SEND]
    rest = [option for option in review.options if option.command is not WalkCommand.SEND]
    yes = say("Shall I send it?") if is_report else say("Shall it go?")
    question = yes if options else say("Still to be answered: {question}", question=review.missing)
    text = "\n".join([say("Please look it over:"), *lines, "", question])
    return text, (*options, *review.extras, *rest)


def _reviewed(lines: Sequence[ReviewLine]) -> Iterator[str]:
    """A line for each answer, and one for each entry: of many entries only how it begins."""
    are_cut = _are_cut(lines)
    return (beginning(part, CUT) if are_cut and len(part) > 1 else together(part) for part in entries_of(lines))


def _are_cut(lines: Sequence[ReviewLine]) -> bool:
    return sum(len(together(entry)) for entry in entries_of(lines) if len(entry) > 1) > LONG_ENTRIES


def entries_of(lines: Sequence[ReviewLine]) -> list[list[ReviewLine]]:
    """The answers of each entry together; an answer that belongs to none stands alone."""
    grouped = groupby(enumerate(lines), lambda each: each[1].entry or each[0])
    return [[line for _, line in together] for _, together in grouped]


def together(lines: Sequence[ReviewLine]) -> str:
    """An answer, or those of one entry, which leaves out what was not answered: it can be corrected all the same."""
    return " · ".join(map(answer_text, _answered(lines)))


def beginning(lines: Sequence[ReviewLine], most: int) -> str:
    """An answer, or how an entry begins, in so many letters."""
    return shortened(together(lines) if len(lines) == 1 else " · ".join(map(value_text, _answered(lines))), most)


def _answered(lines: Sequence[ReviewLine]) -> Sequence[ReviewLine]:
    return [line for line in lines if line.shown != NOTHING] or lines if len(lines) > 1 else lines


def _worded(say: Say, output: Output, *, is_report: bool) -> Worded:  # noqa: PLR0911 (one case a kind of output)
    """Word one output: its text and the choices to press."""
    match output:
        case Ask():
            return _ask(say, output)
        case Reject():
            return refusal(say, output), ()
        case Review():
            return _review(say, output, is_report=is_report)
        case ConfirmCancel(options):
            return say("Stop here? A draft is kept."), options
        case Told(text):
            return text, ()
        case Dropped(labels):
            return say("No longer needed, so I dropped: {labels}.", labels=", ".join(labels)), ()
    return "", ()
