"""A form converted once is taken as it was kept: the same form, without pyxform; anything amiss converts it anew."""

import shutil
from pathlib import Path

import pytest

from interview.forms import sheet
from interview.forms.sheet import read_sheet
from plan.kept_forms import kept_sheet
from plan.loader import SHIPPED_FORMS

NAME = "activity_report"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return Path(shutil.copy(SHIPPED_FORMS / f"{NAME}.md", tmp_path))


def kept(path: Path) -> list[Path]:
    return list((path.parent / "__pycache__").iterdir())


def test_what_is_kept_is_the_conversion_to_the_last_detail(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = path.read_text("utf-8")
    expected = read_sheet(source, NAME)
    assert kept_sheet(path, source, NAME) == expected
    monkeypatch.setattr(sheet, "read_sheet", lambda *_: pytest.fail("it was converted again"))
    assert kept_sheet(path, source, NAME) == expected


def test_another_source_is_converted_and_takes_the_place_of_the_earlier(path: Path) -> None:
    source = path.read_text("utf-8")
    kept_sheet(path, source, NAME)
    (before,) = kept(path)
    changed = f"{source}\n"
    assert kept_sheet(path, changed, NAME) == read_sheet(changed, NAME)
    assert len(kept(path)) == 1
    assert kept(path) != [before]


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"xform": "<a/>"}'])
def test_a_damaged_one_is_made_anew(path: Path, damage: str) -> None:
    source = path.read_text("utf-8")
    expected = kept_sheet(path, source, NAME)
    (file,) = kept(path)
    file.write_text(damage)
    assert kept_sheet(path, source, NAME) == expected
    assert file.read_text() != damage


def test_where_nothing_can_be_written_a_form_is_converted_all_the_same(path: Path) -> None:
    (path.parent / "__pycache__").write_text("in the way")
    source = path.read_text("utf-8")
    assert kept_sheet(path, source, NAME) == read_sheet(source, NAME)
