"""How a period is said, in both languages."""

import pytest

from locales import texts
from periods.period import period_of, written_down
from reports.wording import period_text, period_title
from tests.cuts import shipped_cuts

CUTS = shipped_cuts()
NAME = "Tháng hành động vì bình đẳng giới và phòng, chống bạo lực trên cơ sở giới"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("2020-W45", "tuần 45 (2/11 – 8/11/2020)"),
        ("2020-W53", "tuần 53 (28/12/2020 – 3/1/2021)"),
        ("2020-11", "tháng 11/2020"),
        ("2020-Q4", "quý IV/2020"),
        ("2020-H1", "6 tháng đầu năm 2020"),
        ("2020-H2", "6 tháng cuối năm 2020"),
        ("2020-9M", "9 tháng đầu năm 2020"),
        ("2020-10M", "10 tháng đầu năm 2020"),
        ("2020", "năm 2020"),
        ("2020-11@chot", "kỳ báo cáo tháng 11/2020 (số liệu từ 15/10 đến 14/11/2020)"),
        ("2020-01@chot", "kỳ báo cáo tháng 1/2020 (số liệu từ 15/12/2019 đến 14/1/2020)"),
        ("2020-Q1@chot", "kỳ báo cáo quý I/2020 (số liệu từ 15/12/2019 đến 14/3/2020)"),
        ("2020-H2@chot", "kỳ báo cáo 6 tháng cuối năm 2020 (số liệu từ 15/6 đến 14/12/2020)"),
        ("2020@chot", "kỳ báo cáo năm 2020 (số liệu từ 15/12/2019 đến 14/12/2020)"),
        ("2020-AM", f"{NAME} năm 2020 (15/11 – 15/12/2020)"),
        ("2020-KQ", "10 tháng đầu năm 2020; số liệu tính đến 31/10/2020"),
        ("2019-05-08..2020-12-31", "từ 8/5/2019 đến 31/12/2020"),
    ],
)
def test_a_period_is_said_in_words(code: str, said: str) -> None:
    period = period_of(code, CUTS)
    assert period_text(texts("vi"), period) == said
    assert period_title(texts("vi"), period) == said[0].upper() + said[1:]
    kept = written_down(period.code, period.first, period.last, period.names)
    assert period_text(texts("vi"), kept) == said


def test_without_the_plans_name_an_action_month_is_called_just_that() -> None:
    month = period_of("2020-AM", CUTS)
    kept = written_down(month.code, month.first, month.last)
    assert period_text(texts("vi"), kept) == "Tháng hành động năm 2020 (15/11 – 15/12/2020)"
    assert period_text(texts("en"), kept) == "Action Month 2020 (15/11 – 15/12/2020)"
