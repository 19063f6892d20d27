"""The plan that ships, and copies of it to break."""

import shutil
from pathlib import Path

import pytest

from plan.loader import load_plan
from plan.model import Plan

SHIPPED = Path(__file__).parents[3] / "plan"


@pytest.fixture(scope="session")
def plan() -> Plan:
    return load_plan(SHIPPED)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped files that a test may break."""
    copy = tmp_path / "plan"
    shutil.copytree(SHIPPED / "forms", copy / "forms")
    for path in SHIPPED.glob("*.csv"):
        shutil.copy(path, copy)
    return copy
