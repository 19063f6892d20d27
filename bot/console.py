"""Talks with whoever sits at the terminal."""

import sys


def print_text(text: str, end: str = "\n") -> None:
    """Print at once, whatever reads it."""
    print(text, end=end, flush=True)  # noqa: T201 (this is the command line)


def asked(question: str) -> str:
    """Return what is typed after a question; nothing if nobody is there."""
    print_text(question, end="")
    return sys.stdin.readline().strip()


def agreed(question: str = "Do it?") -> bool:
    return asked(f"{question} Type yes: ").lower() in ("yes", "y", "có", "co")
