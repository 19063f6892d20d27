"""What a text is taken for: by order of the readers, with one look at the interview, and without writing anything."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection

from conversation import routing
from conversation.readings import Meaning, Reading, Surety
from handlers.context import Turn
from interview.lines import one_line
from interview.walking import engine
from interview.walking.stepping import Stepping
from storage.conversation.turns import known_sender
from tests.conversation import Officer, Town

DAY = ("báo cáo", "1", "1")
TOPIC = (*DAY, "hôm nay", "1", "nữ 30 nam 15", "chủ đề")
REPORT = "hôm qua khu phố có tọa đàm, 30 nữ 15 nam"
MEANINGS = (
    ((), "2", Meaning.CHOICE),
    ((), "tóm tắt tuần này", Meaning.CHOICE),
    ((), "menu", Meaning.COMMAND),
    ((), "/menu", Meaning.COMMAND),
    ((), "/toi Lan", Meaning.NAME),
    ((), "K7MP-4XQ2", Meaning.CODE),
    ((), "/start K7MP-4XQ2", Meaning.CODE),
    ((), "báo cáo hôm qua nữ 30", Meaning.REPORT),
    ((), REPORT, Meaning.REPORT),
    ((), "hôm qua em bị ốm", Meaning.NOTHING),
    ((), "tóm tắt tuần trước", Meaning.SUMMARY),
    ((), "tuần trước", Meaning.SUMMARY),
    ((), "cảm ơn em", Meaning.SMALL_TALK),
    ((), "?", Meaning.SMALL_TALK),
    ((), "báo cáu", Meaning.NEAR_MISS),
    ((), "/abc", Meaning.NOTHING),
    (DAY, "hôm qua", Meaning.ANSWER),
    (DAY, "1", Meaning.ANSWER),
    (DAY, "lùi", Meaning.ANSWER),
    (DAY, "/lui", Meaning.MOVE),
    (DAY, "menu", Meaning.COMMAND),
    (DAY, "không biết", Meaning.ANSWER),
    (DAY, "báo cáo hôm qua nữ 30 nam 15", Meaning.REPORT),
    (DAY, "tóm tắt tuần trước", Meaning.SUMMARY),
    (("báo cáo",), REPORT, Meaning.REPORT),
    ((*DAY, "menu"), "2", Meaning.CHOICE),
    ((*DAY, "/ngonngu"), "English", Meaning.CHOICE),
    (TOPIC, "menu", Meaning.COMMAND),
    (TOPIC, "cán bộ", Meaning.ANSWER),
    (TOPIC, "Báo cáo viên nói về bạo lực gia đình", Meaning.ANSWER),
    (TOPIC, REPORT, Meaning.ANSWER),
)
"""What was said before, what is said now, and what it is taken for."""


def read(officer: Officer, text: str) -> Reading:
    """What a text is taken for; by a connection that cannot write, where there are such."""
    world, now = officer.town.world, officer.town.now

    def query(db: Connection) -> Reading:
        known = known_sender(db, officer.channel, officer.bot, officer.account)
        assert known is not None
        return routing.read(Turn.of(db, world, known, officer.channel, now, inbox_id=1), text)

    return officer.town.database.read(query)


@pytest.fixture
def officer(gv: Town) -> Officer:
    return gv.joined("propagandist", "P10-KP05", channel="zalo")


@pytest.mark.parametrize(("before", "text", "meaning"), MEANINGS)
def test_a_text_is_taken_for(officer: Officer, before: tuple[str, ...], text: str, meaning: Meaning) -> None:
    for said in before:
        officer.says(said)
    assert read(officer, text).meaning is meaning


@pytest.mark.parametrize(("text", "meaning"), [("đồng ý", Meaning.CONSENT), ("cảm ơn", Meaning.ANYTHING)])
def test_before_the_consent_nothing_else_is_read(gv: Town, text: str, meaning: Meaning) -> None:
    newcomer = gv.stranger()
    newcomer.says(f"/start {gv.invitation('propagandist', 'P10-KP05')}")
    assert read(newcomer, text).meaning is meaning


def test_what_the_question_cannot_take_is_no_more_than_likely(officer: Officer) -> None:
    for said in DAY:
        officer.says(said)
    assert read(officer, "không biết").surety is Surety.LIKELY
    assert read(officer, "hôm qua").surety is Surety.SURE
    officer.sees("Làm vào ngày nào?")


@pytest.mark.parametrize(("before", "text"), [(before, text) for before, text, _ in MEANINGS])
def test_no_interview_is_looked_at_twice_for_a_text(
    officer: Officer, before: tuple[str, ...], text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for said in before:
        officer.says(said)
    with counted(monkeypatch) as calls:
        officer.says(text)
    assert not {call: times for call, times in calls.items() if times > 1}


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """How often each interview is looked at and takes a step, and how often a text is read as a line."""
    calls: Counter[str] = Counter()

    def counting(name: str, of: Callable[..., object]) -> Callable[..., object]:
        def count(first: object, *others: object) -> object:
            calls[f"{name} {first.state.interview}" if isinstance(first, Stepping) else name] += 1
            return of(first, *others)

        return count

    with monkeypatch.context() as patched:
        for module, name in ((engine, "Standing"), (engine, "react"), (one_line, "line_of")):
            patched.setattr(module, name, counting(name, getattr(module, name)))
        yield calls
