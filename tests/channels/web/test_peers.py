"""Whose word is believed about who asks: networks decide, every line counts, and garbage is nobody's word."""

from dataclasses import replace
from ipaddress import ip_network

import pytest
from aiohttp.test_utils import TestClient, TestServer, make_mocked_request
from multidict import CIMultiDict

from bot.operations.doctor_proxies import forwarding
from channels.web import Ports, application
from channels.web.peers import LOOPBACK, Address, Proxies, counted_as, parse
from tests.conversation import Town
from tests.waiting import until

OURS = Proxies((ip_network("127.0.0.0/8"), ip_network("10.0.0.0/8"), ip_network("fd00::/8")))


def client(*lines: str, peer: str = "127.0.0.1", proxies: Proxies = OURS) -> str:
    """Who asks, by the lines of the header and the peer's address."""
    headers = CIMultiDict([("X-Forwarded-For", line) for line in lines])
    return str(proxies.client(make_mocked_request("GET", "/", headers).clone(remote=peer)))


@pytest.mark.parametrize(
    ("lines", "asks"),
    [
        ([], "127.0.0.1"),
        (["203.0.113.7"], "203.0.113.7"),
        (["198.51.100.1, 203.0.113.7"], "203.0.113.7"),
        (["198.51.100.1", "203.0.113.7"], "203.0.113.7"),
        (["203.0.113.7, 10.1.2.3"], "203.0.113.7"),
        (["198.51.100.1, 203.0.113.7", "10.1.2.3", "fd00::3"], "203.0.113.7"),
        (["10.9.9.9, 10.1.2.3"], "10.9.9.9"),
        (["::ffff:203.0.113.7"], "203.0.113.7"),
        (["203.0.113.7, ::ffff:10.1.2.3"], "203.0.113.7"),
        (["2001:db8::7"], "2001:db8::7"),
        (["  203.0.113.7\t,\t10.1.2.3  "], "203.0.113.7"),
    ],
)
def test_the_first_address_from_the_right_that_is_no_proxy_of_ours_asks(lines: list[str], asks: str) -> None:
    assert client(*lines) == asks


@pytest.mark.parametrize("peer", ["203.0.113.7", "::ffff:203.0.113.7", "2001:db8::1"])
def test_a_stranger_is_not_believed_about_anybody(peer: str) -> None:
    assert client("198.51.100.1", peer=peer) == str(parse(peer))


@pytest.mark.parametrize(
    "garbage",
    ["", "unknown", "_hidden", "localhost", "203.0.113.7:80", "[2001:db8::7]", "203.0.113", "٢٠٣.0.113.7", "1.2.3.4%x"],
)
def test_garbage_is_not_believed_nor_what_stands_before_it(garbage: str) -> None:
    assert client(f"198.51.100.1, {garbage}") == "127.0.0.1"
    assert client(f"198.51.100.1, {garbage}, 10.1.2.3") == "10.1.2.3"


def test_a_chain_longer_than_any_real_one_ends_unread() -> None:
    assert client(*["198.51.100.1"], *["10.1.2.3"] * 100_000) == "10.1.2.3"


@pytest.mark.parametrize("peer", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
def test_by_itself_only_a_proxy_on_this_machine_is_believed(peer: str) -> None:
    assert client("203.0.113.7", peer=peer, proxies=LOOPBACK) == "203.0.113.7"
    assert client("203.0.113.7, 10.1.2.3", peer=peer, proxies=LOOPBACK) == "10.1.2.3"


def test_nobody_is_believed_where_no_proxy_is_trusted() -> None:
    assert client("203.0.113.7", proxies=Proxies(())) == "127.0.0.1"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::7", "2001:db8:1:2:ffff::1", True),
        ("2001:db8:1:2::7", "2001:db8:1:3::7", False),
        ("fe80::1%a", "fe80::1%b", True),
        ("203.0.113.7", "::ffff:203.0.113.7", True),
        ("203.0.113.7", "203.0.113.8", False),
    ],
)
def test_whoever_may_choose_among_addresses_is_counted_once(one: str, other: str, same: bool) -> None:
    assert (counted_as(_address(one)) == counted_as(_address(other))) is same


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded"])
def test_a_proxy_that_no_setting_names_is_noticed(header: str) -> None:
    request = make_mocked_request("GET", "/", {header: "for=203.0.113.7"})
    assert str(OURS.ignored(request.clone(remote="192.0.2.1"))) == "192.0.2.1"
    assert OURS.ignored(request.clone(remote="10.0.0.1")) is None
    assert OURS.ignored(make_mocked_request("GET", "/").clone(remote="192.0.2.1")) is None


async def test_the_doctor_hears_of_a_proxy_that_no_setting_names(ports: Ports, gv: Town) -> None:
    def told() -> list[str]:
        return [
            found.text for found in gv.database.read(lambda db: list(forwarding(db, gv.now))) if found.state != "ok"
        ]

    for proxies, is_told in ((LOOPBACK, False), (Proxies(()), True)):
        async with TestClient(TestServer(application(replace(ports, proxies=proxies)))) as client:
            for _ in range(3):
                await client.get("/", headers={"X-Forwarded-For": "203.0.113.7"})
        if is_told:
            await until(told)  # it is written beside the answers
        assert bool(told()) is is_told
    assert told()[0].startswith("127.0.0.1 forwards for others and is not believed, at 2026-11-18 10:00 last")
    gv.later(days=8)
    assert not told()


def _address(text: str) -> Address:
    found = parse(text)
    assert found
    return found
