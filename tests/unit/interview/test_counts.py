"""Several numbers in one message."""

import pytest

from interview.reading.counts import Counts, part_words, read_counts

SEXES = part_words([("Nữ", "Women", "women"), ("Nam", "Men", "men")])
PEOPLE = part_words([("Số nữ tham dự",), ("Số nam tham dự",), ("Số trẻ em",)])


@pytest.mark.parametrize(
    "text",
    [
        "nữ 30 nam 15",
        "30 nữ 15 nam",
        "nu 30, nam 15",
        "nữ: 30; nam: 15",
        "nữ 30\nnam 15",
        "nữ ba mươi nam mười lăm",
        "nam 15 nữ 30",
        "30 người nữ 15 người nam",
        "có 30 nữ và 15 nam",
        "women 30 men 15",
        "30 chị, 15 anh",
        "nữ30 nam15",
        "nữ 30 nam 15 😀",
        "dạ 30 nữ 15 nam ạ",
        "30 bà 15 ông",
        "30 phụ nữ và 15 nam giới",
        "được 30 chị với 15 anh em",
        "3 chục nữ 15 nam",
        "nu 30 nam muoi lam",
        "30 chi 15 anh",
        "nữ 30 người, nam 15 người",
        "30 chị em phụ nữ 15 đàn ông",
    ],
)
def test_parts_are_told_apart_by_their_names(text: str) -> None:
    assert read_counts(text, SEXES) == Counts({0: 30, 1: 15})


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("30 15", Counts(bare=(30, 15))),
        ("30, 15", Counts(bare=(30, 15))),
        ("1.200 300", Counts(bare=(1200, 300))),
        ("45", Counts(bare=(45,))),
        ("45 người", Counts(total=45)),
        ("nữ 30", Counts({0: 30})),
        ("45 người, 30 nữ", Counts({0: 30}, total=45)),
        ("tổng 45, nữ 30", Counts({0: 30}, total=45)),
        ("45 người nữ 30", Counts({0: 30}, total=45)),
        ("tổng cộng 45 người trong đó 30 nữ", Counts({0: 30}, total=45)),
        ("45 người 30 nữ 15 nam", Counts({0: 30, 1: 15}, total=45)),
        ("nữ hai mươi nam mười", Counts({0: 20, 1: 10})),
        ("hai chục nữ một chục nam", Counts({0: 20, 1: 10})),
        ("50 bà con dự trong đó có 35 chị em", Counts({0: 35}, total=50)),
        ("40 ông bà", Counts(total=40)),
        ("30 nu thoi", Counts({0: 30}, alone="just")),
        ("toàn nữ 30", Counts({0: 30}, alone="all")),
        ("30 người toàn nữ", Counts({0: 30}, alone="all")),
        ("không có nam", Counts({1: 0})),
        ("nam nữ 45 người", Counts(total=45)),
        ("2 chục 5 nữ", Counts({0: 25})),
        ("nữ hai lăm nam mười lăm", Counts({0: 25, 1: 15})),
        ("nữ 1 trăm nam 2 chục", Counts({0: 100, 1: 20})),
        ("nữ 1k2 nam 30", Counts({0: 1200, 1: 30})),
        ("nam, nữ: 15, 30", Counts({0: 30, 1: 15})),
        ("nam và nữ lần lượt là 15 và 30", Counts({0: 30, 1: 15})),
        ("nữ 30 nam 15 = 45", Counts({0: 30, 1: 15}, total=45)),
        ("40 gái 35 trai", Counts({0: 40, 1: 35})),
        ("không có nam, 30 nữ", Counts({0: 30, 1: 0})),
        ("không rõ nam nữ, khoảng 75", Counts(total=75, unsorted=True)),
        ("48 người, 33 nữ, còn lại nam", Counts({0: 33, 1: 15}, total=48)),
        ("45 (nữ 30, nam 15)", Counts({0: 30, 1: 15}, total=45)),
        ("toàn nữ, 35 người", Counts({0: 35}, alone="all")),
    ],
)
def test_totals_and_bare_numbers_are_kept_apart(text: str, counts: Counts) -> None:
    assert read_counts(text, SEXES) == counts


@pytest.mark.parametrize(
    "text",
    [
        "ba muoi nam",
        "",
        "nhiều lắm",
        "nữ",
        "30/15",
        "-30 15",
        "nữ 30 nữ 15",
        "30 nữ hoặc nam 15",
        "nữ 1_0 nam 5",
        "30 em bé 15",
        "nam công nhân 20 nữ công nhân 25",
        "30 anh chị 15 nữ 5",
        "toàn nữ",
        "30 ba 15 ong",
    ],
)
def test_what_could_mean_two_things_is_not_read(text: str) -> None:
    assert read_counts(text, SEXES) is None


def test_words_that_all_labels_share_do_not_name_a_part() -> None:
    assert read_counts("nữ 30 nam 15 trẻ 5", PEOPLE) == Counts({0: 30, 1: 15, 2: 5})
    assert "so" not in PEOPLE[0]
