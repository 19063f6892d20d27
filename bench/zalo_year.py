"""Plays a year of 186 neighbourhoods and 16 ward chairs on free Zalo bots: messages by bot and month, and overflows.

`python -m bench.zalo_year`. The messages of a conversation are measured on the real turn and the real rendering;
reminders come from the plan's calendar, the Action Month's with them; a Monday's card rides on other messages and costs
none. How often people report and are told something is assumed below. The dice are seeded: the table is the same each
time.
"""

import math
import random
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from channels.zalo.render import pages
from locales import texts
from periods.days import ZONE
from plan.calendar import DEADLINE_TOPICS, Calendar, Topic
from plan.calendar_file import load_calendar
from plan.model import Plan
from rules.levels import Level
from scheduler.occurrences import Occurrence, occurrences
from storage.db.database import open_database
from storage.delivery.usage import FREE_MESSAGES, FREE_USERS
from storage.migrations import migrate
from tests.conversation import Officer, Town, shipped_plan, town

YEAR = 2026
ORDINARY_REPORTS = 0.5
ACTION_MONTH_REPORTS = 2.0
"""Reports of a neighbourhood in a week, on average; the Action Month is 15 November to 15 December."""
WITH_PHOTOS = 0.4
PHOTOS = 2
NIL_AFTER_NUDGE = 0.7
"""How often "no activity this week" answers the Friday reminder."""
CHAIR_LOOKS = 3
"""Times a week that a chair looks at the ward's figures, beside Monday's picture."""
REVIEWS = 2
"""Times a week that a chair goes through what waits for approval."""
RETURNED = 0.1
"""How many of the reports are returned, with one question to look at."""
ANNOUNCEMENTS = 2
"""Times a month that the secretariat or the chair tells everybody something."""
PEOPLE_BESIDE_OFFICERS = 2
"""The chair and a deputy; the deputy reads but is not reminded."""
REPORT = ("báo cáo", "1", "1", "hôm nay", "1", "nữ 30 nam 15", "gửi")
ANOTHER = ("báo cáo hôm qua nói chuyện gia đình người dân nữ 20 nam 9", "gửi")

Month = int


@dataclass(frozen=True, slots=True)
class Costs:
    """The messages, in and out together, of each thing that people do."""

    join: int
    report: int
    nil: int
    look: int
    photos: int
    review: int
    returned: int


def measure() -> Costs:
    """Talk to the real turn and count."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/year.db"
        migrate(url)
        with open_database(url) as database:
            gv = town(database)
            officer = gv.stranger(channel="zalo")
            join = _talk(officer, f"ma {gv.invitation('propagandist', 'P10-KP05')}", "1")
            nil = _talk(officer, "không có hoạt động")
            report = _talk(officer, *REPORT)
            look = _talk(officer, "tóm tắt")
            chair = gv.joined("ward_chair", "P10", channel="zalo")
            returned = _returned(gv, chair, officer)
            _talk(officer, *ANOTHER)
            review = _talk(chair, "/duyet", "1")
            chair.sees("Đã duyệt 2 báo cáo")
    # The question, each photo and the way back to the review: one message and its answer each.
    return Costs(join, report, nil, look, 2 * (1 + PHOTOS + 1), review, returned)


def _returned(gv: Town, chair: Officer, officer: Officer) -> int:
    """A return from the queue with one question and a reason, what its author is told, and the answer to it."""
    chair.says("/duyet")
    asked = _talk(chair, "1", "2", "5", "nữ 30 hay là 13 ạ")
    notice = gv.notices(officer)[-1]
    mended = 1 + len(officer.presses(notice.choices[0].id)) + _talk(officer, "13")
    officer.sees("Đã sửa xong", "13 nữ")
    return asked + len(pages(notice, texts("vi"))) + mended


def _talk(officer: Officer, *lines: str) -> int:
    say = texts("vi")
    return sum(1 + sum(len(pages(reply, say)) for reply in officer.says(line)) for line in lines)


def reminders(calendar: Calendar, role: str) -> Mapping[Month, int]:
    """Count the digests a month to a person of a role who owes everything: one a day at most, without the nudge."""
    since = datetime.combine(date(YEAR, 1, 1), time(), ZONE)
    until = datetime.combine(date(YEAR, 12, 31), time(23, 59), ZONE)
    rules = [rule for rule in calendar.values() if role in rule.roles and rule.topic is not Topic.WEEK_UNREPORTED]
    found = (one for one in occurrences(rules, since, until) if not one.rule.rides and _speaks(one))
    return Counter(day.month for day in {one.at.astimezone(ZONE).date() for one in found})


def _speaks(occurrence: Occurrence) -> bool:
    """Whether there is something to say: of deadlines that is so on a few working days only."""
    rule, day = occurrence.rule, occurrence.at.astimezone(ZONE).date()
    if rule.topic not in DEADLINE_TOPICS:
        return True
    spoken = rule.due_days(day)
    return any(duty.falls_on(last) for duty in rule.duties for last in spoken)


def weeks() -> Iterator[tuple[Month, float]]:
    """Yield each Friday's month, and how many reports a neighbourhood sends in that week."""
    day = date(YEAR, 1, 2)
    while day.year == YEAR:
        in_action_month = date(YEAR, 11, 15) <= day <= date(YEAR, 12, 15)
        yield day.month, ACTION_MONTH_REPORTS if in_action_month else ORDINARY_REPORTS
        day += timedelta(days=7)


def times(mean: float, dice: random.Random) -> int:
    """Draw how often something happens that happens `mean` times on average (Poisson)."""
    limit, count, product = math.exp(-mean), 0, dice.random()
    while product > limit:
        count += 1
        product *= dice.random()
    return count


def neighbourhood(costs: Costs, factor: float, dice: random.Random) -> Counter[Month]:
    """Play one neighbourhood's year of messages."""
    used: Counter[Month] = Counter({1: costs.join})
    for month, mean in weeks():
        reports = times(mean * factor, dice)
        used[month] += sum(costs.report + (costs.photos if dice.random() < WITH_PHOTOS else 0) for _ in range(reports))
        used[month] += sum(costs.returned for _ in range(reports) if dice.random() < RETURNED)
        if not reports:
            used[month] += 1 + (costs.nil if dice.random() < NIL_AFTER_NUDGE else 0)
    return used


def ward(neighbourhoods: int, costs: Costs, calendar: Calendar, factor: float, dice: random.Random) -> Counter[Month]:
    """Play a ward's year: its neighbourhoods' messages, all reminders, the looks of chair and deputy, the reviews."""
    used: Counter[Month] = Counter({1: PEOPLE_BESIDE_OFFICERS * costs.join})
    for _ in range(neighbourhoods):
        used += neighbourhood(costs, factor, dice)
    for month, count in reminders(calendar, "propagandist").items():
        used[month] += neighbourhoods * count
    used += Counter(reminders(calendar, "ward_chair"))
    used += Counter(dict.fromkeys(range(1, 13), ANNOUNCEMENTS * (neighbourhoods + PEOPLE_BESIDE_OFFICERS)))
    for month, _ in weeks():
        used[month] += PEOPLE_BESIDE_OFFICERS * CHAIR_LOOKS * costs.look + REVIEWS * costs.review
    return used


def sizes(plan: Plan) -> dict[str, int]:
    """Count each ward's neighbourhoods."""
    return Counter(unit.parent or "" for unit in plan.shipped_units.values() if unit.level is Level.NEIGHBOURHOOD)


def year(costs: Costs, calendar: Calendar, factor: float = 1.0) -> dict[str, Counter[Month]]:
    """Play the year of every ward; return its messages by month."""
    return {
        code: ward(count, costs, calendar, factor, random.Random(f"{code} {YEAR}"))  # noqa: S311 (dice, no secret)
        for code, count in sorted(sizes(shipped_plan()).items())
    }


def shared(wards: Mapping[str, Counter[Month]], share: int) -> list[tuple[int, int]]:
    """Return people and busiest month of each bot when so many wards share one; the largest go with the smallest."""
    people = sizes(shipped_plan())
    order = sorted(wards, key=lambda code: -people[code])
    count = math.ceil(len(order) / share)
    groups: defaultdict[int, list[str]] = defaultdict(list)
    for place, code in enumerate(order):
        turn, step = divmod(place, count)
        groups[step if turn % 2 == 0 else count - 1 - step].append(code)
    return [_bot(codes, wards, people) for codes in groups.values()]


def _bot(codes: Sequence[str], wards: Mapping[str, Counter[Month]], people: Mapping[str, int]) -> tuple[int, int]:
    used: Counter[Month] = Counter()
    for code in codes:
        used += wards[code]
    return sum(people[code] + PEOPLE_BESIDE_OFFICERS for code in codes), max(used.values())


def print_months(wards: Mapping[str, Counter[Month]]) -> None:
    """Print the months, with a bot a ward."""
    print(f"\nOne bot a ward ({len(wards)} bots): messages in and out\n")
    print("| month | smallest bot | median | busiest bot | of the quota |\n|---|---:|---:|---:|---:|")
    for month in range(1, 13):
        used = sorted(wards[code][month] for code in wards)
        share = f"{100 * used[-1] / FREE_MESSAGES:.0f} %"
        print(f"| {YEAR}-{month:02} | {used[0]} | {used[len(used) // 2]} | {used[-1]} | {share} |")


def print_sharing(wards: Mapping[str, Counter[Month]]) -> None:
    """Print how many wards fit one bot."""
    print("\nSeveral wards a bot\n")
    print("| wards a bot | bots | most people | busiest month | verdict |\n|---:|---:|---:|---:|---|")
    for share in range(1, 6):
        bots = shared(wards, share)
        people, most = max(bot[0] for bot in bots), max(bot[1] for bot in bots)
        print(f"| {share} | {len(bots)} | {people} | {most} | {_verdict(people, most)} |")


def print_growth(costs: Costs, calendar: Calendar) -> None:
    """Print how much more people may report before a ward's own bot overflows."""
    print("\nOne bot a ward, the more is reported\n")
    print(
        "| reports a week | in the Action Month | busiest month | of the quota | verdict |\n|---:|---:|---:|---:|---|"
    )
    for factor in (1.0, 2.0, 3.0, 4.0, 6.0):
        most = max(max(used.values()) for used in year(costs, calendar, factor).values())
        ordinary, action = ORDINARY_REPORTS * factor, ACTION_MONTH_REPORTS * factor
        share = f"{100 * most / FREE_MESSAGES:.0f} %"
        print(f"| {ordinary:.1f} | {action:.1f} | {most} | {share} | {_verdict(0, most)} |")


def _verdict(people: int, most: int) -> str:
    over = [f"over {FREE_USERS} people"] if people > FREE_USERS else []
    over += [f"over {FREE_MESSAGES:,} messages"] if most > FREE_MESSAGES else []
    return " and ".join(over) or "fits"


def main() -> None:
    costs, calendar = measure(), load_calendar(Path("plan/calendar.toml"))
    print(
        f"A report takes {costs.report} messages in and out, with {PHOTOS} photos {costs.report + costs.photos}; "
        f'"no activity" {costs.nil}, a look at the figures {costs.look}, joining {costs.join}, '
        f"approving what waits {costs.review}, a return with what is mended {costs.returned}."
    )
    wards = year(costs, calendar)
    print_months(wards)
    print_sharing(wards)
    print_growth(costs, calendar)


if __name__ == "__main__":
    main()
