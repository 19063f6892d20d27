"""The kinds of activities."""

from enum import StrEnum


class ActivityKind(StrEnum):
    """What an activity is measured by, hence which questions a report asks."""

    EVENT = "event"
    MEDIA = "media"
    SURVEY = "survey"
    INSPECTION = "inspection"
    SERVICE = "service"
    DOCUMENT = "document"
