"""`make images`: the pictures of the README, drawn from the demo's year. The same sample gives the same files."""

import sys
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from sqlalchemy import Connection

from bot.demo.clock import START
from bot.demo.sample import fill, tell_earlier
from bot.prepare import OpenInstallation, prepare
from bot.settings import Settings
from periods.period import period_of
from reports.pictures.asked import Asked, PictureKind, picture_of
from reports.rendering import render_png

README = (
    (PictureKind.BARS, "GV", period_of("2020-10")),
    (PictureKind.CALENDAR, "GV", period_of("2020-Q3")),
)


def main(folder: Path) -> None:
    """Tell the year into a database that is thrown away, and write the pictures into a folder."""
    with tempfile.TemporaryDirectory() as place:
        settings = Settings(database_url=f"sqlite:///{place}/demo.db", media=Path(place))
        prepared = prepare(settings, START)
        with prepared.database as database:
            database.write(lambda db: _tell(db, prepared)).result()
            for name, content in database.read(lambda db: [*_drawn(db, prepared)]):
                (folder / name).write_bytes(content)


def _tell(db: Connection, prepared: OpenInstallation) -> None:
    numbers, forms = count(), prepared.world.forms
    fill(db, forms, START, lambda: f"phone{next(numbers)}")
    while tell_earlier(db, forms):
        pass


def _drawn(db: Connection, prepared: OpenInstallation) -> Iterator[tuple[str, bytes]]:
    for kind, unit, period in README:
        made = picture_of(kind, Asked(db, prepared.plan, unit, period, START, "vi"))
        assert made is not None  # noqa: S101 (both kinds are always there)
        yield f"{kind}.png", render_png(made.kind, made.data)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
