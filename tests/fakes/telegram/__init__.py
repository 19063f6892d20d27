"""A Bot API server that keeps Telegram's rules, and can misbehave on order.

Written from the documentation and the source of the real server (tdlib/telegram-bot-api); what ours sends and reads is
checked against it, and python-telegram-bot, which knows nothing of ours, is pointed at it as well.
"""

from tests.fakes.telegram.people import Someone
from tests.fakes.telegram.server import FakeTelegram, serving
from tests.fakes.telegram.trouble import Mishap
from tests.fakes.telegram.world import TOKEN

__all__ = ["TOKEN", "FakeTelegram", "Mishap", "Someone", "serving"]
