"""The recipe of an invitation's card."""

from datetime import date

from locales import texts
from messages.outgoing import Picture


def invitation_card(link: str, code: str, role: str, unit: str, expires: date, language: str) -> Picture:
    """An invitation to show or print: the link as a QR code, the code to type, and the role and unit in words."""
    data = {
        "language": language,
        "link": link,
        "code": code,
        "role": role,
        "unit": unit,
        "expires": expires.isoformat(),
    }
    alt = texts(language)("QR code of the invitation: {role}, {unit}", role=role, unit=unit)
    return Picture("qr", data, alt)
