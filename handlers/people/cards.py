"""Makes printed cards of invitations: what each person reads of their role, unit, and ways in."""

from collections.abc import Callable, Iterable
from datetime import date

from sqlalchemy import Connection

from handlers.people.links import link_of
from handlers.people.places import ways_in
from handlers.people.titles import role_title
from locales import Say, capital
from periods.days import local_day
from reports.invitation_sheet import Card
from services.directory.codes import written
from services.directory.inviting import Made
from services.directory.places import WaysIn
from storage.directory.bots import Bot
from storage.directory.units import UnitsOfDay


def cards(db: Connection, say: Say, units: UnitsOfDay, made: Iterable[Made], public_url: str) -> list[Card]:
    """The cards of invitations, ward by ward, in the order of the list."""
    into = WaysIn(db).into
    drawn = [_card(into, say, units, invitation, public_url) for invitation in made]
    order = {section: place for place, section in enumerate(dict.fromkeys(card.section for card in drawn))}
    return sorted(drawn, key=lambda card: order[card.section])


def _card(into: Callable[[int, date], list[Bot]], say: Say, units: UnitsOfDay, made: Made, public_url: str) -> Card:
    person, code, last_day = made.person, written(made.code), local_day(made.expires)
    ward, title = units.ward_around(person.unit), role_title(say, person.role)
    return Card(
        section=ward.name if ward else person.unit.name,
        unit=units.title_of(person.unit.id),
        role=capital(title),
        name=person.name,
        code=code,
        link=link_of(public_url, made.code),
        expires=last_day,
        ways=ways_in(say, into(person.unit.id, last_day), code),
    )
