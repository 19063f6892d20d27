"""How Telegram says no."""

from typing import Any


class Refusal(Exception):
    """An answer with ok=false; `parameters` as in ResponseParameters."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> dict[str, Any]:
        answer: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        return answer | ({"parameters": self.parameters} if self.parameters else {})


def bad(what: str, **parameters: int) -> Refusal:
    return Refusal(400, f"Bad Request: {what}", **parameters)
