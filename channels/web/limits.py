"""Every limit of the browser channel in one block, each with its reason."""

MEGABYTE = 1024 * 1024

MAX_PHOTO = 12 * MEGABYTE
"""Bytes of a photo: more than a phone's camera makes. `storage.files.images` decodes no more."""
MAX_DOCUMENT = 20 * MEGABYTE
"""Bytes of a document: what Telegram lets a bot fetch, so that the same file passes on every channel."""
MAX_UPLOAD = 64 * MEGABYTE
"""A refused upload is read to its end up to here, so that the browser shows the answer and not a broken connection."""
MAX_FIELDS, MAX_FIELD = 8, 320
"""Fields of an upload's form, and bytes of one: the page sends four short ones."""
MAX_UPLOADS, MAX_OWN_UPLOADS = 64, 2
"""Uploads under way at once, of all people and of one, by whatever browsers. What has arrived lies on the disk. A page
sends one by one; after a break the server may not have noticed yet that the one before is over."""
UPLOAD_LIFE = 900.0
"""Seconds for one upload: the largest file at 25 KB a second, and an end for what never ends."""
UPLOAD_STALL = 30.0
"""Seconds without a byte after which an upload is over: a phone between two cells comes back sooner."""
MAX_SAY = 64 * 1024
"""Bytes of one /say: 4,096 characters of any script, escaped, with room to spare."""
MAX_FORM = 4 * 1024
"""Bytes of the form that joins: a name of any script, escaped."""
MAX_NESTING = 64
"""Levels of JSON: the deepest real update has a dozen; Python's own walks end at some hundreds."""
MAX_NAME = 80
"""Characters of a file's name, and of an album's, that are kept."""

MAX_CONNECTIONS = 4_000
"""Open connections: the chats of a whole district, at some 5 KB each; fewer if the system grants fewer files."""
OTHER_FILES = 384
"""Files, of those the system grants, that are kept back for databases, photos and calls to the platforms."""
MAX_OWN_CONNECTIONS = 512
"""Connections from one address that is no proxy of ours; half of all if there are few. A carrier may have hundreds of
people behind one address, each with a few connections."""
BACKLOG = 256
"""Connections that wait to be accepted: a burst is not turned away."""
HEADERS_LIFE = 20.0
"""Seconds for a request's headers, from the first byte or the connection's begin: they fit into one packet or two."""
KEEP_ALIVE = 300.0
"""Seconds that a connection may wait for the next request; longer than proxies keep theirs, so that none is caught
closing. It costs nobody a place: a waiting connection gives way."""
BODY_LIFE, BODY_RATE = 30.0, 1_024
"""Seconds for a body, and bytes for which there is another: a phone on the edge of a cell gets through."""
LINGER = 10.0
"""Seconds for which the rest of a refused body is still taken, so that the browser shows the answer."""
UNREAD_LIFE = 60.0
"""Seconds after which the system closes a connection that takes nothing of what was sent to it."""
SAID_EVERY = 60.0
"""Seconds between two lines of the log about the same doing of strangers."""

HISTORY_PAGE = 40
"""Messages shown at once: three or four screens of a phone."""
MAX_BATCH = 200
"""Messages read at once for a stream that has fallen behind."""

HEARTBEAT = 15.0
"""Seconds between beats: proxies cut a connection that is silent for 30 or 60, and the page notices a dead one."""
LOOK_AROUND = 1.0
"""Seconds between looks for what another process queued."""
STREAM_LIFE = 1_800.0
"""Seconds after which the page must ask anew: a session that was ended does not stay open."""
CLOSE_WITHIN = 2.0
"""Seconds for a page to answer that its stream is closed: a phone that has gone never does."""
MAX_STREAMS = 12
"""Open streams of one chat: more are forgotten tabs or a broken page. Those ask every few seconds instead."""
MAX_FRAME = 1_024
"""Bytes of what a page may send on its stream, where it says nothing."""

COOKIE_AGE = 400 * 24 * 3600
"""Seconds; the longest that browsers keep a cookie. Every visit begins it anew."""

MAX_REMEMBERED = 12
"""Chats that a browser remembers: a family's or an office's. Each takes some 45 bytes of every request's headers."""

FREE_GUESSES = 8
"""Wrong codes of one address that are free: typing errors of an honest person."""
GUESS_EVERY = 60.0
"""Seconds for one more of these: a code has 850 thousand million possibilities."""
GUESS_PAUSE = 0.02
"""Seconds before each look after that, one at a time: 50 guesses a second of one address, whatever it opens."""
ALL_FREE_GUESSES, ALL_GUESS_EVERY = 60, 2.0
"""The free wrong codes of all addresses together: on a day when 200 people join, more than these are no slips."""
TELL_EVERY = 60.0
"""Seconds between two notes of wrong codes: a flood of them must not become one of writes and lines."""
MAX_ADDRESSES = 10_000
"""Addresses remembered: bounds the memory that a flood can take."""
ADDRESS_BITS = 64
"""Bits of an IPv6 address that are counted: providers hand out whole networks of this size to one person."""
MAX_HOPS = 16
"""Proxies in a row that are followed; two or three are real."""
