"""Checks a letter's file against the rules of official documents: `problems_of` reads it back and names each breach."""

from reports.letters.checking.rules import Breach, problems_of

__all__ = ["Breach", "problems_of"]
