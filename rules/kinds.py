"""The kinds of activities, and the other words that classify what a report says."""

from enum import StrEnum


class ActivityKind(StrEnum):
    """What an activity is measured by, hence which questions a report asks."""

    EVENT = "event"
    MEDIA = "media"
    SURVEY = "survey"
    INSPECTION = "inspection"
    SERVICE = "service"
    DOCUMENT = "document"


class Place(StrEnum):
    """Where an activity took place: in a unit (the root for "everywhere in it"), outside the root, or nobody said."""

    UNIT = "unit"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


class Reach(StrEnum):
    """How people are reached, as a target counts it: where what is known of them is found."""

    COMMUNICATION = "communication"
    """They came to an event."""
    TRAINING = "training"
    """They came to an activity that is a training; or a list says so."""
    SKILLS = "skills"
    """A list says who has knowledge, and who has skills: women alone are meant."""
    SERVICE = "service"
    """They were helped."""


class Sex(StrEnum):
    """Whom a number of people is about."""

    FEMALE = "female"
    MALE = "male"
    ALL = "all"


class Measure(StrEnum):
    """What a number that a unit supplies says of the people of a group."""

    PEOPLE = "people"
    """How many there are: the denominator."""
    REACHED = "reached"
    """How many earlier results say were reached, before there were reports."""
    TRAINED = "trained"
    KNOWLEDGE = "knowledge"
    SKILLS = "skills"
    SURVEY = "survey"
    """Which share a survey found, in tenths of a percent."""


class Mode(StrEnum):
    """What was done with a product: they are never one sum, since a ward prints what its neighbourhoods hand out."""

    MADE = "made"
    GIVEN = "given"
