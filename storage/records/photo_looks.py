"""Finds photos that stand in other reports, by their content or by what they look like.

What a photo looks like are 64 bits. Two pictures of one photo differ in three at most (`rules.second_look`), so that of
four quarters at least one is the same: an index finds those, and the bits are compared then.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, insert, or_, select

from rules.second_look import SeenPhoto, are_alike, is_telling
from rules.states import ReportState
from storage import tables as t

QUARTERS = 4
_BITS = 16
MOST = 200
"""Photos that are compared: a quarter of the bits is shared by few, unless many people photograph the same wall."""


def note(db: Connection, attachment_id: int, dhash: str) -> None:
    """Keep what a photo looks like where it can be looked for; nothing, if it looks like many others."""
    rows = [{"part": part, "attachment_id": attachment_id} for part in _parts(dhash)]
    if rows:
        db.execute(insert(t.photo_look), rows)


def _parts(dhash: str) -> Iterator[int]:
    """The quarters of the bits, each with its place before it."""
    look = int(dhash or "0", 16)
    if is_telling(look):
        for place in range(QUARTERS):
            yield (place << _BITS) | ((look >> (place * _BITS)) & 0xFFFF)


def elsewhere(db: Connection, attachment_ids: Sequence[int], report_id: int) -> list[SeenPhoto]:
    """The reports but one (0: all) in which one of these photos stands, the latest first."""
    photo, report = t.attachment.c, t.submission.c
    own = db.execute(select(photo.sha256, photo.dhash).where(photo.id.in_(attachment_ids), photo.sha256 != "")).all()
    if not own:
        return []
    hashes, looks = {sha256 for sha256, _ in own}, [dhash for _, dhash in own if dhash]
    parts = [part for dhash in looks for part in _parts(dhash)]
    look_alike = select(t.photo_look.c.attachment_id).where(t.photo_look.c.part.in_(parts))
    query = (
        select(photo.sha256, photo.dhash, report.id, t.unit.c.code, report.day)
        .join(t.submission, report.id == photo.submission_id)
        .join(t.unit, t.unit.c.id == report.unit_id)
        .where(or_(photo.sha256.in_(hashes), photo.id.in_(look_alike)))
        .where(photo.id.not_in(attachment_ids), report.id != report_id, report.state != ReportState.WITHDRAWN)
        .order_by(report.day.desc(), report.id.desc())
        .limit(MOST)
    )
    found = (
        SeenPhoto(number, unit, day)
        for sha256, dhash, number, unit, day in db.execute(query)
        if sha256 in hashes or any(_is_like(dhash, look) for look in looks)
    )
    return list(dict.fromkeys(found))


def _is_like(one: str, other: str) -> bool:
    return bool(one) and are_alike(int(one, 16), int(other, 16))
