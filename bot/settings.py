"""Settings from the environment or `.env`; the names are fixed (docs/operations.md lists them)."""

import os
import secrets
import tempfile
from contextlib import suppress
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import UsageError
from periods.days import ZONE

MIN_SECRET_BYTES = 32
"""With a shorter secret a signature can be found by trying; with an empty one everybody can sign."""
KEPT_SECRET = Path("var/secret")
"""Where the installation's secret lies if no setting names one."""
POSTGRES = ("postgresql", "postgresql+psycopg")
LOOPBACK = "127.0.0.0/8, ::1"


class Settings(BaseSettings):
    """Every setting with its default; a wrong one stops the start with its name and what it takes."""

    model_config = SettingsConfigDict(env_prefix="BOT_", env_file=".env", extra="ignore")

    database_url: str = "sqlite:///var/bot.db"
    media: Path = Path("var/media")
    telegram_token: SecretStr | None = None
    telegram_api: str = "https://api.telegram.org"
    zalo_tokens: Annotated[tuple[SecretStr, ...], NoDecode] = ()
    zalo_api: str = "https://bot-api.zaloplatforms.com"
    webhook: bool = False
    public_url: str = ""
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    trusted_proxies: Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode] = Field(
        default=LOOPBACK, validate_default=True
    )
    timezone: str = ZONE.key
    plan: Path = Path("plan")
    secret: SecretStr | None = None

    @field_validator("zalo_tokens", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _networks(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(_network(part.strip()) for part in value.split(",") if part.strip())
        return value

    @field_validator("database_url")
    @classmethod
    def _known_kind(cls, value: str) -> str:
        try:
            parsed = make_url(value)
        except ArgumentError:
            parsed = None
        is_file = parsed and parsed.drivername == "sqlite" and parsed.database not in (None, "", ":memory:")
        if not is_file and not (parsed and parsed.drivername in POSTGRES):
            # Not the value itself: it may hold a password.
            raise ValueError("write sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME")
        return value

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        # Weeks and days of stored reports are this zone's: another one would need more than a setting.
        if value != ZONE.key:
            raise ValueError(f"this version knows {ZONE.key} only; leave the setting out")
        return value

    @field_validator("secret")
    @classmethod
    def _long_enough(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None or not value.get_secret_value():
            return None
        if len(value.get_secret_value().encode()) < MIN_SECRET_BYTES:
            raise ValueError(f"write at least {MIN_SECRET_BYTES} bytes, or leave it out: then one is made")
        return value

    @property
    def links_begin(self) -> str:
        """The beginning of every link."""
        return self.public_url.rstrip("/") or f"http://{self.host}:{self.port}"

    def key(self) -> bytes:
        """The installation's secret; made if it is not set. Raises `UsageError` for a damaged file."""
        if self.secret is not None:
            return self.secret.get_secret_value().encode()
        return kept_secret(KEPT_SECRET)

    def conflicts(self) -> list[str]:
        """Say which settings do not fit together, so that `run` cannot work, and what to do."""
        if not self.webhook or self.public_url.startswith("https://"):
            return []
        return ["BOT_WEBHOOK=1 needs BOT_PUBLIC_URL, the https address at which this bot is reached."]

    def secrets(self) -> list[str]:
        """The tokens and the secret, which must never be shown."""
        given = [self.telegram_token, self.secret, *self.zalo_tokens]
        return [secret.get_secret_value() for secret in given if secret is not None]


def _network(text: str) -> IPv4Network | IPv6Network:
    """Read a network; a single address is a network of one. IPv4 that is written as IPv6 is IPv4."""
    try:
        network = ip_network(text)
    except ValueError:
        raise ValueError(f"{text!r} is no address and no network; write 10.0.0.5 or 10.0.0.0/8") from None
    inside = network.network_address.ipv4_mapped if isinstance(network, IPv6Network) else None
    return ip_network((inside, network.prefixlen - 96)) if inside and network.prefixlen >= 96 else network


def kept_secret(path: Path) -> bytes:
    """Read the secret from a file that only we may read, or make it. Raises `UsageError` for a broken file."""
    if not path.exists():
        _make_secret(path)
    secret = path.read_bytes()
    if len(secret) < MIN_SECRET_BYTES:
        raise UsageError(broken_secret(path))
    return secret


def broken_secret(path: Path) -> str:
    """Say what is wrong with a file that is too short to be our secret, and what to do."""
    return (
        f"{path} is damaged: it holds fewer than {MIN_SECRET_BYTES} bytes. Put the one from a backup back, "
        "or delete it: a new one is made, and whoever uses the bot in a browser needs a new invitation."
    )


def _make_secret(path: Path) -> None:
    """Make the file with all its bytes or not at all. If two processes start at once, the first one's file stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, unfinished = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_urlsafe(MIN_SECRET_BYTES).encode())
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(unfinished, path)
    finally:
        Path(unfinished).unlink()
