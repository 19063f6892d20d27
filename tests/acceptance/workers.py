"""Sends events to a page's service worker, as the browser does when its maker's service or the network calls."""

import re

from playwright.sync_api import Page

from tests.acceptance.phone import comes


def dispatch(page: Page, method: str, **event: object) -> None:
    """Give an event, by a method of the browser's own tools, to the only worker of the page's site."""
    tools = page.context.new_cdp_session(page)
    found: list[str] = []
    tools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: found.extend(one["registrationId"] for one in told["registrations"]),
    )
    tools.send("ServiceWorker.enable")
    comes(page, lambda: found, "the worker's registration")
    origin = re.match("https?://[^/]+", page.url)
    assert origin
    tools.send(method, {"origin": origin[0], "registrationId": found[0], **event})
