"""Resolves push services' names to public addresses only: a browser's word must not make us call our own network.

The address that was looked at is the one that is connected to, so that a name cannot lead elsewhere in between.
"""

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

_TRANSLATED = IPv6Network("64:ff9b::/96")


class NotPublic(OSError):
    """A name leads to an address that is not everybody's."""


class PublicResolver(AbstractResolver):
    """Resolves as the system does, and refuses a name as soon as one of its addresses is not public."""

    def __init__(self) -> None:
        self._system = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        found = await self._system.resolve(host, port, family)
        if not all(is_public(ip_address(one["host"].partition("%")[0])) for one in found):
            raise NotPublic("not a public address")
        return found

    async def close(self) -> None:
        await self._system.close()


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether anybody may call this address; one that stands for an IPv4 address is that address."""
    if isinstance(address, IPv6Address):
        inside = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if address in _TRANSLATED:
            inside = IPv4Address(int(address) & 0xFFFFFFFF)
        if inside is not None:
            return is_public(inside)
    return address.is_global and not address.is_multicast
