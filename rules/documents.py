"""What can be issued, and how an issued document stands."""

from enum import StrEnum


class DocumentKind(StrEnum):
    """A kind of document with figures."""

    SUMMARY = "summary"
    """A week's summary, issued by the first reminder that showed it."""
    LETTER = "letter"
    WORKBOOK = "workbook"
    PLAN = "plan"
    """A draft plan's letter: what is planned and what it costs. No figures are frozen beside its file."""


class DocumentState(StrEnum):
    """A document is a draft, until number, day and signer were entered and its file lies frozen."""

    DRAFT = "draft"
    ISSUED = "issued"
