"""Every limit of the channel, each with its reason."""

from datetime import timedelta

API = "https://bot-api.zaloplatforms.com"
"""The public API. An older host exists, which is why the settings may name another."""

MESSAGE_UNITS = 1_900
"""UTF-16 units of a message or caption. The platform takes 2,000 and does not say of what: units are the safe
reading."""
POLL_SECONDS = 10
"""How long an empty poll stays open. A running poll is never cancelled, since its answer may already hold a message
that the platform will not repeat; so this is also how long a shutdown may wait."""
POLL_MARGIN = 15
"""Seconds that the client waits beyond the poll's own end."""
CALL_SECONDS = 20
CONNECT_SECONDS = 10
INSTANT_SECONDS = 1.0
"""A poll that brings nothing new sooner than this is followed by a pause of the same length."""
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
"""Pauses between tries (platform or database away) double from the first to the longest."""
REMEMBERED = 1_000
"""Updates remembered, so that a repeated one neither counts nor ends a pause. Only the inbox decides what is new."""
UPDATE_BYTES = 1 << 20
"""A webhook's body: the longest real update has a few thousand bytes."""

MESSAGES_A_SECOND = 5.0
BURST = 5
"""The platform names no rate; this is far below what comparable platforms allow."""
RATE_RETRY = 30.0
"""Seconds; a 429 carries no time to wait."""
QUOTA_RETRY = 6 * 3_600.0
"""Seconds until a used-up quota is looked at again: four times a day until the month ends."""
MONTH_OVERLAP = timedelta(days=1)
"""How long the platform's month may last beyond ours: its clock is not documented."""
DATABASE_RETRY = 2.0
"""Seconds until a database that is away is asked again, before anything is sent."""
TROUBLE_RETRY = 10.0
"""Seconds; the platform's own trouble (403) passes."""
SETUP_RETRY = 600.0
"""Seconds; a wrong token or address (401, 404) is mended by a person."""

PHOTO_BYTES = 12 << 20
PHOTO_SECONDS = 30
PHOTO_REDIRECTS = 3

FILE_LINK_LIFE = timedelta(days=7)
"""The platform fetches a picture late and more than once; a person opens a document within the week."""
LINK_WORDS = 120
"""Characters of a question's label or hint that its link carries: a link must fit on one page of a message."""
QUESTION_LINK_LIFE = timedelta(minutes=30)
UPLOAD_BYTES = 20 << 20
"""A document sent through the browser; as on the other channels."""
