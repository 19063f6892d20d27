"""What comes in is cleaned, what goes out comes back from the outbox as it was put there."""

import dataclasses
import json
import sqlite3
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from messages import (
    AskedAt,
    Choice,
    Document,
    Incoming,
    Outgoing,
    PassOn,
    Picture,
    Text,
    Wanted,
    Wants,
    clean,
    decode,
    encode,
)

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
ANY_TEXTS = st.text(st.characters(), max_size=60)
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)
RECIPES = st.dictionaries(TEXTS, JSON, max_size=3)
MESSAGES = st.builds(
    Outgoing,
    text=TEXTS,
    choices=st.lists(st.builds(Choice, TEXTS, TEXTS, TEXTS), max_size=4).map(tuple),
    pictures=st.lists(st.builds(Picture, TEXTS, RECIPES, TEXTS), max_size=5).map(tuple),
    document=st.none() | st.builds(Document, TEXTS, RECIPES, TEXTS),
    asks=st.none() | st.builds(AskedAt, st.integers(), st.integers()),
    wants=st.none() | st.builds(Wants, st.sampled_from(Wanted), st.integers(), TEXTS, TEXTS, TEXTS),
    pass_on=st.none() | st.builds(PassOn, TEXTS, TEXTS, TEXTS, TEXTS),
)


@given(MESSAGES)
def test_a_message_comes_back_from_the_outbox_as_it_was(message: Outgoing) -> None:
    assert decode(encode(message)) == message


def test_what_was_queued_with_its_one_picture_still_shows_it() -> None:
    old = '{"text":"Tuần 45","picture":["week_bars",{"week":"2020-W45"},"chart"]}'
    assert decode(old) == Outgoing("Tuần 45", pictures=(Picture("week_bars", {"week": "2020-W45"}, "chart"),))


def test_a_plain_message_is_kept_short() -> None:
    assert encode(Outgoing("Đã lưu", (Choice("menu", "Menu"),))) == '{"text":"Đã lưu","choices":[["menu","Menu"]]}'


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b", "a\ufffdb"),
        ("a\ud800b\udfff", "a\ufffdb\ufffd"),
        ("\ufffe\uffff", "\ufffd\ufffd"),
        ("\x1b[31mđỏ\x07", "\ufffd[31mđỏ\ufffd"),
        ("\x85\x9f\x7f", "\ufffd" * 3),
        ("một\r\nhai\tba\nbốn", "một\nhai\tba\nbốn"),
        ("Trần Thị Bưởi 🌸 👩🏽‍🌾", "Trần Thị Bưởi 🌸 👩🏽‍🌾"),
        ("\u200f30\u202e", "\u200f30\u202e"),
        ("", ""),
    ],
)
def test_what_no_store_can_hold_is_replaced_and_all_else_stays(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@given(ANY_TEXTS)
def test_a_clean_text_can_be_stored_and_parsed_and_is_clean(text: str) -> None:
    found = clean(text)
    assert clean(found) == found
    assert sqlite3.connect(":memory:").execute("SELECT ?", (found,)).fetchone() == (found,)
    element = etree.Element("answer")
    element.text = found
    assert etree.fromstring(etree.tostring(element)).text == (found or None)
    assert "\x00" not in found
    assert json.loads(json.dumps(found)) == found


@given(TEXTS.filter(lambda text: clean(text) == text))
def test_what_can_be_stored_is_not_touched(text: str) -> None:
    assert clean(text) == text.replace("\r\n", "\n")


def test_messages_are_values() -> None:
    update = Incoming("web", "b", "a", "1", Text("x"))
    assert update == Incoming("web", "b", "a", "1", Text("x"))
    with pytest.raises(dataclasses.FrozenInstanceError):
        update.account = "b"  # type: ignore[misc]
