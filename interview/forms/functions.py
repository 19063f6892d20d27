"""The functions of ODK XForms that lxml's XPath does not know (https://docs.getodk.org/form-operators-functions/).

Dates are ISO strings; where they are compared or reckoned with they count as days since 1970-01-01, so that
`. <= today()` and `today() - 7` mean what the form's author means.
"""

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeAlias

from lxml import etree

from interview.forms.patterns import matches

Argument: TypeAlias = "str | float | bool | list[etree._Element]"
Result: TypeAlias = str | float | bool

NAMESPACE = "urn:odk"
_EPOCH = date(1970, 1, 1)
_MOST_DAYS = 700_000.0
"""From 1970 to the calendar's ends, in the years 54 and 3886; no day lies further away."""
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}.*)?")
_TIME = re.compile(r"([0-9]{2}):([0-9]{2})(?::[0-9]{2}.*)?")
_DECIMAL = re.compile(r"-?[0-9]+(?:\.[0-9]*)?")
_DATE_PART = re.compile(r"%(.)")


def text_of(value: object) -> str:
    """XPath's string(): of a node set the first node's text, of a number no needless decimals."""
    if isinstance(value, list):
        return text_of(value[0]) if value else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if math.isnan(value) or math.isinf(value):
            return ""
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, etree._Element):
        return "".join(str(part) for part in value.itertext())
    return str(value)


def number_of(value: Argument) -> float:
    """XPath's number(), and dates as days, times as parts of a day; NaN where there is no number."""
    if isinstance(value, bool | float):
        return float(value)
    text = text_of(value).strip()
    try:
        if _DATE.fullmatch(text):
            return _days(text)
        if clock := _TIME.fullmatch(text):
            return (int(clock[1]) * 60 + int(clock[2])) / 1440
        return float(text) if _DECIMAL.fullmatch(text) else math.nan
    except ValueError:
        return math.nan


def _days(text: str) -> float:
    if len(text) == 10:
        return float((date.fromisoformat(text) - _EPOCH).days)
    moment = datetime.fromisoformat(text).replace(tzinfo=None)
    return (moment - datetime(1970, 1, 1)) / timedelta(days=1)  # noqa: DTZ001 - the difference of two local times


def _texts(values: Iterable[Argument]) -> list[str]:
    """The texts of all nodes and values, the empty ones left out."""
    spread = [part for value in values for part in (value if isinstance(value, list) else [value])]
    return [text for text in map(text_of, spread) if text]


def _selected(chosen: Argument, name: Argument) -> bool:
    return text_of(name).strip() in text_of(chosen).split()


def _count_selected(chosen: Argument) -> float:
    return float(len(text_of(chosen).split()))


def _selected_at(chosen: Argument, index: Argument) -> str:
    names, at = text_of(chosen).split(), number_of(index)
    return names[int(at)] if 0 <= at < len(names) else ""


def _if(condition: Argument, then: Argument, otherwise: Argument) -> Result:
    chosen = then if _truth(condition) else otherwise
    return text_of(chosen) if isinstance(chosen, list) else chosen


def _truth(value: Argument) -> bool:
    return not math.isnan(value) and value != 0 if isinstance(value, float) else bool(value)


def _coalesce(*values: Argument) -> str:
    return next(filter(None, map(text_of, values)), "")


def _regex(text: Argument, pattern: Argument) -> bool:
    return matches(text_of(pattern), text_of(text))


def _substr(text: Argument, start: Argument, end: Argument = math.inf) -> str:
    whole = text_of(text)
    first, last = number_of(start), number_of(end)
    return (
        ""
        if not math.isfinite(first)
        else whole[int(first) : None if math.isinf(last) or math.isnan(last) else int(last)]
    )


def _int(value: Argument) -> float:
    number = number_of(value)
    return number if math.isnan(number) or math.isinf(number) else float(math.trunc(number))


def _round(value: Argument, places: Argument = 0.0) -> float:
    number, digits = number_of(value), number_of(places)
    if math.isnan(number) or math.isnan(digits):
        return math.nan
    factor = 10.0 ** int(digits)
    return math.floor(number * factor + 0.5) / factor


def _min(*values: Argument) -> float:
    return min((number_of(text) for text in _texts(values)), default=math.nan)


def _max(*values: Argument) -> float:
    return max((number_of(text) for text in _texts(values)), default=math.nan)


def _sum(*values: Argument) -> float:
    return float(sum(number_of(text) for text in _texts(values)))


def _position(nodes: Argument) -> float:
    if not isinstance(nodes, list) or not nodes:
        return math.nan
    return float(1 + sum(1 for _ in nodes[0].itersiblings(nodes[0].tag, preceding=True)))


def _concat(*values: Argument) -> str:
    return "".join(_texts(values))


def _date(value: Argument) -> str:
    number = number_of(value)
    return "" if not abs(number) < _MOST_DAYS else (_EPOCH + timedelta(days=math.floor(number))).isoformat()


_DATE_PARTS: Mapping[str, Callable[[datetime], str]] = {
    "Y": lambda moment: f"{moment.year:04}",
    "y": lambda moment: f"{moment.year % 100:02}",
    "m": lambda moment: f"{moment.month:02}",
    "n": lambda moment: str(moment.month),
    "d": lambda moment: f"{moment.day:02}",
    "e": lambda moment: str(moment.day),
    "H": lambda moment: f"{moment.hour:02}",
    "h": lambda moment: str(moment.hour),
    "M": lambda moment: f"{moment.minute:02}",
    "S": lambda moment: f"{moment.second:02}",
    "b": lambda moment: moment.strftime("%b"),
    "a": lambda moment: moment.strftime("%a"),
}


def _format_date(value: Argument, pattern: Argument) -> str:
    days = number_of(value)
    if not abs(days) < _MOST_DAYS:
        return ""
    moment = datetime(1970, 1, 1) + timedelta(days=days)  # noqa: DTZ001 - a local time stays one
    return _DATE_PART.sub(lambda part: _DATE_PARTS[part[1]](moment) if part[1] in _DATE_PARTS else "", text_of(pattern))


@dataclass(frozen=True, slots=True)
class Function:
    """A function by its name in forms and how many arguments it takes (`most` -1: any number)."""

    call: Callable[..., Result] | None
    """`None`: XPath's own."""
    least: int
    most: int


FUNCTIONS: Mapping[str, Function] = {
    "selected": Function(_selected, 2, 2),
    "count-selected": Function(_count_selected, 1, 1),
    "selected-at": Function(_selected_at, 2, 2),
    "if": Function(_if, 3, 3),
    "coalesce": Function(_coalesce, 1, -1),
    "regex": Function(_regex, 2, 2),
    "substr": Function(_substr, 2, 3),
    "int": Function(_int, 1, 1),
    "round": Function(_round, 1, 2),
    "min": Function(_min, 1, -1),
    "max": Function(_max, 1, -1),
    "sum": Function(_sum, 1, -1),
    "concat": Function(_concat, 1, -1),
    "date": Function(_date, 1, 1),
    "format-date": Function(_format_date, 2, 2),
    "number": Function(number_of, 1, 1),
    # XPath's own
    "last": Function(None, 0, 0),
    "count": Function(None, 1, 1),
    "string": Function(None, 0, 1),
    "starts-with": Function(None, 2, 2),
    "contains": Function(None, 2, 2),
    "substring-before": Function(None, 2, 2),
    "substring-after": Function(None, 2, 2),
    "substring": Function(None, 2, 3),
    "string-length": Function(None, 0, 1),
    "normalize-space": Function(None, 0, 1),
    "translate": Function(None, 3, 3),
    "boolean": Function(None, 1, 1),
    "not": Function(None, 1, 1),
    "true": Function(None, 0, 0),
    "false": Function(None, 0, 0),
    "floor": Function(None, 1, 1),
    "ceiling": Function(None, 1, 1),
}
POSITION = Function(_position, 0, 1)
"""XPath's own without an argument, ODK's with one."""
