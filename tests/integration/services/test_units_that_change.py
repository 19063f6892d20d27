"""What people see of a unit that was renamed or moved: each report under the name and the ward of its day."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection

from storage.directory.unit_rows import set_version
from storage.directory.units import directory_changed
from tests.conversation import WEDNESDAY as NOW
from tests.integration.services.house import House


@pytest.fixture
def house(db: Connection) -> House:
    return House(db)


def test_a_report_keeps_the_name_and_the_ward_of_its_day(house: House) -> None:
    officer = house.member("propagandist", "P10-KP05")
    report, since = house.report(officer, "P10-KP05"), NOW.date() + timedelta(days=1)
    set_version(house.db, report.unit_id, since, name="Khu phố Mới", parent_id=house.unit_id("P11"))
    directory_changed(house.db)
    later = house.viewer(officer.person_id)
    later.now = NOW + timedelta(days=2)
    assert later.tree.title("P10-KP05") == "Khu phố Mới, Phường 11"
    assert [held.unit_name for held in later.roles] == ["Khu phố Mới"]
    assert later.title_of(report) == "Khu phố 5, Phường 10"
