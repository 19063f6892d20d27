"""Days as people in Gò Vấp count them: in the plan's time zone."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def local_day(now: datetime, zone: ZoneInfo = ZONE) -> date:
    """The day that `now` (aware) falls on."""
    return now.astimezone(zone).date()
