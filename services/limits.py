"""Every limit of what people may do and are shown, in one block, each with its reason."""

from datetime import timedelta

INVITATION_VALID = timedelta(days=14)
"""Long enough to reach somebody who is away for a week, short enough that a forwarded code is soon worth nothing."""
MANY_USES = 30
"""Uses of an invitation for a meeting: enough for all officers of the largest ward."""
WARD_CODE_VALID = timedelta(days=30)
"""A poster hangs for a month; whoever comes by it is let in by name."""
WARD_CODE_USES = 60
"""Twice the officers of the largest ward."""
OWN_CODE_VALID = timedelta(days=1)
"""How long a code for oneself is valid: it is used at once, on the phone next to this one."""

LOST_PHONE_CODE_VALID = timedelta(days=3)
"""How long a code for somebody who lost their phone is valid: somebody else has to bring it to them."""

MOST_OF_A_CHANNEL = 3
"""A person's accounts on one channel: a phone, a computer, and a lost or replaced one, like a browser that forgot its
cookie."""
MOST_ACCOUNTS = 6
"""A person's accounts on all channels: two devices on each of three. This bounds what one person can hold (uploads,
streams, reminders' addresses), and keeps the list under /toi readable."""

FILES_A_DAY = 120
"""Photos and files kept from one person a day: twelve reports with all the photos that a report holds."""
BYTES_A_DAY = 100 * 2**20
"""Bytes of all of them together: so many photos, or five of the largest documents."""

MOST_ASKED = 10
"""Officers of one unit who are asked at once to correct a report; most units have one."""
SHOWN_SINCE = timedelta(days=30)
"""How long a missed obligation stays on the list of what is due."""
LONGEST_REASON = 60
"""Letters of the reason why a week is free: it stands in a line of a list."""
HOTLINE_LENGTH = 120
"""Letters of the hotline: a number or two, and when somebody answers."""
LARGEST_LIST = 2 * 2**20
"""Bytes of a list of people that is read: a hundred times that of a ward's."""
MOST_FILES_WAITING = 5
"""Files that one person has asked for and that are not made yet: each is a process of some seconds, one at a time."""
SENT_ANEW = timedelta(hours=1)
"""Until the same file is sent once more to somebody who did not ask for it: a second tap is no second wish."""
MOST_APPROVED = 100
"""Reports that one tap approves: more than a ward gets in a week, and no longer than a second for the others."""
SHORTEST_WHY = 3
"""Letters of a reason in somebody's own words ("mưa"): what is shorter is the number of a choice, mistyped."""
LONGEST_WHY = 300
"""Letters of it, two or three sentences: it is shown whole beside what it is about."""
