"""The refusals of the browser channel by code: one table of words, shown as a page or as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from channels.web.limits import MAX_DOCUMENT, MAX_PHOTO, MEGABYTE


@dataclass(frozen=True, slots=True)
class RefusalWords:
    """A refusal as English message ids: `title` says what is wrong, `remedy` what to do."""

    title: str
    remedy: str


WORDINGS: Mapping[str, RefusalWords] = {
    "no_session": RefusalWords(
        "This conversation is not open in this browser",
        "Please open it on the phone or computer where you joined. To have it here too, write /ketnoi there and open "
        "the link that you get. Otherwise please ask for a new invitation link.",
    ),
    "ended_unit": RefusalWords(
        "The unit of this invitation has ended", "Please ask whoever invited you for a new invitation link."
    ),
    "ended": RefusalWords(
        "This conversation has ended",
        "What was reported stays with the unit. "
        "To come back, please ask whoever invited you for a new invitation link.",
    ),
    "no_page": RefusalWords("There is no such page", "Please check the link, or ask whoever sent it to send it again."),
    "file_gone": RefusalWords(
        "This file is no longer kept here", "Please ask for it again in the conversation: it is made anew in a moment."
    ),
    "wrong_code": RefusalWords(
        "This invitation code is not right",
        "Please check it letter by letter, or ask whoever invited you to send it again.",
    ),
    "expired_code": RefusalWords("This invitation has expired", "Please ask whoever invited you for a new one."),
    "used_code": RefusalWords(
        "This invitation has been used",
        "If it was you, write /ketnoi where you take part, and open the link that you get here. "
        "Otherwise please ask for a new invitation.",
    ),
    "revoked_code": RefusalWords(
        "This invitation no longer works",
        "A newer one was made, or it was taken back. Please ask whoever invited you.",
    ),
    "slow_down": RefusalWords(
        "Too many wrong codes",
        "A right one opens all the same: please check it letter by letter, or ask whoever invited you to send it anew.",
    ),
    "no_more_accounts": RefusalWords(
        "You use the bot in as many places as one person can",
        "Please write /toi where it works, remove one that you no longer need there, then open this link again.",
    ),
    "elsewhere": RefusalWords(
        "This request came from another site", "Please open the link again and press the button there."
    ),
    "unavailable": RefusalWords(
        "The bot cannot store anything at the moment",
        "Nothing is lost: what you wrote stays here and is sent again by itself.",
    ),
    "not_understood": RefusalWords("The page sent something unreadable", "Please reload the page and try again."),
    "busy": RefusalWords(
        "Many photos and files arrive at this moment",
        "Nothing is lost: what you chose stays here and is sent again by itself.",
    ),
    "too_slow": RefusalWords("The file did not arrive in time", "It is sent again by itself."),
    "too_many_tabs": RefusalWords("This conversation is open too many times", "Please close some of its tabs."),
    "photo_too_big": RefusalWords("This photo is too big ({size} MB)", "Please send one of at most {limit} MB."),
    "file_too_big": RefusalWords("This file is too big ({size} MB)", "Please send one of at most {limit} MB."),
    "no_photo": RefusalWords(
        "This file is not a photo that can be read", "Please choose a JPG or PNG photo, or take a new one."
    ),
    "photo_too_large": RefusalWords(
        "This photo has more pixels than can be opened here",
        "Please send it as JPG with at most 12 megapixels, or a screenshot of it.",
    ),
    "file_type": RefusalWords(
        "This kind of file cannot be taken",
        "Please choose another one: photos (JPG or PNG) for a report, Word, Excel or PDF for what is to be handed in.",
    ),
    "empty_file": RefusalWords("This file is empty", "Please choose it again."),
    "disk_full": RefusalWords("There is no room left for files", "Please try again later; text still arrives."),
}


@dataclass(eq=False)
class RequestRefused(Exception):
    """Ends a request with a status and the words of `code`. Not frozen: a context manager sets its traceback."""

    status: int
    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)


def too_big(is_photo: bool, size: int) -> RequestRefused:
    """The refusal of an upload of `size` bytes; megabytes are rounded up, so that none reads as its own limit."""
    limit = MAX_PHOTO if is_photo else MAX_DOCUMENT
    params = {"size": -(-size // MEGABYTE), "limit": limit // MEGABYTE}
    return RequestRefused(413, "photo_too_big" if is_photo else "file_too_big", params)
