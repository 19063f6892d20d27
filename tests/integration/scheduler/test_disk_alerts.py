"""A full disk is told to the secretariat, once a day."""

from scheduler.disk_alerts import warn_of_full_disk
from tests.conversation import Town


def test_the_secretariat_is_told_of_a_full_disk_once_a_day(gv: Town) -> None:
    office, chair = gv.joined("secretariat", "GV"), gv.joined("ward_chair", "P10")
    for day in range(1, 3):
        for _ in range(2):
            gv.database.write(lambda db: warn_of_full_disk(db, gv.now)).result()
            gv.later(hours=1)
        assert len(gv.notices(office)) == day
        gv.later(days=1)
    assert "Ổ đĩa của bot đã đầy" in gv.notices(office)[0].text
    assert gv.notices(chair) == []
