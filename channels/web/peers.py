"""Who is at the other end: the one place that reads forwarded headers, and whom it believes.

A proxy says in X-Forwarded-For whom it speaks for, and so can anybody. The chain is therefore read from the right,
over every line of the header, as long as whoever added an entry is a proxy that the operator trusts
(`BOT_TRUSTED_PROXIES`); what stands to the left of the first address that is none is hearsay.
"""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TypeAlias

from aiohttp import hdrs, web

from channels.web.limits import ADDRESS_BITS, MAX_HOPS

Address: TypeAlias = IPv4Address | IPv6Address
Network: TypeAlias = IPv4Network | IPv6Network
FORWARDED = (hdrs.X_FORWARDED_FOR, hdrs.FORWARDED)
"""By either a proxy shows itself; only the first is read."""


class Proxies:
    """The addresses whose forwarded headers are believed."""

    def __init__(self, networks: Iterable[Network]) -> None:
        self._networks = tuple(networks)

    def trusts(self, address: Address | None) -> bool:
        """Whether this is a proxy of ours."""
        return address is not None and any(address in network for network in self._networks)

    def client(self, request: web.BaseRequest) -> Address | None:
        """Who asks: the peer, or whom the last of our proxies speaks for; `None` once the peer has gone.

        A proxy of ours that names nobody, or writes what is no address, is taken for the one who asks.
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
        """The peer, if it forwards for others and is not believed: a proxy that a setting forgot, or a liar."""
        peer = parse(request.remote or "")
        return None if self.trusts(peer) or not any(name in request.headers for name in FORWARDED) else peer


LOOPBACK = Proxies((ip_network("127.0.0.0/8"), ip_network("::1/128")))
"""A proxy on the same machine."""


def counted_as(address: Address | None) -> str:
    """Under what an address is counted: itself, or in IPv6 the network that its owner may choose addresses from."""
    if isinstance(address, IPv6Address):
        return str(ip_network((int(address), ADDRESS_BITS), strict=False))
    return str(address or "")


def parse(text: str) -> Address | None:
    """An address as it is written in a header or by a socket; IPv4 in the clothes of IPv6 is IPv4."""
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address
