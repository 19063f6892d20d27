"""The words of the pages: message ids for the script, and the language for a stranger."""

from collections.abc import Mapping

from aiohttp import web

from locales import DEFAULT_LANGUAGE, Say

SCRIPT: Mapping[str, str] = {
    "sending": "Sending…",
    "unsent": "Not sent yet: waits for the network",
    "refused": "Not sent",
    "offline": "No connection. What you write stays here and is sent later.",
    "yourPhoto": "Photo you sent",
    "positionSent": "Position: {place}",
    "noPosition": "The position cannot be read. Please allow it in the browser, or write the place in words.",
    "slow": "Answers come a few seconds late: no direct line to the server. Write as always; the page goes on trying.",
    "restored": "The server was restored from a backup and no longer has this message. Please send it again if needed.",
    "typing": "The bot is writing",
    "you": "You: {text}",
    "bot": "Bot: {text}",
    "enlarge": "Enlarge the picture: {alt}",
    "document": "Download {name}",
    "photoTooBig": "This photo is larger than {limit} MB. Please send a smaller one.",
    "fileTooBig": "This file is larger than {limit} MB. Please send a smaller one.",
    "lost": "The photo was not kept on this device. Please send it again.",
    "gone": "This conversation is not open in this browser",
    "ended": "This conversation has ended. To come back, please ask whoever invited you for a new invitation link.",
    "again": "Send again",
    "failed": "This could not be taken. Please try again later, or tell whoever invited you.",
    "copy": "Copy the table",
    "copied": "Copied",
    "remind": "Remind me on this device",
    "remindNoMore": "Do not remind me on this device any more",
    "reminded": "This device will say when something new is waiting for you. Nothing of its content is shown.",
    "notReminded": "This device does not remind you any more.",
    "noReminders": "This device cannot remind you: please allow notifications for this page, then try again.",
    "broken": "The picture cannot be shown. Tap to try again.",
}
"""The texts of the chat's script by the script's own keys."""


def script_words(say: Say) -> dict[str, str]:
    """Translate the script's words."""
    return {key: say(text) for key, text in SCRIPT.items()}


def language_of_request(request: web.Request) -> str:
    """Choose English for a browser that asks for it before anything else, Vietnamese for all others."""
    wanted = request.headers.get("Accept-Language", "").strip().lower()
    return "en" if wanted.startswith("en") else DEFAULT_LANGUAGE
