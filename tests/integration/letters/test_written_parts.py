"""What people write into letters: version by version, and who comes second is told so."""

from sqlalchemy import Connection

from periods.period import period_of
from storage.records import letters
from tests.integration.reports.world import NOW, World

YEAR = period_of("2020-10M")


def test_a_part_is_kept_version_by_version(world: World) -> None:
    db: Connection = world.db
    ward, person = world.units["P10"], world.person()
    letter = letters.open_letter(db, "results", ward, YEAR, NOW)
    assert letters.open_letter(db, "results", ward, YEAR, NOW) == letter == letters.find_letter(db, letter.id)
    assert letters.find_letter(db, letter.id + 1) is None
    assert letters.write(db, letter.id, "strengths", "Tốt", seen=0, person_id=person, now=NOW)
    assert not letters.write(db, letter.id, "strengths", "Khác", seen=0, person_id=person, now=NOW)
    assert letters.write(db, letter.id, "strengths", "Rất tốt", seen=1, person_id=person, now=NOW)
    assert letters.write(db, letter.id, "limits", "Còn ít", seen=0, person_id=None, now=NOW)
    found = letters.written_by(db, "results", YEAR, [ward])
    assert [(each.part, each.version, each.text, each.person) for each in found] == [
        ("strengths", 2, "Rất tốt", "Chị Lan"),
        ("limits", 1, "Còn ít", ""),
    ]
    assert letters.written_by(db, "results", YEAR, [world.units["P14"]]) == []
