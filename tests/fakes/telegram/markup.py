"""Telegram's HTML: to plain text with entities, or a refusal, as strict as the real parser."""

import re
from dataclasses import dataclass
from typing import Any

from tests.fakes.telegram.refusals import bad

_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
    "a": "text_link",
}
_TOKEN = re.compile(
    r"<(?P<close>/)?(?P<tag>[a-z-]*)(?P<rest>[^>]*)>|&(?P<name>lt|gt|amp|quot);|(?P<open><)|(?P<char>.)", re.DOTALL
)
_CHARACTERS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass
class _Open:
    tag: str
    offset: int
    rest: str


def parse_html(html: str) -> tuple[str, list[dict[str, Any]]]:
    """The text that is shown and its entities, offsets in UTF-16 units; raises the real parser's complaints."""
    text, entities, stack = "", [], list[_Open]()
    for token in _TOKEN.finditer(html):
        if token["open"]:
            raise bad(f"can't parse entities: Unclosed start tag at byte offset {token.start()}")
        if token["tag"] is None:
            text += _CHARACTERS[token["name"]] if token["name"] else token["char"]
        elif token["close"]:
            entities.append(_close(stack, token["tag"], utf16(text)))
        elif token["tag"] not in _KINDS:
            raise bad(f'can\'t parse entities: Unsupported start tag "{token["tag"]}" at byte offset {token.start()}')
        else:
            stack.append(_Open(token["tag"], utf16(text), token["rest"]))
    if stack:
        raise bad(f"can't parse entities: Can't find end tag corresponding to start tag {stack[-1].tag}")
    return text, [entity for entity in entities if entity["length"]]


def _close(stack: list[_Open], tag: str, end: int) -> dict[str, Any]:
    if not stack or stack[-1].tag != tag:
        raise bad(f'can\'t parse entities: Unmatched end tag "{tag}"')
    opened = stack.pop()
    entity: dict[str, Any] = {"type": _KINDS[tag], "offset": opened.offset, "length": end - opened.offset}
    if tag == "a":
        entity["url"] = opened.rest.partition('href="')[2].partition('"')[0]
    return entity
