"""A ledger of changes: on which day, by which resolution, which unit went on as which.

A row says what became of one unit. A merger or a split takes several rows. A unit that is renamed or moved and keeps
its code has the code in “from” alone. What it is called then, and where it lies, stands in the list of units.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType

from interview import fold
from plan import cells
from plan.problems import Problem, Problems
from plan.tables import Row, read_rows
from rules.changes import ChangeKind

COLUMNS = ("day", "kind", "from", "to", "resolution")
WORDS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("ngày", "từ ngày", "ngày hiệu lực", "hiệu lực từ", "hiệu lực từ ngày"), "day"),
        **dict.fromkeys(("loại", "thay đổi", "loại thay đổi", "việc"), "kind"),
        **dict.fromkeys(("từ", "từ đơn vị", "đơn vị cũ", "mã cũ"), "from"),
        **dict.fromkeys(("thành", "thành đơn vị", "đơn vị mới", "mã mới"), "to"),
        **dict.fromkeys(("nghị quyết", "quyết định", "văn bản", "căn cứ"), "resolution"),
    }
)
"""What people call the columns of a ledger of their own."""
KINDS: Mapping[str, ChangeKind] = MappingProxyType(
    {
        **{kind.value: kind for kind in ChangeKind},
        **dict.fromkeys(map(fold, ("nhập", "sáp nhập", "gộp", "hợp nhất")), ChangeKind.MERGE),
        **dict.fromkeys(map(fold, ("chia", "tách", "chia tách")), ChangeKind.SPLIT),
        **dict.fromkeys(map(fold, ("đổi tên", "đổi mã")), ChangeKind.RENAME),
        **dict.fromkeys(map(fold, ("chuyển", "điều chuyển")), ChangeKind.MOVE),
    }
)
RESOLUTION_LIMIT = 200
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One unit's change. `day` is the first day after it; `before` and `after` are codes, equal if the code is kept."""

    file: str
    number: int
    day: date
    kind: ChangeKind
    before: str
    after: str
    resolution: str = ""

    @property
    def keeps_code(self) -> bool:
        return self.before == self.after

    @property
    def last_day(self) -> date:
        """The last day of what was before."""
        return self.day - A_DAY

    def wrong(self, code: str, /, **params: str | int) -> Problem:
        return Problem(self.file, self.number, code, params)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The rows in the order of their days, and what somebody has to say yes to before they are imported."""

    rows: tuple[LedgerRow, ...] = ()
    doubts: tuple[Problem, ...] = ()


NO_LEDGER = Ledger()


def read_ledger(path: Path) -> Ledger:
    """The ledger in a file, checked by itself. Raises `PlanError`."""
    problems = Problems()
    rows = read_rows(path, path.name, COLUMNS, problems, WORDS)
    read = [_row(row) for row in rows]
    problems.raise_any()
    ordered = sorted((row for row in read if row is not None), key=lambda row: row.day)
    return Ledger(tuple(ordered), tuple(problems.doubts))


def _row(row: Row) -> LedgerRow | None:
    day, kind = cells.day(row, "day"), _kind(row)
    before = cells.code(row, "from")
    keeps = kind in (ChangeKind.RENAME, ChangeKind.MOVE) and not row.cells["to"]
    after = before if keeps else cells.code(row, "to")
    resolution = row.cells["resolution"]
    if len(resolution) > RESOLUTION_LIMIT:
        row.wrong("too_long", column="resolution", value="…", length=len(resolution), limit=RESOLUTION_LIMIT)
    if day is None or kind is None or before is None or after is None:
        return None
    return LedgerRow(row.file, row.number, day, kind, before, after, resolution)


def _kind(row: Row) -> ChangeKind | None:
    value = cells.text(row, "kind")
    if value is None:
        return None
    kind = KINDS.get(fold(value))
    if kind is None:
        row.wrong("unknown_word", column="kind", value=value, known=", ".join(ChangeKind))
    return kind
