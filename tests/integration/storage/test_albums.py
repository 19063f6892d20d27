"""An album is answered once."""

from datetime import timedelta

from sqlalchemy import select

from conversation.intake import take_once
from messages import File, Incoming
from storage import tables as t
from storage.conversation import albums
from storage.db.database import Database
from tests.conversation import Officer, town


def photograph(officer: Officer, album: str, number: int) -> None:
    """One photo of an album."""
    photo = File(is_image=True, name="a.jpg", sha256=f"{number:064x}", album=album)
    key = albums.message_id(album, str(number)) if album else f"single{number}"
    incoming = Incoming("telegram", "bot", officer.account, key, photo)
    world, now = officer.town.world, officer.town.now
    officer.town.database.write(lambda db: take_once(db, world, incoming, now)).result()


def waiting(officer: Officer) -> list[tuple[str, bool]]:
    """What will be sent, and whether it waits for more to come."""
    query = select(t.outbox.c.body, t.outbox.c.next_at).where(t.outbox.c.state == "pending").order_by(t.outbox.c.id)
    rows = officer.town.database.read(lambda db: db.execute(query).all())
    due = officer.town.now + timedelta(seconds=1)
    return [(row.body, row.next_at is not None and row.next_at > due) for row in rows]


def at_the_photos(database: Database) -> Officer:
    """Somebody who is asked for photos, with nothing left to be sent."""
    officer = town(database).joined("propagandist", "P10-KP05", "telegram")
    for line in ("báo cáo", "1", "2", "hôm nay", "1", "nữ 30 nam 15"):
        officer.says(line)
    officer.taps("Hình ảnh")
    database.write(lambda db: db.execute(t.outbox.update().values(state="sent"))).result()
    return officer


def test_an_album_is_answered_once_with_all_its_photos(database: Database) -> None:
    officer = at_the_photos(database)
    for number in range(3):
        photograph(officer, "g1", number)
    ((body, waits),) = waiting(officer)
    assert "📷 3" in body
    assert waits


def test_single_photos_and_other_albums_have_answers_of_their_own(database: Database) -> None:
    officer = at_the_photos(database)
    photograph(officer, "g1", 1)
    photograph(officer, "g2", 2)
    photograph(officer, "", 3)
    assert [waits for _, waits in waiting(officer)] == [True, True, False]


def test_an_answer_that_is_being_sent_is_left_alone(database: Database) -> None:
    officer = at_the_photos(database)
    photograph(officer, "g1", 1)
    database.write(
        lambda db: db.execute(t.outbox.update().where(t.outbox.c.state == "pending").values(state="sending"))
    ).result()
    photograph(officer, "g1", 2)
    assert len(waiting(officer)) == 1
    states = database.read(lambda db: db.scalars(select(t.outbox.c.state)).all())
    assert "skipped" not in states
    assert "sending" in states
