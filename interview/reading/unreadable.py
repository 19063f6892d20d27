"""What a reader returns instead of a value: a code of `REJECTIONS`, never an exception."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a text could not be read; `params` fill the code's sentence."""

    code: str
    params: Mapping[str, str | int | float] = field(default_factory=dict)
