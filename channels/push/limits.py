"""Every limit of Web Push in one block, each with its reason."""

LOOK_SECONDS = 5.0
"""Seconds between two looks for somebody to knock for: a knock comes unasked, so nobody waits for it."""
AT_ONCE = 20
"""Knocks at the same time: a reminder to all 200 people of a district takes ten rounds of a second or two."""
CALL_SECONDS, CONNECT_SECONDS = 20.0, 10.0
"""Seconds for a push service to answer, and for a connection to it."""
MAX_ATTEMPTS = 30
"""Tries for one message; with pauses of at most five minutes that is some two hours. The next message tries anew."""
LIFE = 24 * 3600
"""Seconds for which a push service keeps a knock for a phone that is off (TTL): tomorrow's reminder brings another."""
JWT_LIFE = 12 * 3600
"""Seconds for which our signature is good; RFC 8292 allows 24 hours."""
RECORD = 4_096
"""Bytes of a record, the most that every push service takes."""
TOPIC = "waiting"
"""While a phone is off, a later knock takes the place of an earlier one."""
