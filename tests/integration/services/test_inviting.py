"""Everybody on a list is invited once, by name; who is there already is left alone."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import Connection, select

from periods.days import local_day
from plan.inviting import Invitee
from rules.roles import Role
from services.directory import inviting
from services.directory.codes import Seal, hash_code
from services.directory.inviting import Made
from services.directory.joining import Joined, NoEntry, NotIn
from storage import tables as t
from storage.directory import invitations
from storage.directory.units import unit_tree
from tests.conversation import WEDNESDAY as NOW
from tests.conversation import numbered_code
from tests.integration.services.house import SEAL, House


@pytest.fixture
def house(db: Connection) -> House:
    return House(db)


def people(house: House, *listed: tuple[str, str]) -> Sequence[Invitee]:
    units = unit_tree(house.db).on(local_day(NOW))
    named = ((name, units[code]) for name, code in listed)
    return [Invitee(row, name, unit.role or Role.AGENCY, unit) for row, (name, unit) in enumerate(named, 2)]


def invite(house: House, *listed: tuple[str, str], first_code: int = 0) -> tuple[Made, ...]:
    numbers = count(first_code)
    wanted = inviting.prospect(house.db, people(house, *listed), NOW, SEAL)
    return inviting.invite_all(house.db, wanted, lambda: numbered_code(next(numbers)), SEAL, None, NOW)


LAN, BINH = ("Đặng Thị Mẫu", "P10-KP05"), ("Trần Văn Thử", "P10-KP06")


def test_a_row_makes_one_personal_code_and_who_comes_bears_the_listed_name(house: House) -> None:
    made = invite(house, LAN, BINH)
    assert [(it.person.name, it.person.unit.code) for it in made] == [LAN, BINH]
    joined = house.join(made[0].code)
    assert isinstance(joined, Joined)
    assert house.db.scalar(select(t.person.c.name)) == LAN[0]
    assert house.join(made[0].code, "another") == NotIn(NoEntry.SPENT)
    assert house.db.scalar(select(t.assignment.c.invitation_id)) == joined.invited.id


def test_who_is_named_gets_the_code_that_waits_for_their_unit_without_a_name(house: House) -> None:
    (unnamed,) = invite(house, ("", LAN[1]))
    named, other = invite(house, LAN, ("Người Thứ Hai", LAN[1]), first_code=1)
    assert named.code == unnamed.code != other.code
    assert [it.code for it in invite(house, LAN, first_code=7)] == [named.code]
    joined = house.join(named.code)
    assert isinstance(joined, Joined)
    assert house.db.scalar(select(t.person.c.name)) == LAN[0]


def test_what_somebody_made_who_leaves_keeps_neither_name_nor_code(house: House) -> None:
    chair = house.member(Role.WARD_CHAIR, "P10")
    wanted = inviting.prospect(house.db, people(house, LAN), NOW, SEAL)
    inviting.invite_all(house.db, wanted, lambda: numbered_code(1), SEAL, chair.person_id, NOW)
    invitations.spend_invitations(house.db, chair.person_id, list(Role), [house.unit_id(LAN[1])])
    left = select(t.invitation.c.name, t.invitation.c.sealed, t.invitation.c.uses_left)
    rows = house.db.execute(left.where(t.invitation.c.created_by == chair.person_id)).all()
    assert [tuple(row) for row in rows] == [("", "", 0)]


def test_the_name_stands_with_the_code_only_until_somebody_comes(house: House) -> None:
    made = invite(house, LAN)
    assert house.db.scalars(select(t.invitation.c.name)).all() == [LAN[0]]
    house.join(made[0].code)
    assert house.db.scalars(select(t.invitation.c.name)).all() == [""]


def test_a_list_that_is_sent_again_keeps_the_codes_that_wait_and_leaves_the_joined_alone(house: House) -> None:
    first = invite(house, LAN, BINH)
    house.join(first[0].code)
    again = people(house, ("đặng thị mẫu", LAN[1]), BINH, ("", "P10-KP07"))
    wanted = inviting.prospect(house.db, again, NOW, SEAL)
    assert [it.name for it in wanted.joined] == ["đặng thị mẫu"]
    assert [(it.person.name, it.code) for it in wanted.kept] == [(BINH[0], first[1].code)]
    assert [it.unit.code for it in wanted.new] == ["P10-KP07"]
    second = invite(house, LAN, BINH, first_code=50)
    assert [it.code for it in second] == [first[1].code]
    assert isinstance(house.join(first[1].code, "another"), Joined)


def test_a_code_that_is_over_or_that_another_secret_closed_is_replaced(house: House) -> None:
    first = invite(house, LAN, BINH)
    late = NOW + timedelta(days=15)
    assert [it.name for it, _ in inviting.prospect(house.db, people(house, LAN, BINH), late, SEAL).again] == [
        LAN[0],
        BINH[0],
    ]
    other = Seal(lambda: b"another secret")
    wanted = inviting.prospect(house.db, people(house, LAN, BINH), NOW, other)
    assert len(wanted.again) == 2
    numbers = count(60)
    made = inviting.invite_all(house.db, wanted, lambda: numbered_code(next(numbers)), other, None, NOW)
    assert house.join(first[0].code) == NotIn(NoEntry.REVOKED)
    assert isinstance(house.join(made[0].code), Joined)


def test_a_code_that_was_taken_back_keeps_no_name(house: House) -> None:
    invite(house, LAN)
    unit = house.unit_id(LAN[1])
    invitations.revoke(house.db, [code.id for code in invitations.unused(house.db, [unit])], NOW)
    assert invitations.unused(house.db, [unit]) == []
    assert house.db.execute(select(t.invitation.c.name, t.invitation.c.revoked_at)).one() == ("", NOW)


def test_what_another_secret_makes_of_a_sealed_code_is_no_code() -> None:
    code = numbered_code(7)
    sealed, kept = SEAL.close(code), hash_code(code)
    assert SEAL.read(kept, sealed) == code
    secrets = (b"another secret %d" % number for number in range(3_000))
    other = Seal(lambda: next(secrets))  # one secret in 256 makes letters of it
    assert {other.read(kept, sealed) for _ in range(3_000)} == {None}
