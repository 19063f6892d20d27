"""The addresses that bring people in."""

from services.directory.codes import written


def link_of(public_url: str, code: str) -> str:
    """Make the link to the page that joins by a code."""
    return f"{public_url}/j/{written(code)}"
