"""Back-off grows, is spread, and ends."""

from datetime import UTC, datetime

import pytest

from scheduler.outcomes import NotSent, pause, result_of
from storage.delivery.claims import Claimed


@pytest.mark.parametrize(("attempts", "shortest", "longest"), [(0, 0.5, 1), (3, 4, 8), (9, 150, 300), (250, 150, 300)])
def test_pauses_double_up_to_five_minutes(attempts: int, shortest: float, longest: float) -> None:
    assert (pause(attempts, 0.0), pause(attempts, 1.0)) == (shortest, longest)


def test_what_the_platform_says_about_coming_back_is_obeyed() -> None:
    machine = datetime(2026, 1, 1, tzinfo=UTC)
    row = Claimed(1, 1, 1, "answer", "", 5, "a", "t")
    result = result_of(row, NotSent("429", retry_in=7.0), machine, 0.5)
    assert result.next_at is not None
    assert (result.next_at - machine).total_seconds() == 7.0
