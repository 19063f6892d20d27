"""Fetches the files that people send."""

from channels.fetching import Gone, NotYet
from channels.telegram.client import Client, TooBig
from channels.telegram.failures import CallFailed, TelegramRefused


class TelegramFiles:
    """Files by Telegram's ids; an address lives an hour, so each is asked for when it is needed."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def fetch(self, remote: str) -> bytes:
        """Return the file's bytes. Raises `Gone` or `NotYet`."""
        try:
            return await self._client.download(remote)
        except TooBig as error:
            raise Gone("too big") from error
        except TelegramRefused as error:
            # "Wrong file_id or the file is temporarily unavailable" is one answer for two things: tried again.
            raise (Gone if "too big" in error.description else NotYet)(error.description) from error
        except CallFailed as error:
            raise NotYet(str(error)) from error
