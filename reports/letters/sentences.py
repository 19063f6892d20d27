"""Figures in whole sentences that agree with number and direction: pure, and made of the plan's phrases.

Visits are "lượt", never people; nobody whose sex is unknown is split by guess (`rules.small_numbers` says what may be
said of services).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reports.figures import Completeness, Inspections, People, ProductRow
from reports.letters.numerals import count, percent
from reports.shares import is_sorted
from rules.comparing import Fairness, fairness
from rules.kinds import Mode


class Phrases:
    """The plan's phrases, with values put in."""

    def __init__(self, phrases: Mapping[str, str]) -> None:
        self._phrases = phrases

    def __call__(self, key: str, /, **values: object) -> str:
        return self._phrases[key].format(**values)


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure beside that of another period: `what` and `unit` are endings of phrases, as in `what_visits`."""

    what: str
    now: int
    before: int


def sexes(phrase: Phrases, people: People) -> str:
    """ "nữ 40 lượt, nam 20 lượt, chưa phân theo giới tính 79 lượt": women and men unless all are unsorted."""
    parts = [phrase("women", count=count(people.female)), phrase("men", count=count(people.male))]
    if not people.female + people.male:
        parts = []
    if people.unsorted:
        parts.append(phrase("unsorted", count=count(people.unsorted)))
    return ", ".join(parts)


def attendance(phrase: Phrases, events: int, people: People) -> Iterator[str]:
    """How many events there were, who came, and the share of women where it can be said."""
    if not events:
        yield phrase("no_events")
        return
    if not people.total:
        yield phrase("events_nobody", events=count(events))
        return
    values = {"events": count(events), "visits": count(people.total)}
    if not people.female + people.male:
        yield phrase("events_unsorted", **values)
        return
    yield phrase("events", **values, sexes=sexes(phrase, people))
    yield share_of_women(phrase, people)


def share_of_women(phrase: Phrases, people: People) -> str:
    """The share of women among those whose sex is known; between two ends where too many are unsorted."""
    sorted_, unsorted = people.female + people.male, people.unsorted
    if not is_sorted(people):
        return phrase(
            "share_between",
            low=percent(people.female, people.total),
            high=percent(people.female + unsorted, people.total),
            unsorted=count(unsorted),
        )
    values = {"share": percent(people.female, sorted_), "sorted": count(sorted_)}
    return phrase("share_rest", **values, unsorted=count(unsorted)) if unsorted else phrase("share", **values)


@dataclass(frozen=True, slots=True)
class Received:
    """The weekly reports that were received and expected, now and in the period that stands beside it."""

    now: tuple[int, int] = (0, 0)
    before: tuple[int, int] = (0, 0)


def compared(
    phrase: Phrases, base: str, figures: Sequence[Compared], received: Received | None = None
) -> Iterator[str]:
    """A sentence for each figure: more, fewer or the same; one alone where there is nothing to compare with.

    `received` is `None` where the earlier period has no reports. Periods that were reported about unequally are not
    compared (`rules.comparing`), here as everywhere.
    """
    if received is None:
        yield phrase("no_base", base=base)
        return
    found = fairness(received.now, received.before)
    if found is Fairness.NOT:
        yield _not_compared(phrase, base, received)
        return
    for each in figures:
        key = "more" if each.now > each.before else "fewer" if each.now < each.before else "same"
        values = {"now": count(each.now), "unit": phrase(f"unit_{each.what}"), "what": phrase(f"what_{each.what}")}
        if key != "same":
            values |= {"before": count(each.before), "difference": count(abs(each.now - each.before))}
        yield phrase(key, base=base, **values)
    if found is Fairness.ROUGH:
        now, before = (percent(*weeks) for weeks in (received.now, received.before))
        yield phrase("received_shares", base=base, now=now, before=before)


def _not_compared(phrase: Phrases, base: str, received: Received) -> str:
    """Which of the two was reported about less, and how little."""
    now, before = received.now, received.before
    is_now = now[0] * before[1] < before[0] * now[1] or not before[1]
    less, weeks = (phrase("less_now"), now) if is_now else (base, before)
    return phrase("not_compared", base=base, less=less, received=count(weeks[0]), expected=count(weeks[1]))


def products(phrase: Phrases, rows: Sequence[ProductRow]) -> Iterator[str]:
    """What was made, and what was given out: never one sum."""
    for mode, key in ((Mode.MADE, "made"), (Mode.GIVEN, "given")):
        of_mode = [
            phrase("product", name=lower(row.name), count=count(row.quantity)) for row in rows if row.mode == mode
        ]
        if of_mode:
            yield phrase(key, products="; ".join(of_mode))


def inspections(phrase: Phrases, found: Inspections) -> Iterator[str]:
    """What was inspected, and what was found."""
    if found.checked and not found.violations:
        yield phrase("inspections_clean", checked=count(found.checked))
    elif found.checked:
        numbers = {"violations": count(found.violations), "handled": count(found.handled)}
        yield phrase("inspections", checked=count(found.checked), **numbers)


def quantity(phrase: Phrases, key: str, value: int) -> Iterator[str]:
    """Survey forms, or texts reviewed, if there were any."""
    if value:
        yield phrase(key, count=count(value))


def reporting(phrase: Phrases, kept: Completeness, owing: str, *, is_week: bool) -> str:
    """Who owed reports, and what was done about it."""
    if not kept.expected:
        return phrase("weeks_none")
    done = {
        "on_time": kept.on_time,
        "nil": kept.nil.count,
        "mending": kept.mending.count,
        "missing": kept.missing.count,
    }
    items = [phrase(f"weeks_{name}", count=count(many)) for name, many in done.items() if many]
    return phrase(
        "weeks_one" if is_week else "weeks_many",
        owing=owing,
        expected=count(kept.expected),
        received=count(kept.received),
        share=percent(kept.received, kept.expected),
        details=phrase("weeks_detail", items=", ".join(items)) if items else "",
    )


def doubts(phrase: Phrases, not_approved: int, disputed: int) -> Iterator[str]:
    """What is still to be decided about the figures."""
    if not_approved:
        yield phrase("not_approved", count=count(not_approved))
    if disputed:
        yield phrase("disputed", count=count(disputed))


def lower(name: str) -> str:
    """A name within a sentence; an abbreviation stays as it is."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
