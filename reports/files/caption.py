"""The message that brings a file: what is in it, and as of when, from the very figures of the file."""

from locales import number
from reports.files.content import Content
from reports.files.standing import as_of_text
from reports.wording import period_title, sexes


def caption(content: Content) -> str:
    """A few lines: period and unit, the sums, what it is."""
    say, figures = content.say, content.figures
    lines = [f"{period_title(say, figures.period)} – {figures.title}"]
    if figures.sample:
        lines.append(say("SAMPLE DATA: made up to try the bot, not real reports."))
    count = number(figures.reports, say.language)
    activities = say.plural("{count} activity", "{count} activities", figures.reports, count=count)
    if figures.people.total:
        total = number(figures.people.total, say.language)
        visits = say("{total} visits ({sexes})", total=total, sexes=sexes(say, figures.people))
        lines.append(f"{activities}, {visits}")
    else:
        lines.append(activities if figures.reports else say("No activity has been reported."))
    lines.append(f"{as_of_text(say, content.wanted.entered, figures.as_of)}.")
    if content.wanted.shared:
        lines.append(say("Reports of services are not in it, since few people could be recognised."))
    return "\n".join(lines)
