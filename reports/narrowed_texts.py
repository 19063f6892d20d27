"""Which reports figures are narrowed to, as people read it."""

from locales import texts
from plan.model import Plan
from reports.filtering import ALL, Filter
from rules.levels import Level


def narrowed_text(plan: Plan, only: Filter, language: str) -> str:
    """ "Tờ rơi, báo cáo đã duyệt": what is counted, by its short names; empty if all is."""
    if only == ALL:
        return ""
    levels = {level.value: plan.levels.title(level, language) for level in Level}
    names = (
        plan.kinds[only.kind].short(language) if only.kind in plan.kinds else only.kind,
        plan.short(only.activity, language) if only.activity else "",
        plan.groups[only.group].short(language) if only.group in plan.groups else only.group,
        plan.item(only.item, language) if only.item else "",
        levels.get(only.level, only.level),
        texts(language)("approved reports") if only.approved_only else "",
    )
    return ", ".join(filter(None, names))
