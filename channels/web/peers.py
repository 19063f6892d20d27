"""Finds out who is at the other end. This is the one place that reads forwarded headers.

A proxy says in X-Forwarded-For whom it speaks for, but anybody else can write that header, too. So the chain is read
from the right, over every line of the header, as long as each entry was added by a proxy that the operator trusts
(`BOT_TRUSTED_PROXIES`). Everything to the left of the first other address is hearsay.
"""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TypeAlias

from aiohttp import hdrs, web

from channels.web.limits import ADDRESS_BITS, MAX_HOPS

Address: TypeAlias = IPv4Address | IPv6Address
Network: TypeAlias = IPv4Network | IPv6Network
FORWARDED = (hdrs.X_FORWARDED_FOR, hdrs.FORWARDED)
"""Either header shows that there is a proxy; only the first is read."""


class Proxies:
    """The addresses whose forwarded headers are believed."""

    def __init__(self, networks: Iterable[Network]) -> None:
        self._networks = tuple(networks)

    def trusts(self, address: Address | None) -> bool:
        """Whether this is a proxy of ours."""
        return address is not None and any(address in network for network in self._networks)

    def client(self, request: web.BaseRequest) -> Address | None:
        """Find the client's address: the peer's, or what the last of our proxies names. `None` once the peer left.

        If a proxy of ours names nobody, or writes no address, it counts as the client itself.
        """
        client = parse(request.remote or "")
        chain = ",".join(request.headers.getall(hdrs.X_FORWARDED_FOR, [])).rsplit(",", MAX_HOPS)
        for said in reversed(chain[-MAX_HOPS:]):
            before = parse(said.strip()) if self.trusts(client) else None
            if before is None:
                break
            client = before
        return client

    def ignored(self, request: web.BaseRequest) -> Address | None:
        """Return the peer if it forwards for others and is not trusted: a proxy that the settings forgot, or a liar."""
        peer = parse(request.remote or "")
        return None if self.trusts(peer) or not any(name in request.headers for name in FORWARDED) else peer


LOOPBACK = Proxies((ip_network("127.0.0.0/8"), ip_network("::1/128")))
"""A proxy on the same machine."""


def counted_as(address: Address | None) -> str:
    """Name what an address is counted as: itself, or in IPv6 the network from which its owner may choose addresses."""
    if isinstance(address, IPv6Address):
        return str(ip_network((int(address), ADDRESS_BITS), strict=False))
    return str(address or "")


def parse(text: str) -> Address | None:
    """Read an address as a header or a socket writes it. IPv4 that is written as IPv6 is IPv4."""
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address
