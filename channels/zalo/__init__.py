"""Zalo Bot Platform: messages without buttons, editing or files, within a free plan's quota.

`parse` and `render` are pure; `client` is the only module that talks to the platform; `intake` stores an update before
anything else happens to it; `sender` delivers outbox rows; `public_files` and `question_page` are the ways out into the
browser for what Zalo cannot carry.
"""

CHANNEL = "zalo"
