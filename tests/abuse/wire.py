"""Bytes on a socket, without a client that would mend them."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from tests.waiting import PATIENCE

HALF = b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "
"""Headers that never end."""


async def dial(port: int, source: str = "127.0.0.1") -> socket.socket:
    """A connection from an address of the loopback; close it."""
    connection = socket.socket()
    connection.setblocking(False)
    connection.bind((source, 0))
    await asyncio.get_running_loop().sock_connect(connection, ("127.0.0.1", port))
    return connection


async def dial_many(port: int, sources: list[str], begin: bytes) -> list[socket.socket]:
    """A connection from each source, with the same first bytes sent; in batches, as a server's queue is short."""
    made: list[socket.socket] = []
    for first in range(0, len(sources), 100):
        batch = await asyncio.gather(*(dial(port, source) for source in sources[first : first + 100]))
        for connection in batch:
            connection.send(begin)
        made += batch
    return made


def holding(connections: list[socket.socket]) -> AbstractContextManager[list[socket.socket]]:
    """Keep these open, and close them in the end."""

    @contextmanager
    def held() -> Iterator[list[socket.socket]]:
        try:
            yield connections
        finally:
            for each in connections:
                each.close()

    return held()


async def answer(port: int, request: bytes, source: str = "127.0.0.1") -> bytes:
    """Everything that comes back for these bytes until the server closes."""
    connection = await dial(port, source)
    with holding([connection]):
        await asyncio.get_running_loop().sock_sendall(connection, request)
        return await rest(connection)


async def rest(connection: socket.socket) -> bytes:
    """What comes until the server closes, in whatever way."""
    loop, parts = asyncio.get_running_loop(), [b""]
    async with asyncio.timeout(PATIENCE):
        try:
            while part := await loop.sock_recv(connection, 1 << 16):
                parts.append(part)
        except ConnectionError:
            pass
    return b"".join(parts)


def is_cut(connection: socket.socket) -> bool:
    """Whether the server has closed it; nothing was answered."""
    try:
        return connection.recv(1) == b""
    except BlockingIOError:
        return False
    except ConnectionError:
        return True


def status(raw: bytes) -> int:
    """Of an answer's first line; 0 if there is none."""
    return int(raw.split(b" ", 2)[1]) if raw.startswith(b"HTTP/") else 0
