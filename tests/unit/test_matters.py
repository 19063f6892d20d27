"""What a report is counted under when advice is given."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rules.quality import Marks, Matter, matters_of
from rules.timeliness import timely_until

LATE_FROM = timely_until("2020-W45")
FINE = Marks("2020-W45", LATE_FROM - timedelta(seconds=1), returned=False, warned=False, disputed=False, unsorted=False)


def test_a_report_is_late_from_the_very_moment_on() -> None:
    assert matters_of(FINE) == frozenset()
    assert matters_of(replace(FINE, since=LATE_FROM)) == {Matter.LATE}


@pytest.mark.parametrize(
    ("marks", "matter"),
    [
        (replace(FINE, returned=True), Matter.RETURNED),
        (replace(FINE, warned=True), Matter.WARNED),
        (replace(FINE, disputed=True), Matter.DISPUTED),
        (replace(FINE, unsorted=True), Matter.UNSORTED),
    ],
)
def test_each_mark_is_a_matter_of_its_own(marks: Marks, matter: Matter) -> None:
    assert matters_of(marks) == {matter}
