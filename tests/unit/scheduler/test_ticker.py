"""What a process need not look for again, and for how long."""

from datetime import UTC, datetime, timedelta

from scheduler.ticker import LOOK_AGAIN_SECONDS, Looked

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


class Clock:
    """Moved by the test."""

    seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def test_what_was_done_is_looked_for_again_after_an_hour() -> None:
    clock = Clock()
    looked = Looked(clock)
    looked.begin(NOW)
    looked.remember("nudge")
    clock.seconds += LOOK_AGAIN_SECONDS / 2
    looked.begin(NOW + timedelta(minutes=30))
    looked.remember("nudge")  # it has just been spared, not done
    assert looked.has("nudge")
    clock.seconds += LOOK_AGAIN_SECONDS / 2
    looked.begin(NOW + timedelta(minutes=60))
    assert not looked.has("nudge")


def test_what_must_always_be_looked_for_is_never_known() -> None:
    looked = Looked(Clock())
    looked.remember(None)
    assert not looked.has(None)


def test_a_clock_that_goes_back_makes_everything_worth_a_look() -> None:
    looked = Looked(Clock())
    looked.begin(NOW + timedelta(days=1))
    looked.remember("nudge")
    looked.begin(NOW + timedelta(days=1))
    assert looked.has("nudge")
    looked.begin(NOW)
    assert not looked.has("nudge")
