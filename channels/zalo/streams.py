"""Reads a body whole, but never more of it than a limit."""

import aiohttp


class TooLong(Exception):
    """The body is longer than the limit."""


async def read_whole(stream: aiohttp.StreamReader, limit: int) -> bytes:
    """Read all bytes up to the end; raise `TooLong` as soon as there are more than `limit`."""
    parts: list[bytes] = []
    length = 0
    async for part in stream.iter_any():
        length += len(part)
        if length > limit:
            raise TooLong(f"more than {limit} bytes")
        parts.append(part)
    return b"".join(parts)
