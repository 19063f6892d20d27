"""Days as people in Gò Vấp count them: in the plan's time zone."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def local_day(now: datetime, zone: ZoneInfo = ZONE) -> date:
    """The day that `now` (aware) falls on."""
    return now.astimezone(zone).date()


def end_of_day(now: datetime) -> datetime:
    """The last moment of the local day that `now` falls on."""
    return datetime.combine(local_day(now), time.max, ZONE)
