"""What goes to a push service is what the RFCs say, to public addresses only; each answer has its outcome."""

import json
import socket
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path

import pytest
from aiohttp.abc import ResolveResult
from aiohttp.resolver import ThreadedResolver
from cryptography.hazmat.primitives.asymmetric import ec

from channels.push.addresses import is_public
from channels.push.encrypting import public_part, server_key
from channels.push.knocking import PushSettings, text_of
from channels.push.sender import PushSender, outcome_of, session
from messages.base64url import from_base64url
from messages.pushing import is_push_address, read_subscription
from scheduler.outcomes import Ambiguous, Delivered, Impossible, NotSent, Outcome, Unreachable
from tests.fakes.push import Browser, PushService, Refused, decrypt, serving

SECRET = b"a secret of the tests that is long enough"
KEY = PushSettings(SECRET, "").public_key()
TEXT = text_of("vi")


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
async def pushing(tmp_path: Path) -> AsyncIterator[tuple[PushService, PushSender]]:
    async with serving(tmp_path) as (service, client):
        yield service, PushSender(client, SECRET, "https://bot.example", now)


def test_the_fake_reads_the_rfcs_own_example() -> None:
    private = int.from_bytes(from_base64url("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"), "big")
    body = (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3j"
        "l7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )
    key = ec.derive_private_key(private, ec.SECP256R1())
    plain = decrypt(from_base64url(body), key, from_base64url("BTBZMqHH6r4Tts7J_aSIgg"))
    assert plain == b"When I grow up, I want to be a watermelon"


async def test_a_knock_arrives_and_says_only_that_something_waits(pushing: tuple[PushService, PushSender]) -> None:
    service, sender = pushing
    browser = service.add(Browser("hoa", KEY))
    assert await sender.send(browser.subscription, TEXT) == Delivered()
    assert service.got["hoa"] == [{"title": "Có tin mới đang chờ anh/chị", "text": "Anh/chị chạm để mở."}]
    assert service.refused == []


async def test_another_servers_key_is_refused(pushing: tuple[PushService, PushSender]) -> None:
    service, sender = pushing
    other = PushSettings(b"another secret of the tests, long enough", "").public_key()
    assert await sender.send(service.add(Browser("hoa", other)).subscription, TEXT) == Impossible("status 403")
    assert service.got["hoa"] == []


async def test_a_browser_that_is_gone_is_known_to_be(pushing: tuple[PushService, PushSender]) -> None:
    service, sender = pushing
    assert await sender.send(Browser("nobody", KEY).subscription, TEXT) == Unreachable("status 404")
    service.answers["hoa"] = [410]
    assert await sender.send(service.add(Browser("hoa", KEY)).subscription, TEXT) == Unreachable("status 410")


async def test_keys_that_are_on_no_curve_end_the_subscription(pushing: tuple[PushService, PushSender]) -> None:
    wrong = replace(Browser("hoa", KEY).subscription, p256dh="BA" + "A" * 85)
    assert isinstance(await pushing[1].send(wrong, TEXT), Unreachable)


@pytest.mark.parametrize(
    ("status", "after", "outcome"),
    [
        (201, "", Delivered()),
        (202, "", Delivered()),
        (429, "30", NotSent("status 429", 30.0)),
        (503, "", NotSent("status 503")),
        (503, "Wed, 21 Oct 2026 07:28:00 GMT", NotSent("status 503")),
        (500, "", Ambiguous("status 500")),
        (400, "", Impossible("status 400")),
        (302, "", Impossible("status 302")),
    ],
)
def test_each_answer_has_its_outcome(status: int, after: str, outcome: Outcome) -> None:
    assert outcome_of(status, after) == outcome


def test_a_key_is_the_secrets_and_no_secret_is_told_by_it() -> None:
    assert public_part(server_key(SECRET)) == public_part(server_key(SECRET))
    assert public_part(server_key(SECRET)) != public_part(server_key(SECRET + b"x"))
    assert (len(from_base64url(KEY)), from_base64url(KEY)[0]) == (65, 4)


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example/a",
        "https://127.0.0.1/a",
        "https://[::1]/a",
        "https://2130706433/a",
        "https://0x7f.0.0.0x1/a",
        "https://127.1/a",
        "https://localhost/a",
        "https://push.example:8443/a",
        "https://me:pw@push.example/a",
        "https://push.example/ a",
        "https://push.example/á",
        "https://[/a",
        "file:///etc/passwd",
        "https://push.example/" + "a" * 1_024,
        7,
        None,
    ],
)
def test_what_is_no_push_address_is_none(endpoint: object) -> None:
    assert not is_push_address(endpoint)
    keys = Browser("hoa", KEY).to_json()["keys"]
    with pytest.raises((ValueError, TypeError)):
        read_subscription({"endpoint": endpoint, "keys": keys})


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("142.250.1.1", True),
        ("2a00:1450::1", True),
        ("10.0.0.1", False),
        ("127.0.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 (an address to refuse)
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1", False),
        ("fc00::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::1", False),
    ],
)
def test_only_addresses_that_are_everybodys_are_called(address: str, public: bool) -> None:
    assert is_public(ip_address(address)) is public


@pytest.mark.parametrize(
    ("leads_to", "outcome"),
    [
        (["10.0.0.7"], Unreachable("not a public address")),
        (["142.250.1.1", "::1"], Unreachable("not a public address")),
        ([], NotSent("ClientConnectorDNSError")),
    ],
)
async def test_a_name_that_leads_home_is_not_followed(
    monkeypatch: pytest.MonkeyPatch, leads_to: list[str], outcome: Outcome
) -> None:
    async def resolve(_: object, host: str, port: int, family: socket.AddressFamily) -> list[ResolveResult]:
        if not leads_to:
            raise OSError("no such name")
        return [
            ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=0)
            for address in leads_to
        ]

    monkeypatch.setattr(ThreadedResolver, "resolve", resolve)
    async with session() as client:
        sender = PushSender(client, SECRET, "", now)
        assert await sender.send(Browser("hoa", KEY).subscription, TEXT) == outcome


def test_the_fake_refuses_what_the_rfcs_do() -> None:
    with pytest.raises(Refused, match="record"):
        decrypt(bytes(21), ec.generate_private_key(ec.SECP256R1()), b"")
    assert json.loads(TEXT).keys() == {"title", "text"}
