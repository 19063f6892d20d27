"""Errors that the caller can mend."""


class UsageError(Exception):
    """Its text is all that is shown: what is wrong, and what to do."""
