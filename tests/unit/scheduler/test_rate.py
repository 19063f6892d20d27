"""Places in a rate, on a clock that the test moves."""

from scheduler.rate import Rate


class Clock:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_a_burst_then_the_rate() -> None:
    clock = Clock()
    rate = Rate(2.0, 3, clock)
    assert rate.take(10) == 3
    assert rate.take(10) == 0
    assert rate.delay() == 0.5
    clock.seconds = 1.0
    assert rate.take(10) == 2


def test_places_that_were_not_needed_come_back_up_to_the_burst() -> None:
    rate = Rate(1.0, 2, Clock())
    assert rate.take(2) == 2
    rate.give_back(5)
    assert rate.take(9) == 2


def test_a_pause_leaves_no_place_before_its_end() -> None:
    clock = Clock()
    rate = Rate(10.0, 30, clock)
    rate.pause(5.0)
    assert rate.take(1) == 0
    assert rate.delay() == 5.0
    clock.seconds = 5.0
    assert rate.take(9) == 1


def test_a_pause_is_as_long_after_a_quiet_hour() -> None:
    clock = Clock()
    rate = Rate(10.0, 30, clock)
    clock.seconds = 3_600.0
    rate.pause(5.0)
    clock.seconds += 4.0
    assert rate.take(1) == 0
    clock.seconds += 1.0
    assert rate.take(9) == 1


def test_only_what_was_spent_is_owed_and_once() -> None:
    rate = Rate(1.0, 9, Clock())
    assert rate.owed() == (0, 0.0)
    rate.spend(3)
    rate.pause(2.0)
    assert rate.owed() == (3, 2.0)
    assert rate.owed() == (0, 0.0)
