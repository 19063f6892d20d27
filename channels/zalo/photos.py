"""Fetches a photo from the address that an update names, and lets nobody reach into our network that way.

The address comes from outside. So only https to public addresses is followed, each redirect is checked like the first
address, and no body is read beyond the limit. A host handed in by the composition root (a test server) is exempt.
"""

import socket
from collections.abc import Collection, Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import DefaultResolver
from yarl import URL

from channels.fetching import Gone, NotYet
from channels.zalo.limits import CONNECT_SECONDS, PHOTO_BYTES, PHOTO_REDIRECTS, PHOTO_SECONDS
from channels.zalo.streams import TooLong, read_whole

_REDIRECTS = (301, 302, 303, 307, 308)
_PASSING = (408, 425, 429)
_LAST_32_BITS = tuple(map(ip_network, ("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48")))
"""Networks of compatible, mapped and translated IPv4, and of NAT64 (RFC 4291, 7915, 6052, 8215): IPv4 stands last."""
_LOCAL_NAT64 = ip_network("64:ff9b:1::/48")
_TYPES = ("image/", "application/octet-stream", "binary/octet-stream")


class PublicResolver(AbstractResolver):
    """Resolves names to public addresses only. A name that also leads to an inner address is refused whole."""

    def __init__(self, exempt: Collection[str]) -> None:
        self._exempt = exempt
        self._inner = DefaultResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        addresses = await self._inner.resolve(host, port, family)
        if host not in self._exempt and not all(is_public(entry["host"]) for entry in addresses):
            raise OSError("the name leads to an address that is not public")
        return addresses

    async def close(self) -> None:
        await self._inner.close()


class PhotoFetcher:
    """Fetches photos over a session of its own; close it. The names in `test_hosts` may have any address."""

    def __init__(self, test_hosts: Collection[str] = ()) -> None:
        self._test_hosts = frozenset(test_hosts)
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(resolver=PublicResolver(self._test_hosts)),
            timeout=aiohttp.ClientTimeout(total=PHOTO_SECONDS, connect=CONNECT_SECONDS),
            cookie_jar=aiohttp.DummyCookieJar(),
        )

    async def close(self) -> None:
        await self._session.close()

    async def fetch(self, remote: str) -> bytes:
        """Return the photo's bytes.

        Raises `Gone` if it is not there, is no picture, is too long or must not be followed, else `NotYet`.
        """
        try:
            return await self._follow(URL(remote))
        except (aiohttp.InvalidURL, ValueError) as error:
            raise Gone("not an address") from error
        except TooLong as error:
            raise Gone(str(error)) from error
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise NotYet(type(error).__name__) from error

    async def _follow(self, url: URL) -> bytes:
        for _ in range(PHOTO_REDIRECTS + 1):
            self._check(url)
            async with self._session.get(url, allow_redirects=False) as response:
                if response.status in _REDIRECTS:
                    url = url.join(URL(response.headers.get("Location", "")))
                    continue
                return await _body(response)
        raise Gone("too many redirects")

    def _check(self, url: URL) -> None:
        if url.host in self._test_hosts:
            return
        if url.scheme != "https" or not url.host or url.port != 443:
            raise Gone("not a plain https address")
        # The connector asks no resolver about a literal address.
        if _is_literal(url.host) and not is_public(url.host):
            raise Gone("not a public address")


async def _body(response: aiohttp.ClientResponse) -> bytes:
    if response.status >= 500 or response.status in _PASSING:
        raise NotYet(f"status {response.status}")
    if response.status != 200:
        raise Gone(f"status {response.status}")
    if not response.content_type.startswith(_TYPES):
        raise Gone(f"a {response.content_type}, not a picture")
    return await read_whole(response.content, PHOTO_BYTES)


def is_public(address: str) -> bool:
    """Whether an IP address, and any address written inside it, belongs to the public internet."""
    parsed = ip_address(address)
    inside = tuple(_inside(parsed)) if isinstance(parsed, IPv6Address) else ()
    return all(ip.is_global and not ip.is_multicast for ip in inside or (parsed,))


def _inside(address: IPv6Address) -> Iterator[IPv4Address]:
    """Yield the IPv4 addresses to which an IPv6 address is translated or tunnelled."""
    if any(address in network for network in _LAST_32_BITS):
        yield IPv4Address(int(address) & 0xFFFF_FFFF)
    if address in _LOCAL_NAT64 and not int(address) & 0xFF_FFFF:  # there it may stand further to the left
        yield IPv4Address(0)
    if address.sixtofour:
        yield address.sixtofour
    yield from address.teredo or ()


def _is_literal(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
