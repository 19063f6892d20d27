"""Whether a file is a draft or was issued, with what, in whose place, and what it changes: as words and as a table."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from locales import Say
from reports.files.building import Data
from reports.files.tables import Column, Holds, Row, Table
from reports.wording import day_text, moment


@dataclass(frozen=True, slots=True)
class Entered:
    """Number, day and signer of an issued document; the sentence that says what it replaces, and what it changes."""

    number: str
    day: str
    signer: str
    replaces: str = ""
    changed: tuple[tuple[str, str, str], ...] = ()

    @classmethod
    def read(cls, data: Data) -> "Entered | None":
        """As a recipe's data say (`reports.files.issued`); `None` for a draft."""
        if not data.get("issue"):
            return None
        number, day, signer, replaces = data["issue"]
        changed = tuple((str(label), str(was), str(now)) for label, was, now in data.get("changed", ()))
        return cls(number, _day(day), signer, replaces, changed)


def _day(written: str) -> str:
    return day_text(date.fromisoformat(written)) if written else ""


def as_of_text(say: Say, entered: Entered | None, when: datetime) -> str:
    """ "Dự thảo, số liệu lúc …", or "Số 12/BC-UBND ngày 5/11/2020, số liệu lúc …"."""
    if entered is None:
        return say("Draft, as of {when}", when=moment(say, when))
    return say("Number {number} of {day}, as of {when}", number=entered.number, day=entered.day, when=moment(say, when))


def standing_rows(say: Say, entered: Entered | None) -> Iterator[Row]:
    """The rows of the first sheet that say it."""
    if entered is None:
        yield say("Standing"), say("DRAFT"), say("It is issued only with a number, a day and a signature.")
        return
    yield say("Standing"), say("ISSUED"), say("Its figures and its file stay as they are.")
    yield say("Number"), entered.number, ""
    yield say("Day"), entered.day, ""
    yield say("Signed by"), entered.signer, ""
    if entered.replaces:
        yield say("It replaces"), entered.replaces, ""


def changed_table(say: Say, entered: Entered | None) -> Iterator[Table]:
    """The figures that are others than in the document that is replaced."""
    if entered is None or not entered.changed:
        return
    columns = (
        Column("figure", say("Figure"), say("Which figure."), Holds.TEXT, 50),
        Column("old", say("Before"), say("As in the document that is replaced."), Holds.TEXT, 16),
        Column("new", say("Now"), say("As in this document."), Holds.TEXT, 16),
    )
    about = say("What has changed since the document that this one replaces.")
    yield Table("changed", say("Changed figures"), about, columns, entered.changed)
