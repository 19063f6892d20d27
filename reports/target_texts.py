"""How far targets are, in words: all on one screen, one with all that it rests on, and what units are asked for.

A figure of people says what it rests on, its denominator with source and day, and what is assumed.
"""

from collections.abc import Callable, Iterator, Mapping

from locales import Say, decimal, number, texts
from plan.model import Plan, TargetGroup
from reports.progress import Owing, Progress, Targets
from reports.wording import day_text, period_text, shortened
from rules.bounds import Ends
from rules.kinds import Measure, Mode, Reach
from rules.targets import Basis, State

MAX_NAME = 100
"""Characters of a target's name where all are listed."""
MAX_UNITS = 12
"""Units that are named beside a target; of more it says how many, and the message to them names all."""
LONGEST_TITLE = 120
"""Characters, as the form takes them in which something is asked for."""
MOST_ASKED = 40
"""Units that one message to them names: all wards and agencies of a district, in one message of any channel."""


def targets_text(found: Targets) -> str:
    """All targets, a few lines each."""
    say = texts(found.figures.language)
    head = say(
        "Progress to the targets – {unit}, {period}", unit=found.figures.title, period=period_text(say, found.period)
    )
    lines = [head, *([say("SAMPLE DATA: made up to try the bot, not real reports.")] if found.figures.sample else [])]
    blocks = ["\n".join(lines)]
    blocks += ["\n".join(_block(progress, say)) for progress in found.listed]
    blocks.append(printed_text(found, say))
    return "\n\n".join(block for block in blocks if block)


def _block(progress: Progress, say: Say) -> Iterator[str]:
    name = progress.target.name(say.language)
    yield f"{progress.target.code}. {shortened(name, MAX_NAME)}"
    yield f"→ {state_text(progress, say)}"
    if people := people_text(progress, say):
        yield people
    if progress.owing:
        yield missing_text(progress, say)


def missing_text(progress: Progress, say: Say) -> str:
    """What has yet to be supplied, and by how many."""
    return say("Missing: {what} ({units})", what=_what(progress, say), units=_count_units(progress, say))


def target_text(progress: Progress, found: Targets, plan: Plan) -> str:
    """One target with all that it rests on."""
    say = texts(found.figures.language)
    head = [
        f"{progress.target.code}. {progress.target.name(say.language)}",
        f"{found.figures.title}, {period_text(say, found.period)}",
    ]
    if found.figures.sample:
        head.append(say("SAMPLE DATA: made up to try the bot, not real reports."))
    parts = (
        "\n".join(head),
        "\n".join(filter(None, _figures(progress, say))),
        "\n".join(filter(None, _beside(progress, found, plan, say))),
        printed_text(found, say) if progress.low is not None else "",
        _who(progress, say),
    )
    return "\n\n".join(filter(None, parts))


def _figures(progress: Progress, say: Say) -> Iterator[str]:
    yield say("Result: {state}", state=state_text(progress, say))
    yield people_text(progress, say)
    if progress.low is not None and progress.high is not None and progress.target.reach is not Reach.SERVICE:
        yield _by_sex(progress.low, progress.high, say)
    yield say("Based on: {basis}", basis=basis_text(progress, say))
    if progress.has_assumption:
        yield say(
            "Without the assumption: at least {people} (the largest single event)",
            people=_number(progress.single, say),
        )
    if progress.earlier is not None:
        yield say(
            "Earlier results: {people} people ({source}, as of {day})",
            people=_number(progress.earlier.total or 0, say),
            source=progress.earlier.source,
            day=day_text(progress.earlier.as_of),
        )
    yield denominator_text(progress, say)
    if progress.judged.share_low is not None:
        yield say(
            "Share: {share}; to reach: {percent} %", share=share_text(progress, say), percent=progress.target.percent
        )


def state_text(progress: Progress, say: Say) -> str:
    """How a target stands, in words."""
    judged = progress.judged
    if judged.contradictory:
        return say("the figures contradict each other and have to be checked")
    short_of_it = judged.share_high is not None and judged.share_high < progress.target.percent
    if judged.state is State.UNKNOWN and short_of_it and progress.low is not None:
        return say(
            "not enough to judge; by the events reported: at most {share} %",
            share=_percent(judged.share_high or 0.0, say),
        )
    return _STATES[judged.state](say)


_STATES: Mapping[State, Callable[[Say], str]] = {
    State.REACHED: lambda say: say("reached"),
    State.REACHED_IF: lambda say: say("reached, under the assumption"),
    State.NOT_REACHED: lambda say: say("not reached yet"),
    State.UNKNOWN: lambda say: say("not enough to judge"),
}


def people_text(progress: Progress, say: Say) -> str:
    """How many people, or between which ends; nothing where nobody knows."""
    judged = progress.judged
    if progress.survey is not None:
        return say(
            "A survey found {share} % ({size} asked, {method}, {day})",
            share=_percent(progress.survey.value / 10, say),
            size=_number(progress.survey.sample_size, say),
            method=progress.survey.method or progress.survey.source,
            day=day_text(progress.survey.as_of),
        )
    if judged.high is None:
        return say("At least {low} people", low=_number(judged.low, say)) if judged.low else ""
    if judged.high == 0:
        return say("Nobody has been counted yet")
    if judged.low == judged.high:
        people = say("{people} people", people=_number(judged.low, say))
    else:
        people = say("From {low} to {high} people", low=_number(judged.low, say), high=_number(judged.high, say))
    return f"{people} ({share_text(progress, say)})" if judged.share_low is not None else people


def _by_sex(low: Ends, high: Ends, say: Say) -> str:
    return say(
        "Women: {women}; men: {men}",
        women=between(low.women, high.women, say),
        men=between(low.men, high.men, say),
    )


def between(low: int, high: int, say: Say) -> str:
    """A number, or its two ends."""
    return _number(low, say) if low == high else f"{_number(low, say)}–{_number(high, say)}"


def basis_text(progress: Progress, say: Say) -> str:
    """What a number of people rests on, in words."""
    return _BASES[progress.basis](say)


_BASES: Mapping[Basis, Callable[[Say], str]] = {
    Basis.ROSTER: lambda say: say("the lists that units keep"),
    Basis.SURVEY: lambda say: say("a survey"),
    Basis.FIRST_TIME: lambda say: say("a show of hands: who came for the first time"),
    Basis.BOUNDS: lambda say: say("the visits reported, from approved reports at the lower end"),
}


def denominator_text(progress: Progress, say: Say) -> str:
    """The denominator with its source and its day, or that there is none."""
    counted = progress.denominator
    if counted is None or counted.total is None:
        return say("Denominator: none yet, so there is no percentage")
    text = say(
        "Denominator: {people} people ({source}, as of {day})",
        people=_number(counted.total, say),
        source=counted.source,
        day=day_text(counted.as_of),
    )
    if progress.target.reach is Reach.SERVICE:
        return f"{text}; {say('among the people in need who have been found')}"
    return text


def _beside(progress: Progress, found: Targets, plan: Plan, say: Say) -> Iterator[str]:
    """What stands beside the people: the visits of each group, and the media, which are no people."""
    groups = [
        f"{plan.groups[each.group].short(say.language)} {_number(each.visits.total, say)}"
        + (f" ({say('only some of them count')})" if each.partly else "")
        for each in progress.components
    ]
    if groups:
        yield say("Visits by group: {groups}", groups="; ".join(groups))
    products = [row for row in found.figures.media if row.mode == Mode.GIVEN]
    if products and progress.target.reach is Reach.COMMUNICATION:
        named = "; ".join(f"{row.name} {_number(row.quantity, say)}" for row in products)
        yield say("Given out, which reaches people, too, and is not counted as people: {named}", named=named)


def printed_text(found: Targets, say: Say) -> str:
    """What every interval is printed with."""
    if all(progress.low is None for progress in found.listed):
        return ""
    weeks = found.figures.completeness
    share = 1000 * weeks.received // weeks.expected / 10 if weeks.expected else 0.0
    least = say("At least: assumes that nobody is counted at the own events of two neighbourhoods.")
    most = say("At most: only at the events reported ({share} % of the weeks).", share=_percent(share, say))
    between = say("The same is assumed of the own events of two wards.") if found.over_wards else ""
    return " ".join(filter(None, (least, most, say("Only those who came in person are counted."), between)))


def _who(progress: Progress, say: Say) -> str:
    if not progress.owing:
        return ""
    return say("To be supplied: {what}, by {units}", what=_what(progress, say), units=_by_whom(progress, say))


def request_text(progress: Progress, plan: Plan, language: str, page: int = 0) -> str:
    """A message to forward to the units that must supply something; of many, to those of a page."""
    say, first = texts(language), progress.owing[0]
    asked = asked_on(progress, page)
    groups = "; ".join(plan.groups[code].name(language) for code in _groups(progress))
    ask = say(
        "To {units}: to see how far target {code} is ({name}), please send {what} of: {groups}; with the source and "
        "the day of the figures.",
        units=", ".join(owing.unit.name for owing in asked),
        code=progress.target.code,
        name=progress.target.name(language),
        what=_what(progress, say),
        groups=groups,
    )
    example = example_of(plan.groups[first.groups[0]], first.measures[0], language)
    how = say("Write to the bot, for example: {example}", example=example)
    return f"{ask}\n{how}"


def request_title(progress: Progress, plan: Plan, language: str) -> str:
    """What these units are asked for, for the title of something that they owe."""
    say, code = texts(language), progress.target.code
    groups = ", ".join(plan.groups[group].short(language).lower() for group in _groups(progress))
    title = say("Figures for target {code}: {what} – {groups}", code=code, what=_what(progress, say), groups=groups)
    return title if len(title) <= LONGEST_TITLE else say("Figures for target {code}", code=code)


def asked_on(progress: Progress, page: int) -> tuple[Owing, ...]:
    """The units that a page of the message asks."""
    return progress.owing[page * MOST_ASKED : (page + 1) * MOST_ASKED]


def example_of(group: TargetGroup, measure: Measure, language: str) -> str:
    """What a unit may write to supply a number of a group."""
    return _EXAMPLES[measure](texts(language), group.short(language).lower())


def _both(say: Say, group: str) -> str:
    return say("numbers {group} knowledge 30 skills 28, source: list of 2020, day 31/12/2019", group=group)


_EXAMPLES: Mapping[Measure, Callable[[Say, str], str]] = {
    Measure.PEOPLE: lambda say, group: say(
        "numbers {group} women 120 men 80, source: list of 2020, day 31/12/2019", group=group
    ),
    Measure.TRAINED: lambda say, group: say(
        "numbers trained {group} women 9 men 4, source: list of 2020, day 31/12/2019", group=group
    ),
    Measure.KNOWLEDGE: _both,
    Measure.SKILLS: _both,
}


def _what(progress: Progress, say: Say) -> str:
    measures = dict.fromkeys(measure for owing in progress.owing for measure in owing.measures)
    return ", ".join(dict.fromkeys(_MEASURES[measure](say) for measure in measures))


_MEASURES: Mapping[Measure, Callable[[Say], str]] = {
    Measure.PEOPLE: lambda say: say("the number of people (women, men)"),
    Measure.TRAINED: lambda say: say("how many have been trained"),
    Measure.KNOWLEDGE: lambda say: say("how many have the knowledge"),
    Measure.SKILLS: lambda say: say("how many have the skills"),
}


def _groups(progress: Progress) -> list[str]:
    return list(dict.fromkeys(code for owing in progress.owing for code in owing.groups))


def _by_whom(progress: Progress, say: Say) -> str:
    if len(progress.owing) > MAX_UNITS:
        return _count_units(progress, say)
    return ", ".join(owing.unit.name for owing in progress.owing)


def pages_of(progress: Progress) -> int:
    """How many messages it takes to ask all units for what is missing."""
    return -(-len(progress.owing) // MOST_ASKED)


def _count_units(progress: Progress, say: Say) -> str:
    if len(progress.owing) == 1:
        return progress.owing[0].unit.name
    return say("{count} units", count=len(progress.owing))


def share_text(progress: Progress, say: Say) -> str:
    """Both ends in percent; 0 % where there are none."""
    judged = progress.judged
    low, high = judged.share_low, judged.share_high
    if high is None or low is None or low == high:
        return f"{_percent(low or 0.0, say)} %"
    return f"{_percent(low, say)}–{_percent(high, say)} %"


def _percent(share: float, say: Say) -> str:
    return decimal(share, say.language).removesuffix(",0").removesuffix(".0")


def _number(value: int, say: Say) -> str:
    return number(value, say.language)
