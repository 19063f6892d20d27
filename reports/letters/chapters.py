"""The plan's sections with what was done in each: a sentence an activity, then products, inspections and help."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from plan.letters.model import Chapter
from plan.model import Plan
from reports.figures import FigureRow
from reports.letters.numerals import count
from reports.letters.sentences import Phrases, inspections, products, quantity, sexes
from reports.published import Published
from rules.kinds import ActivityKind


def chapters_of(
    phrase: Phrases, chapters: Sequence[Chapter], plan: Plan, shown: Published, helped_lines: Sequence[str]
) -> dict[str, Any]:
    """All sections, each with its number, title and lines; and only those in which anything was done."""
    beside = _by_section(phrase, chapters, plan, shown, helped_lines)
    said = [
        (chapter.title, [*_events(phrase, chapter, plan, shown), *beside.get(chapter.section, ())])
        for chapter in chapters
    ]
    done = [(title, lines) for title, lines in said if lines]
    return {"chapters": _numbered(phrase, said), "chapters_done": _numbered(phrase, done or said)}


def _numbered(phrase: Phrases, said: Sequence[tuple[str, list[str]]]) -> list[dict[str, Any]]:
    return [
        {"no": str(number), "title": title, "lines": lines or [phrase("nothing")]}
        for number, (title, lines) in enumerate(said, 1)
    ]


def _events(phrase: Phrases, chapter: Chapter, plan: Plan, shown: Published) -> Iterator[str]:
    for row in shown.figures.by_activity:
        activity = plan.activities.get(row.code)
        is_event = activity is None or activity.kind is ActivityKind.EVENT
        if is_event and row.reports and section_of(row.code, plan, [chapter]) is not None:
            yield _event(phrase, row)


def _event(phrase: Phrases, row: FigureRow) -> str:
    if not row.people.total:
        return phrase("activity_events_nobody", name=row.name, events=count(row.reports))
    return phrase(
        "activity_events",
        name=row.name,
        events=count(row.reports),
        visits=count(row.people.total),
        sexes=sexes(phrase, row.people),
    )


def section_of(code: str, plan: Plan, chapters: Sequence[Chapter]) -> str | None:
    """The chapter's section in which an activity stands; one that the plan does not place stands in the first."""
    activity = plan.activities.get(code)
    section = activity.section if activity else ""
    if not section:
        return chapters[0].section
    return next((each.section for each in chapters if section.startswith(each.section)), None)


def _by_section(
    phrase: Phrases, chapters: Sequence[Chapter], plan: Plan, shown: Published, helped_lines: Sequence[str]
) -> Mapping[str, list[str]]:
    """What is summed by kind stands in the section of the kind's first activity."""
    figures = shown.figures
    lines = {
        ActivityKind.MEDIA: list(products(phrase, figures.media)),
        ActivityKind.SURVEY: list(quantity(phrase, "surveys", figures.surveys)),
        ActivityKind.INSPECTION: list(inspections(phrase, figures.inspections)),
        ActivityKind.DOCUMENT: list(quantity(phrase, "documents", figures.documents)),
        ActivityKind.SERVICE: list(helped_lines),
    }
    found: dict[str, list[str]] = {}
    for kind, said in lines.items():
        first = next((each.code for each in plan.activities.values() if each.kind is kind), "")
        section = section_of(first, plan, chapters) or chapters[-1].section
        found.setdefault(section, []).extend(said)
    return found
