"""Two people act on reports of one event at the same moment: one set comes of it, no error, and the totals hold."""

import pytest
from sqlalchemy import func, select

from storage import tables as t
from storage.records import totals
from tests.abuse.meeting import IN_EVERY_ORDER, Meet, Meeting, Move
from tests.conversation import Officer, Town

pytestmark = IN_EVERY_ORDER


@pytest.fixture
def author_of_the_first(gv: Town) -> Officer:
    """Four neighbourhoods of ward 10 have reported: 1 to 4."""
    authors = [gv.joined("propagandist", unit) for unit in ("P10-KP05", "P10-KP06", "P10-KP07", "P10-KP08")]
    for author in authors:
        author.reports()
    return authors[0]


@pytest.fixture
def chair(gv: Town, author_of_the_first: Officer) -> Officer:
    assert author_of_the_first.heard
    return gv.joined("ward_chair", "P10")


@pytest.fixture
def secretariat(gv: Town) -> Officer:
    return gv.joined("secretariat", "GV")


def links(who: Officer, one: int, other: int) -> Move:
    return Move.press(who, f"link:{one}:{revision(who.town, one)}:{other}")


def revision(gv: Town, report: int) -> int:
    query = select(t.submission.c.revision).where(t.submission.c.id == report)
    return gv.database.read(lambda db: db.scalar(query) or 0)


def sets(gv: Town) -> list[set[int]]:
    """The sets there are, by the reports in them."""
    query = select(t.activity.c.event_set_id, t.activity.c.submission_id).where(t.activity.c.event_set_id.is_not(None))
    found: dict[int, set[int]] = {}
    for set_id, report in gv.database.read(lambda db: db.execute(query).all()):
        found.setdefault(set_id, set()).add(report)
    assert gv.database.read(lambda db: db.scalar(select(func.count()).select_from(t.event_set))) == len(found)
    assert gv.database.read(totals.strays) == 0
    return list(found.values())


def counted(gv: Town) -> list[int]:
    query = select(t.activity.c.submission_id).where(t.activity.c.counts).order_by(t.activity.c.submission_id)
    return gv.database.read(lambda db: list(db.scalars(query)))


def test_a_links_b_while_b_links_a(
    gv: Town, meeting: Meeting, meet: Meet, chair: Officer, secretariat: Officer
) -> None:
    meet(meeting, links(chair, 1, 2), links(secretariat, 2, 1))
    for officer in (chair, secretariat):
        officer.sees("Đã ghép")
    assert (sets(gv), counted(gv)) == ([{1, 2}], [1, 3, 4])


def test_two_links_that_share_a_report_make_one_set(
    gv: Town, meeting: Meeting, meet: Meet, chair: Officer, secretariat: Officer
) -> None:
    meet(meeting, links(chair, 1, 2), links(secretariat, 3, 2))
    assert (sets(gv), counted(gv)) == ([{1, 2, 3}], [1, 4])


def test_two_links_that_join_the_same_sets_make_one(
    gv: Town, meeting: Meeting, meet: Meet, chair: Officer, secretariat: Officer
) -> None:
    for one, other in ((1, 2), (3, 4)):
        chair.presses(f"link:{one}:1:{other}")
    meet(meeting, links(chair, 1, 3), links(secretariat, 4, 2))
    assert (sets(gv), counted(gv)) == ([{1, 2, 3, 4}], [1])


def test_a_member_is_returned_while_its_set_joins_another(
    gv: Town, meeting: Meeting, meet: Meet, chair: Officer, secretariat: Officer
) -> None:
    for one, other in ((1, 2), (3, 4)):
        chair.presses(f"link:{one}:1:{other}")
    meet(meeting, links(chair, 2, 3), Move.press(secretariat, "return:1:1:yes"))
    assert (sets(gv), counted(gv)) == ([{1, 2, 3, 4}], [2])


def test_a_set_joins_another_while_a_member_is_returned(
    gv: Town, meeting: Meeting, meet: Meet, chair: Officer, secretariat: Officer
) -> None:
    for one, other in ((1, 2), (3, 4)):
        chair.presses(f"link:{one}:1:{other}")
    meet(meeting, Move.press(secretariat, "return:1:1:yes"), links(chair, 2, 3))
    assert (sets(gv), counted(gv)) == ([{1, 2, 3, 4}], [2])


def test_of_two_decisions_the_second_is_shown_what_stands(
    gv: Town, meeting: Meeting, meet: Meet, chair: Officer, secretariat: Officer
) -> None:
    chair.presses("link:1:1:2")
    deciding = [
        (chair, chair.choice("Tính theo Khu phố 6").id),
        (secretariat, chair.choice("Tính theo Khu phố 5").id),
    ]
    first, second = (Move.press(who, f"{button}:checked") for who, button in deciding)
    meet(meeting, first, second)
    secretariat.sees("vừa thay đổi nên tôi chưa làm gì", "Khu phố 6, Phường 10 · 18/11 · 45 lượt")
    assert counted(gv) == [2, 3, 4]


def asked_about(gv: Town) -> Officer:
    """A colleague who has been asked whether report 1 is theirs, too."""
    colleague = gv.joined("propagandist", "P10-KP05")
    colleague.says("báo cáo hôm nay nói chuyện gia đình người dân nữ 30 nam 15")
    colleague.taps("Gửi báo cáo")
    return colleague


def test_a_report_is_withdrawn_while_another_is_linked_to_it(
    gv: Town, meeting: Meeting, meet: Meet, author_of_the_first: Officer
) -> None:
    author, colleague = author_of_the_first, asked_about(gv)
    meet(meeting, Move.press(author, "withdraw:1:1:yes"), Move.press(colleague, colleague.choice("Trùng").id))
    colleague.sees("vừa được rút nên không ghép")
    assert (sets(gv), counted(gv)) == ([], [2, 3, 4, 5])


def test_a_report_is_linked_to_one_that_is_withdrawn_right_after(
    gv: Town, meeting: Meeting, meet: Meet, author_of_the_first: Officer
) -> None:
    author, colleague = author_of_the_first, asked_about(gv)
    meet(meeting, Move.press(colleague, colleague.choice("Trùng").id), Move.press(author, "withdraw:1:1:yes"))
    author.sees("Đã rút", "Nay buổi này tính theo số liệu của Khu phố 5, Phường 10")
    assert (sets(gv), counted(gv)) == ([{1, 5}], [2, 3, 4, 5])
