"""Which codes are shown again: personal ones that still let somebody in."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest

from plan.inviting import Invitee
from rules.roles import Role
from services.directory.codes import Seal, hash_code
from services.directory.inviting import waits
from storage.directory.invitations import Waiting
from tests.conversation import numbered_code

NOW = datetime(2020, 11, 4, 3, tzinfo=UTC)
SEAL, CODE = Seal(lambda: b"a secret of these tests"), numbered_code(1)
LAN = cast("Invitee", object())  # it is only handed on
GOOD = Waiting(1, "Lan", Role.PROPAGANDIST, 1, NOW + timedelta(days=1), NOW, 1, 0, hash_code(CODE), SEAL.close(CODE))


@pytest.mark.parametrize(
    ("code", "is_shown"),
    [
        (GOOD, True),
        (replace(GOOD, uses_left=2), False),
        (replace(GOOD, used=1), False),
        (replace(GOOD, expires_at=NOW), False),
        (replace(GOOD, sealed=""), False),
    ],
)
def test_a_personal_code_is_shown_until_it_is_used_or_over(code: Waiting, is_shown: bool) -> None:
    made = waits(LAN, code, NOW, SEAL)
    assert (made.code if made else None) == (CODE if is_shown else None)
