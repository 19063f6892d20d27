"""Telegram's limits, each as its documentation or the source of its API server states it."""

MAX_TEXT = 4_096
"""UTF-16 units of a message, after its entities are parsed."""
MAX_CAPTION = 1_024
"""UTF-16 units of a photo's or document's caption."""
MAX_CALLBACK_ANSWER = 200
"""Characters of the short notice over the chat that answers a press."""
MAX_BUTTONS = 90
"""Buttons under one message; Telegram refuses somewhere above 100."""
MAX_COPIED = 256
"""Characters that a button copies, which we count as UTF-16 units to be safe."""
MAX_SHARED = 2_000
"""Characters of an address that shares a text; nobody says how many pass, but browsers and apps open as many."""
MAX_DOWNLOAD = 20 * 1024 * 1024
"""Bytes of a file that a bot may fetch."""
MAX_PHOTO = 10 * 1024 * 1024
"""Bytes of a picture sent as a photo; a bigger one goes as a document."""
MAX_ALBUM = 10
"""Photos of one album; the fewest are two."""
MAX_RICH_BLOCKS = 500
"""Blocks of a rich message; rows of tables and blocks inside of others count."""
MAX_RICH_TEXT = 32_768
"""Characters of all texts of a rich message, which we count as UTF-16 units to be safe."""
MAX_RICH_COLUMNS = 20
RICH_ROWS = 100
"""Rows of one table of ours in a rich message: a longer one is continued in another block, so that all fit."""
RICH_RUN = 12_000
"""Units of the texts of one such table, for the same reason."""
RICH_CELL = 200
"""Characters of a cell; on a phone a longer one is no table any more."""
MAX_UPDATES = 100
"""Updates of one getUpdates."""
MAX_WEBHOOK_BODY = 1024 * 1024
"""Bytes of one update; the longest that Telegram can make (full keyboard, full texts) has a few hundred thousand."""
MIN_SECRET_BYTES = 32
"""Bytes of the secret behind the webhook: a shorter one might be guessed."""

POLL_SECONDS = 10
"""Seconds that a getUpdates waits for updates. Telegram allows 50, but we notice a dead line only `CALL_SECONDS` after
this."""
CALL_SECONDS = 20
"""Seconds without an answer after which a call counts as ambiguous."""
UPLOAD_SECONDS = 100
"""Seconds that a call with a file may take beyond that, for slow lines."""
CONNECTIONS = 100
"""Connections to Telegram at the same time: 30 messages a second at three seconds an answer."""
LONG_OUTAGE_SECONDS = 3_600.0
"""Telegram keeps what it could not deliver for 24 hours: from one hour on it is an alarm, not a hiccup."""
