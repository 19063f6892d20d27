"""What a reader sees while a picture or document of an answer is being drawn."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import pytest

from messages import Document, Outgoing, Picture, encode
from scheduler import sending
from scheduler.outcomes import AttachedFile, Delivered, Outcome
from scheduler.sending import Sending
from storage.delivery.claims import Claimed
from tests.waiting import PATIENCE

CHART = Outgoing("Tuần 45", pictures=(Picture("attendance", {}),))
LETTER = Outgoing("Đây ạ", document=Document("letter", {}, "thu.docx"))


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever else the machine does meanwhile, a file that is there at once is drawn before anybody notices."""
    monkeypatch.setattr(sending, "NOTICED_SECONDS", PATIENCE)


@pytest.fixture
def once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long the machine takes, nothing is announced a second time."""
    monkeypatch.setattr(sending, "ACTION_SECONDS", PATIENCE)


@dataclass
class Chat:
    """A chat that shows what comes, in its order; `is_shown` once there were so many actions."""

    awaited: int = 1
    fails: bool = False
    seen: list[str] = field(default_factory=list)
    is_shown: Event = field(default_factory=Event)
    channel: str = "telegram"
    bot: str = "1"

    async def send(self, address: str, message: Outgoing, files: tuple[AttachedFile, ...]) -> Outcome:
        self.seen.append(f"{address}: {message.text} [{' '.join(file.name for file in files)}]")
        return Delivered()

    async def show_action(self, address: str, *, is_picture: bool) -> None:
        self.seen.append(f"{address}: … {'photo' if is_picture else 'document'}")
        if len(self.seen) >= self.awaited:
            self.is_shown.set()
        if self.fails:
            raise OSError


GONE = Document("stored", {"sha256": "ab" * 32, "otherwise": "Tệp không còn lưu ở đây."}, "so.xlsx")


def row(message: Outgoing, kind: str = "answer") -> Claimed:
    return Claimed(1, 1, 1, kind, encode(message), 0, "lan", "t")


def drawn_after(event: Event) -> Callable[[Picture | Document], Path]:
    """A renderer that takes until then."""

    def draw(_recipe: Picture | Document) -> Path:
        assert event.wait(PATIENCE)
        return Path("bars.png")

    return draw


@pytest.mark.usefixtures("once")
@pytest.mark.parametrize(
    ("message", "action", "name"), [(CHART, "photo", "bars.png"), (LETTER, "document", "thu.docx")]
)
async def test_what_takes_its_time_is_announced_before_it_comes(message: Outgoing, action: str, name: str) -> None:
    chat = Chat()
    assert await Sending(drawn_after(chat.is_shown)).send(chat, row(message)) == Delivered()
    assert chat.seen == [f"lan: … {action}", f"lan: {message.text} [{name}]"]


async def test_what_takes_long_is_announced_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "ACTION_SECONDS", 0.01)
    chat = Chat(awaited=3)
    await Sending(drawn_after(chat.is_shown)).send(chat, row(CHART))
    assert chat.seen[:3] == ["lan: … photo"] * 3
    assert chat.seen[-1] == "lan: Tuần 45 [bars.png]"
    before = len(chat.seen)
    await asyncio.sleep(0.05)
    assert len(chat.seen) == before


async def test_an_announcement_that_fails_disturbs_nothing() -> None:
    chat = Chat(fails=True)
    assert await Sending(drawn_after(chat.is_shown)).send(chat, row(CHART)) == Delivered()
    assert chat.seen[-1] == "lan: Tuần 45 [bars.png]"


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize(("message", "names"), [(CHART, "bars.png"), (Outgoing("Chào"), "")])
async def test_what_is_there_at_once_comes_unannounced(message: Outgoing, names: str) -> None:
    chat = Chat()
    await Sending(lambda _: Path("bars.png")).send(chat, row(message))
    assert chat.seen == [f"lan: {message.text} [{names}]"]


async def test_nobody_is_told_to_wait_for_a_reminder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "NOTICED_SECONDS", 0.0)
    chat, is_drawn = Chat(), Event()
    task = asyncio.create_task(Sending(drawn_after(is_drawn)).send(chat, row(CHART, "digest")))
    await asyncio.sleep(0.05)
    is_drawn.set()
    await task
    assert chat.seen == ["lan: Tuần 45 [bars.png]"]


@pytest.mark.usefixtures("at_once")
async def test_one_picture_that_cannot_be_drawn_does_not_keep_the_others_back() -> None:
    def draw(recipe: Picture | Document) -> Path:
        if recipe.data["n"] == 2:
            raise LookupError
        return Path(f"{recipe.data['n']}.jpg")

    chat = Chat()
    report = Outgoing("x", pictures=tuple(Picture("stored", {"n": n}) for n in (1, 2, 3)))
    await Sending(draw).send(chat, row(report))
    assert chat.seen == ["lan: x [1.jpg 3.jpg]"]


@pytest.mark.usefixtures("at_once")
async def test_a_file_that_is_gone_is_said_to_be_gone() -> None:
    def gone(_recipe: Picture | Document) -> Path:
        raise LookupError("a stored file is gone")

    chat = Chat()
    await Sending(gone).send(chat, row(Outgoing("Đây ạ", document=GONE)))
    assert chat.seen == ["lan: Đây ạ\n\nTệp không còn lưu ở đây. []"]
