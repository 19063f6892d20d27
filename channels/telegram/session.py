"""aiogram's HTTP session, with calls that carry no file sent as JSON.

aiogram sends forms: each value is prepared apart and each form draws a random boundary, which is a third of a call's
cost where most calls are short texts with buttons.
"""

import json
from typing import Any, TypeVar, cast

from aiogram import Bot
from aiogram.client.default import Default
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import Response, TelegramMethod
from aiogram.types import InputFile
from aiohttp import ClientError, ClientTimeout

T = TypeVar("T")
_JSON = {"Content-Type": "application/json"}


class _HoldsFile(Exception):
    """The call holds a file to upload, if only as a part of an album."""


class Session(AiohttpSession):
    """Sends calls as JSON where possible; answers and errors are aiogram's."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._answers: dict[Any, type] = {}

    async def make_request(self, bot: Bot, method: TelegramMethod[T], timeout: int | None = None) -> T:
        """Call a method; raises aiogram's errors."""
        try:
            values = _given(method.model_dump(exclude_none=True, warnings=False))
        except _HoldsFile:
            return await super().make_request(bot, method, timeout)
        body = json.dumps(values, ensure_ascii=False).encode()
        url = self.api.api_url(bot.token, method.__api_method__)
        patience = ClientTimeout(total=self.timeout if timeout is None else timeout)
        session = await self.create_session()
        try:
            async with session.post(url, data=body, headers=_JSON, timeout=patience) as answer:
                content = await answer.text()
        except TimeoutError as error:
            raise TelegramNetworkError(method, "time-out") from error
        except ClientError as error:
            raise TelegramNetworkError(method, type(error).__name__) from error
        self._keep_answer(method)
        return cast(T, self.check_response(bot, method, answer.status, content).result)

    def _keep_answer(self, method: TelegramMethod[T]) -> None:
        """Keep the class of a method's answers: pydantic would make it anew each time, which takes milliseconds."""
        if method.__returning__ not in self._answers:
            self._answers[method.__returning__] = Response[method.__returning__]  # type: ignore[name-defined]


def _given(value: Any) -> Any:
    """Leave out values that stand for the bot's defaults, since we set none. Raises `_HoldsFile`."""
    if isinstance(value, dict):
        return {key: _given(part) for key, part in value.items() if not isinstance(part, Default)}
    if isinstance(value, InputFile):
        raise _HoldsFile
    return [_given(part) for part in value] if isinstance(value, list) else value
