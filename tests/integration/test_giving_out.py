"""The secretariat presses once: each ward's chair who takes part is led to the texts of their own ward."""

from tests.conversation import CODE, Officer, Town


def invited(gv: Town) -> Officer:
    """A secretariat that has invited two wards."""
    secretariat = gv.joined("secretariat", "GV")
    for ward in ("P10", "P11"):
        secretariat.presses(f"invite_missing:{ward}:yes")
    return secretariat


def test_chairs_get_the_texts_of_their_own_ward_and_the_others_are_named(gv: Town) -> None:
    chair = gv.joined("ward_chair", "P10")
    secretariat = invited(gv)
    secretariat.says("/thamgia")
    secretariat.taps("Gửi cho các phường")
    secretariat.sees("Đã gửi: Phường 10.", "Chưa có người phụ trách tham gia: Phường 11.")
    assert secretariat.labels[:2] == ["Tin nhắn để chuyển", "Ai đã tham gia"]
    (told,) = gv.notices(chair)
    assert told.text.startswith("Phường 10 có 13 người được mời mà chưa tham gia.")
    chair.presses(told.choices[0].id)
    assert len({code for message in chair.heard for code in CODE.findall(message.text)}) == 13


def test_once_a_day_is_enough_and_nobody_is_told_at_night(gv: Town) -> None:
    chair = gv.joined("ward_chair", "P10")
    secretariat = invited(gv)
    secretariat.presses("give_out")
    secretariat.presses("give_out")
    secretariat.sees("Hôm nay đã gửi rồi", "Phường 10")
    assert len(gv.notices(chair)) == 1
    gv.later(hours=24 - 12)
    secretariat.presses("give_out")
    secretariat.sees("Từ 20:30 đến 7:00 tôi không nhắn ai")
    assert len(gv.notices(chair)) == 1


def test_where_nobody_waits_nobody_is_told_and_no_chair_may_press(gv: Town) -> None:
    secretariat, chair = gv.joined("secretariat", "GV"), gv.joined("ward_chair", "P10")
    secretariat.presses("give_out")
    secretariat.sees("không còn ai được mời")
    chair.presses("give_out")
    assert gv.notices(chair) == []
