"""Tables for tests: a district's neighbourhoods by ward, and one whose cells hold what people could write."""

from messages import Choice, Column, Group, Kind, Outgoing, Table, Valued

COLUMNS = (
    Column("Đơn vị", Kind.TEXT),
    Column("Hoạt động"),
    Column("Nữ", unit=""),
    Column("Tỷ lệ nữ", unit="%"),
    Column("Tình trạng", Kind.TEXT),
)
HOSTILE = '<b>&amp; "x" =1+1 <script>alert(1)</script>'


def by_ward(wards: int = 16, neighbourhoods: int = 186) -> Table:
    """As many neighbourhoods as a district has, each in one of its wards."""
    groups = []
    for ward in range(1, wards + 1):
        there = range(ward, neighbourhoods + 1, wards)
        rows = tuple((f"Khu phố {n}", n, 1_000 * n, n / 2, "đã nộp" if n % 3 else "chưa nộp") for n in there)
        totals = ("", sum(there), 1_000 * sum(there), 50.5, "")
        groups.append(Group(f"Phường {ward}", rows, totals, Choice(f"summary:P{ward}", f"Xem Phường {ward}")))
    every = range(1, neighbourhoods + 1)
    return Table(
        "Theo khu phố",
        COLUMNS,
        groups=tuple(groups),
        totals=("Cộng", sum(every), 1_000 * sum(every), 50.5, ""),
    )


def hostile() -> Table:
    """What must be shown as it is written, and do nothing."""
    rows = ((HOSTILE, 3, 1_200, 62.5, "=HYPERLINK(1)"), ("Phường\n10\u0301", None, 0, Valued("dưới 5", 1), ""))
    return Table(f"Bảng {HOSTILE}", COLUMNS, rows=rows, totals=("Cộng", 3, 1_200, 62.5, ""))


SMALL = Table(
    "Theo phường",
    COLUMNS,
    rows=(
        ("Phường 1", 12, 1_200, 62.5, "đủ"),
        ("Phường 10", 3, 0, None, "thiếu 2"),
        ("Phường 3", 7, 450, Valued("40–50", 40), "đủ"),
    ),
    totals=("Cộng", 22, 1_650, 60.0, ""),
)

MESSAGE = Outgoing("Tháng 11/2020 – Quận Gò Vấp", (Choice("summary", "Tóm tắt"), Choice("menu", "Menu")), table=SMALL)
