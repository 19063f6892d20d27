"""Reading a body whole, but never more of it than a limit."""

import aiohttp


class TooLong(Exception):
    """There is more than the limit."""


async def read_whole(stream: aiohttp.StreamReader, limit: int) -> bytes:
    """All bytes up to the end; `TooLong` as soon as there are more than `limit`."""
    parts: list[bytes] = []
    length = 0
    async for part in stream.iter_any():
        length += len(part)
        if length > limit:
            raise TooLong(f"more than {limit} bytes")
        parts.append(part)
    return b"".join(parts)
