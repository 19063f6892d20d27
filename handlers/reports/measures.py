"""Words what an activity report counts, in the words of its kind: as a whole, line by line, and on a narrow button."""

from collections.abc import Callable, Mapping

from locales import Say, number
from plan.model import Plan
from reports.figures import People
from reports.help import HelpRow
from reports.wording import services_text, sexes
from rules.kinds import ActivityKind, Mode
from storage.records.activities import Facts, Line

SHORT = 24
"""Characters of a product's name on a button that says the day and the unit as well."""

Words = tuple[Say, Plan]


def measure_text(say: Say, plan: Plan, facts: Facts) -> str:
    """Write "45 lượt người: 30 nữ, 15 nam · Người dân", with several lines each with its own numbers."""
    return _MEASURES.get(ActivityKind(facts.kind), _number)((say, plan), facts)


def short_measure(say: Say, plan: Plan, facts: Facts) -> str:
    """Write the one number that a button has room for, with what it counts."""
    if facts.kind == ActivityKind.EVENT:
        return say("{count} visits", count=number(_people(facts).total, say.language))
    if facts.kind == ActivityKind.SERVICE:
        return say("{count} helped", count=number(_people(facts).total, say.language))
    first, *others = facts.lines
    count = number(first.quantity, say.language)
    if not first.item:
        return say("quantity {count}", count=count)
    name = plan.item(first.item, say.language)
    short = name if len(name) <= SHORT else f"{name[: SHORT - 1]}…"
    return f"{short}: {count}" + (f" +{len(others)}" if others else "")


def first_time_text(say: Say, facts: Facts) -> str:
    """Write "5 nữ, 3 nam" of those who came for the first time this year; empty if nobody asked."""
    if all(line.first_women is None for line in facts.lines):
        return ""
    women, men = (sum(getattr(line, name) or 0 for line in facts.lines) for name in ("first_women", "first_men"))
    return say("{women} women, {men} men", women=number(women, say.language), men=number(men, say.language))


def _people(facts: Facts) -> People:
    return People(facts.women, facts.men, facts.unsorted)


def _people_text(say: Say, people: People) -> str:
    total = number(people.total, say.language)
    if people.unsorted and people.unsorted == people.total:
        return say("{total} visits (women and men not told apart)", total=total)
    return say("{total} visits: {sexes}", total=total, sexes=sexes(say, people))


def _event(words: Words, facts: Facts) -> str:
    say, plan = words
    groups = {line: plan.short(line.target_group, say.language) for line in facts.lines if line.target_group}
    return _by_line(say, _people_text(say, _people(facts)), groups)


def _service(words: Words, facts: Facts) -> str:
    say, plan = words
    kinds = {line: plan.item(line.item, say.language) for line in facts.lines if line.item}
    return _by_line(say, services_text(say, HelpRow.whole("", "", _people(facts))), kinds)


def _by_line(say: Say, total: str, names: Mapping[Line, str]) -> str:
    """Beside the total of one line stands what it is of; of several, what each of them is and counts."""
    if len(names) == 1:
        return " · ".join((total, *names.values()))
    each = (f"{name}: {sexes(say, People(line.women, line.men, line.unsorted))}" for line, name in names.items())
    return " · ".join(filter(None, (total, "; ".join(each))))


def _products(words: Words, facts: Facts) -> str:
    say, plan = words
    said = {Mode.MADE: say("{count} made"), Mode.GIVEN: say("{count} given out")}
    return "; ".join(
        f"{plan.item(line.item, say.language)}: "
        + said[Mode(line.mode)].format(count=number(line.quantity, say.language))
        for line in facts.lines
    )


def _inspection(words: Words, facts: Facts) -> str:
    say, (line,) = words[0], facts.lines
    return say(
        "{inspected} inspected, {violations} violations, {handled} handled",
        inspected=line.quantity,
        violations=line.violations,
        handled=line.handled,
    )


def _number(words: Words, facts: Facts) -> str:
    say = words[0]
    return say("quantity: {count}", count=number(facts.quantity, say.language))


_MEASURES: Mapping[ActivityKind, Callable[[Words, Facts], str]] = {
    ActivityKind.EVENT: _event,
    ActivityKind.SERVICE: _service,
    ActivityKind.MEDIA: _products,
    ActivityKind.INSPECTION: _inspection,
}
