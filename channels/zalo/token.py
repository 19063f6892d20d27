"""A bot's token: the id is public, the secret never leaves the client."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Token:
    """`<numeric id>:<secret>`; printing it shows the id only."""

    bot: str
    value: str = field(repr=False)

    def __str__(self) -> str:
        return f"{self.bot}:…"


def tokens(setting: str) -> tuple[Token, ...]:
    """Read the tokens of a comma-separated setting. The message of an error shows none of them."""
    given = tuple(_token(part.strip(), place) for place, part in enumerate(setting.split(","), 1) if part.strip())
    if len({token.bot for token in given}) != len(given):
        raise ValueError("BOT_ZALO_TOKENS names the same bot twice: leave one of the two out")
    return given


def _token(text: str, place: int) -> Token:
    bot, colon, secret = text.partition(":")
    if not (colon and secret and bot.isascii() and bot.isdigit()):
        raise ValueError(f"BOT_ZALO_TOKENS: number {place} is not a token like 123456:secret; copy it again")
    return Token(bot, text)
