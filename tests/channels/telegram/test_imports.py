"""aiogram costs three seconds and 160 MB: only the package that needs it imports it (docs/adr/0010)."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
ROOMS = ("bot", "channels", "handlers", "interview", "locales", "messages", "plan", "reports", "scheduler", "storage")
AT_THE_TOP = re.compile(r"^(?:from|import) (?:aiogram|channels\.telegram)\b", re.MULTILINE)


def test_nothing_outside_the_package_imports_aiogram_at_its_top() -> None:
    sources = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    outside = [path for path in sources if "channels/telegram" not in path.as_posix()]
    assert len(outside) > 50
    assert [path.name for path in outside if AT_THE_TOP.search(path.read_text("utf-8"))] == []
