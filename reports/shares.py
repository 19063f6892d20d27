"""What share of visits is women's: of those whose sex is known, and as an interval while many are not sorted."""

from dataclasses import dataclass

from locales import Say, number
from reports.figures import People

MOST_UNSORTED = 20
"""At most one visit in so many (5 %) may be unsorted where a share is one number and units are ranked by it."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share in whole per cent, from `least` to `most`; the same twice where it is one number."""

    least: int
    most: int


def is_sorted(people: People) -> bool:
    """Whether so few visits are unsorted that women's and men's can be compared."""
    return people.unsorted * MOST_UNSORTED <= people.total


def share_of_women(people: People) -> Share | None:
    """Of the sorted visits; with more than 5 % unsorted the interval in which it lies, whoever these were."""
    known = people.female + people.male
    if not people.total or (is_sorted(people) and not known):
        return None
    if is_sorted(people):
        share = _percent(people.female, known)
        return Share(share, share)
    return Share(people.female * 100 // people.total, -(-(people.female + people.unsorted) * 100 // people.total))


def _percent(part: int, whole: int) -> int:
    """A whole per cent, a half upwards."""
    return (200 * part + whole) // (2 * whole)


def share_text(say: Say, people: People) -> str:
    """ "Nữ chiếm 62 % trong 1.150 lượt đã phân theo giới tính; còn 75 lượt chưa phân."; empty where there is none."""
    share = share_of_women(people)
    if share is None:
        return ""
    known, unsorted = (number(count, say.language) for count in (people.female + people.male, people.unsorted))
    if not people.unsorted:
        return say("Women: {share} % of {known} visits.", share=share.least, known=known)
    if share.least == share.most and is_sorted(people):
        return say(
            "Women: {share} % of {known} visits known by sex; {unsorted} are not.",
            share=share.least,
            known=known,
            unsorted=unsorted,
        )
    return say(
        "Women: from {least} % to {most} %, since {unsorted} of {total} visits are not known by sex.",
        least=share.least,
        most=share.most,
        unsorted=unsorted,
        total=number(people.total, say.language),
    )
