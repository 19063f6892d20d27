"""Which reports figures are narrowed to, as people read it."""

from locales import Say, texts
from plan.model import Plan
from reports.filtering import ALL, ALL_OVER, Filter
from rules.kinds import Place
from rules.levels import Level
from storage.directory.tree import UnitsOfDay


def narrowed_text(plan: Plan, units: UnitsOfDay, only: Filter, language: str) -> str:
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
        _place(units, only.place, texts(language)) if only.place else "",
        texts(language)("approved reports") if only.approved_only else "",
    )
    return ", ".join(filter(None, names))


def _place(units: UnitsOfDay, place: str, say: Say) -> str:
    if place == Place.UNKNOWN:
        return say("place not said")
    if place == Place.OUTSIDE:
        return say("held outside this unit")
    code = place.removesuffix(ALL_OVER)
    title = units.title(code) if code in units else code
    return say("held all over {unit}", unit=title) if place.endswith(ALL_OVER) else say("held in {unit}", unit=title)
