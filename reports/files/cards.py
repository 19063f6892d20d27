"""Cards of invitations as a file to print."""

from pathlib import Path

from locales import texts
from reports.files.building import Data, Material
from reports.invitation_sheet import cards_of, sheet


def build_cards(material: Material, data: Data, place: Path) -> str:
    """Write the cards of a recipe as a .docx, and return the text that brings it."""
    cards, language = cards_of(data["cards"]), str(data["language"])
    place.write_bytes(sheet(cards, language))
    material.tell(1, 1)
    say, sections = texts(language), len({card.section for card in cards})
    counted = say.plural("{n} card", "{n} cards", len(cards))
    parts = [say("{cards}, each on its own line to cut apart.", cards=counted)]
    if sections > 1:
        parts.append(say("Each of the {n} wards begins on a new page.", n=sections))
    parts.append(say("Each card is for one person. Please hand it to nobody else."))
    return " ".join(parts)
