"""Takes places in a lane's rate for one look: the process's own, and those that all processes of a bot share."""

from dataclasses import dataclass

from sqlalchemy import Connection

from scheduler.rate import Rate
from storage.delivery import bot_rates
from storage.delivery.bot_rates import Places


@dataclass(slots=True)
class TakenPlaces:
    """`number` places for the rows claimed next; `use` gives back those that are not needed."""

    number: int
    rate: Rate
    shared: Places | None = None

    def use(self, db: Connection, number: int) -> None:
        """Keep so many of them for the rows that were claimed."""
        self.rate.give_back(self.number - number)
        if self.shared is not None and number:
            bot_rates.take(db, self.shared, number)


def take(db: Connection, lane: tuple[str, str], rate: Rate, most: int) -> TakenPlaces:
    """Take up to `most` places of a lane (channel and bot)."""
    number = rate.take(most)
    if db.dialect.name == "sqlite":
        return TakenPlaces(number, rate)
    spent, pause = rate.owed()
    if not (number or spent or pause):
        return TakenPlaces(0, rate)
    shared = bot_rates.places(db, *lane, rate.per_second, rate.burst)
    if spent or pause:
        shared = bot_rates.take(db, shared, spent, pause)
    if shared.free < number:
        rate.give_back(number - shared.free)
        number = shared.free
        rate.hold(shared.delay)
    return TakenPlaces(number, rate, shared)
