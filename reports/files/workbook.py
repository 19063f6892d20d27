"""Builds a workbook of a unit's period."""

from pathlib import Path

from reports.files.building import Data, Material
from reports.files.caption import caption
from reports.files.content import content_of
from reports.files.scope import Wanted
from reports.files.sheets import write_workbook


def build_workbook(material: Material, data: Data, place: Path) -> str:
    """Write the workbook of a recipe's data, and return the text that brings it."""
    content = content_of(material, Wanted.read(data))
    write_workbook(place, content, material.tell)
    return caption(content)
