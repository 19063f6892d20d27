"""Settings come from the environment, wrong ones are named; the log shows no secret, whoever wrote the line."""

import errno
import io
import logging
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot import logs
from bot.errors import UsageError
from bot.settings import MIN_SECRET_BYTES, Settings, kept_secret

TOKEN = "123456:AAH-canary-token"
KEY = "canary-secret-of-this-installation"


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"BOT_{name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What a logger with our formatter writes."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.Redacting([TOKEN, KEY, ""]))
    logger = logging.getLogger("tests.redacting")
    logger.addHandler(handler)
    logger.propagate = False
    yield stream
    logger.removeHandler(handler)
    logger.propagate = True


def test_without_any_setting_it_runs_on_this_machine_alone() -> None:
    settings = Settings()
    assert settings.database_url == "sqlite:///var/bot.db"
    assert (settings.host, settings.port, settings.webhook) == ("127.0.0.1", 8080, False)
    assert (settings.telegram_token, settings.zalo_tokens, settings.secrets()) == (None, (), [])
    assert settings.links_begin == "http://127.0.0.1:8080"


@pytest.mark.parametrize(
    ("given", "networks"),
    [
        (None, ["127.0.0.0/8", "::1/128"]),
        ("", []),
        ("10.0.0.5, fd00::/8,", ["10.0.0.5/32", "fd00::/8"]),
        ("::ffff:10.0.0.0/104", ["10.0.0.0/8"]),
    ],
)
def test_trusted_proxies_are_addresses_or_networks(
    monkeypatch: pytest.MonkeyPatch, given: str | None, networks: list[str]
) -> None:
    if given is not None:
        monkeypatch.setenv("BOT_TRUSTED_PROXIES", given)
    assert [str(network) for network in Settings().trusted_proxies] == networks


@pytest.mark.parametrize("wrong", ["proxy.example", "10.0.0.5/8", "10.0.0.0/33", "1"])
def test_what_is_no_network_is_named(monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    monkeypatch.setenv("BOT_TRUSTED_PROXIES", f"127.0.0.1, {wrong}")
    with pytest.raises(ValidationError, match=f"'{wrong}' is no address and no network"):
        Settings()


def test_settings_come_from_the_environment_and_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("BOT_PORT=9000\nBOT_HOST=0.0.0.0\nBOT_UNKNOWN=1\nOTHER=x\n")
    monkeypatch.setenv("BOT_PORT", "9001")
    monkeypatch.setenv("BOT_ZALO_TOKENS", " 1:a, 2:b ,,")
    monkeypatch.setenv("BOT_PUBLIC_URL", "https://bot.example/")
    settings = Settings()
    assert (settings.port, settings.host) == (9001, "0.0.0.0")  # noqa: S104 (a setting, not a socket)
    assert [token.get_secret_value() for token in settings.zalo_tokens] == ["1:a", "2:b"]
    assert settings.links_begin == "https://bot.example"
    assert not settings.webhook


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", "x"),
        ("port", "-1"),
        ("port", "65536"),
        ("webhook", "perhaps"),
        ("database_url", ""),
        ("database_url", "bot.db"),
        ("database_url", "sqlite://"),
        ("database_url", "sqlite:///:memory:"),
        ("database_url", "mysql://root:s3cret@localhost/bot"),
        ("database_url", "postgresql+asyncpg://root:s3cret@localhost/bot"),
        ("secret", "s3cret"),
        ("secret", "x" * (MIN_SECRET_BYTES - 1)),
    ],
)
def test_a_wrong_setting_is_named_and_its_value_is_not_repeated(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"BOT_{name.upper()}", value)
    with pytest.raises(ValidationError) as caught:
        Settings()
    [error] = caught.value.errors()
    assert error["loc"] == (name,)
    assert "s3cret" not in error["msg"]


@pytest.mark.parametrize("url", ["sqlite:///var/bot.db", "postgresql://u@h/n", "postgresql+psycopg://u:p@h:5/n?x=1"])
def test_both_databases_are_taken(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("BOT_DATABASE_URL", url)
    assert Settings().database_url == url


def test_secrets_show_in_no_representation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("BOT_ZALO_TOKENS", f"{TOKEN}2,{TOKEN}3")
    monkeypatch.setenv("BOT_SECRET", KEY)
    settings = Settings()
    for shown in (repr(settings), str(settings), settings.model_dump_json()):
        assert "canary" not in shown
    assert settings.secrets() == [TOKEN, KEY, f"{TOKEN}2", f"{TOKEN}3"]
    assert settings.key() == KEY.encode()


def test_the_secret_is_made_once_for_us_alone(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secret"
    with ThreadPoolExecutor(8) as pool:
        assert Settings().key()
        found = set(pool.map(kept_secret, [path] * 8))
    assert found == {path.read_bytes()}
    assert len(path.read_bytes()) >= MIN_SECRET_BYTES
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["secret"]


def test_an_empty_secret_counts_as_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("BOT_SECRET=\n")
    assert len(Settings().key()) >= MIN_SECRET_BYTES
    monkeypatch.setenv("BOT_SECRET", "")
    assert len(Settings().key()) >= MIN_SECRET_BYTES


@pytest.mark.parametrize("kept", [b"", b"x" * (MIN_SECRET_BYTES - 1)])
def test_a_damaged_secret_signs_nothing_and_is_not_replaced(tmp_path: Path, kept: bytes) -> None:
    path = tmp_path / "secret"
    path.write_bytes(kept)
    with pytest.raises(UsageError, match=r"is damaged.*from a backup"):
        kept_secret(path)
    assert path.read_bytes() == kept


def test_a_disk_that_is_full_leaves_no_half_a_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    path = tmp_path / "var" / "secret"
    with monkeypatch.context() as broken:
        broken.setattr("bot.settings.os.fsync", full)
        with pytest.raises(OSError, match="No space"):
            kept_secret(path)
    assert list(path.parent.iterdir()) == []
    assert len(kept_secret(path)) >= MIN_SECRET_BYTES


def test_the_log_hides_secrets_in_messages_arguments_and_tracebacks(log: io.StringIO) -> None:
    logger = logging.getLogger("tests.redacting")
    logger.warning("calling https://api.telegram.org/bot%s/getMe", TOKEN)
    logger.warning("%s", {"secret": KEY})
    try:
        int(f"no answer from /bot{TOKEN}/getUpdates")
    except ValueError:
        logger.exception("a call failed")
    written = log.getvalue()
    assert "canary" not in written
    assert written.count(logs.HIDDEN) == 3
    assert "ValueError" in written


def test_a_log_line_has_its_time_level_and_place(log: io.StringIO) -> None:
    logging.getLogger("tests.redacting").warning("stopping")
    time, level, place, message = log.getvalue().split()
    assert (level, place, message) == ("WARNING", "tests.redacting:", "stopping")
    assert len(time) == len("2026-11-18T10:00:00+0700")
