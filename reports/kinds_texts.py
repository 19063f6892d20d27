"""How many activities there were, said by what they are: "12 buổi, 3 sản phẩm truyền thông, 1 cuộc kiểm tra"."""

from collections.abc import Callable, Iterable, Mapping

from locales import Say, number
from reports.figures import FigureRow
from rules.kinds import ActivityKind

_COUNTED: Mapping[str, Callable[[Say, int, str], str]] = {
    ActivityKind.EVENT: lambda say, n, shown: say.plural("{count} event", "{count} events", n, count=shown),
    ActivityKind.MEDIA: lambda say, n, shown: say.plural(
        "{count} media product", "{count} media products", n, count=shown
    ),
    ActivityKind.INSPECTION: lambda say, n, shown: say.plural(
        "{count} inspection", "{count} inspections", n, count=shown
    ),
    ActivityKind.SURVEY: lambda say, n, shown: say.plural("{count} survey", "{count} surveys", n, count=shown),
    ActivityKind.SERVICE: lambda say, n, shown: say.plural(
        "{count} time of counselling or help", "{count} times of counselling or help", n, count=shown
    ),
    ActivityKind.DOCUMENT: lambda say, n, shown: say.plural(
        "{count} text reviewed", "{count} texts reviewed", n, count=shown
    ),
}


def activities_text(say: Say, reports: int) -> str:
    """ "16 hoạt động"."""
    return say.plural("{count} activity", "{count} activities", reports, count=number(reports, say.language))


def kinds_text(say: Say, reports: int, by_kind: Iterable[FigureRow]) -> str:
    """The same by kinds, where these account for all of them."""
    rows = [row for row in by_kind if row.reports]
    if sum(row.reports for row in rows) != reports or not all(row.code in _COUNTED for row in rows):
        return activities_text(say, reports)
    return ", ".join(_COUNTED[row.code](say, row.reports, number(row.reports, say.language)) for row in rows)
