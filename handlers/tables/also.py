"""Words that, as the whole message, mean an action that is no command, or a certain choice of a command."""

from collections.abc import Mapping

from messages.actions import (
    Action,
    Disputes,
    EndChats,
    InPlace,
    Language,
    Missing,
    Resume,
    TakeBackNil,
    UnitReports,
)

ALSO: Mapping[str, Action] = {
    **dict.fromkeys(("english", "tiếng anh"), Language("en")),
    **dict.fromkeys(("tiếng việt", "vietnamese"), Language("vi")),
    **dict.fromkeys(("tiếp tục", "continue"), Resume()),
    **dict.fromkeys(("báo cáo đã gửi", "báo cáo của phường", "reports that came in"), UnitReports()),
    **dict.fromkeys(("rút lại không có hoạt động", "rút báo không có hoạt động"), TakeBackNil()),
    **dict.fromkeys(
        ("rút lại báo không có hoạt động", "tuần này có hoạt động", "take back no activity"), TakeBackNil()
    ),
    **dict.fromkeys(("ai chưa báo cáo", "chưa báo cáo", "who has not reported"), Missing()),
    **dict.fromkeys(("báo cáo thay", "report in their place"), InPlace()),
    **dict.fromkeys(("mất điện thoại", "mất máy", "lost phone"), EndChats()),
    **dict.fromkeys(("số liệu chưa thống nhất", "figures that disagree"), Disputes()),
}
