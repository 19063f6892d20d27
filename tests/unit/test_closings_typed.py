"""What the secretariat types after "/chotso" and "/moso": a period, and a reason."""

from datetime import date

import pytest

from conversation.readers.closings import period_and_reason

TODAY = date(2026, 11, 18)


@pytest.mark.parametrize(
    ("text", "code", "reason"),
    [
        ("tháng 10", "2026-10", ""),
        ("tháng 10/2025", "2025-10", ""),
        ("thang 12", "2025-12", ""),
        ("tháng trước", "2026-10", ""),
        ("quý III", "2026-Q3", ""),
        ("quý 4", "2026-Q4", ""),
        ("quy 3/2025 vì sai số liệu", "2025-Q3", "sai số liệu"),
        ("tuần 43: bổ sung", "2026-W43", "bổ sung"),
        ("năm ngoái", "2025", ""),
        ("năm 2025 do UBND yêu cầu", "2025", "UBND yêu cầu"),
        ("2026-10 đã báo cáo", "2026-10", "đã báo cáo"),
        ("2026-h1", "2026-H1", ""),
        ("2026-10-01..2026-10-15 - sót", "2026-10-01..2026-10-15", "sót"),
        ("6 tháng đầu năm: đã gửi Sở", "2026-H1", "đã gửi Sở"),
        ("từ 1/10 đến 15/10 vì sót", "2026-10-01..2026-10-15", "sót"),
        ("tháng 10 - 2 báo cáo đến muộn", "2026-10", "2 báo cáo đến muộn"),
        ("tháng 10 do cùng kỳ năm trước sai", "2026-10", "cùng kỳ năm trước sai"),
        ("tháng 12/2026", None, ""),
        ("20/10", None, ""),
        ("tháng 13", None, ""),
        ("xyz", None, ""),
        ("vì tháng 10", None, ""),
    ],
)
def test_a_period_and_a_reason_are_read(text: str, code: str | None, reason: str) -> None:
    period, why = period_and_reason(text, TODAY)
    assert (period.code if period else None, why) == (code, reason)
