"""The first sheet: what period and unit, on what basis, as of when, whether it is a draft, and the sums."""

from collections.abc import Iterator

from locales import Say, decimal, number
from periods.period import Length
from reports.figures import Figures
from reports.files.figure_tables import people_cells
from reports.files.scope import Wanted
from reports.files.service_tables import shown_cell
from reports.files.standing import standing_rows
from reports.files.tables import Cell, Column, Holds, Row, Table
from reports.help import Services
from reports.published import Published
from reports.wording import as_they_were, day_text, moment, period_title, restated_text


def summary_table(shown: Published, wanted: Wanted, say: Say) -> Table:
    """A row for each thing that is to be known of the whole."""
    columns = (
        Column("what", say("What"), say("What the row is about."), Holds.TEXT, 44),
        Column("value", say("Value"), say("A number, a day or a text."), Holds.TEXT, 30),
        Column("note", say("Note"), say("How to read it."), Holds.TEXT, 70),
    )
    figures = shown.figures
    rows = [*_head(figures, wanted, say), *_sums(figures, say), *_helped(shown.services, say)]
    rows += [*_others(figures, say), *_weeks(figures, say)]
    return Table("summary", say("Overview"), say("What the file is about, and the sums."), columns, rows)


def _head(figures: Figures, wanted: Wanted, say: Say) -> Iterator[Row]:
    period = figures.period
    yield say("Period"), period_title(say, period), f"{day_text(period.first)} – {day_text(period.last)}"
    yield say("Unit"), figures.title, figures.unit
    yield from standing_rows(say, wanted.entered)
    yield say("As of"), moment(say, figures.as_of), say("All sheets are of this one moment.")
    basis = restated_text(say, figures.basis) or say("as they were")
    yield say("By which units"), basis, " ".join(as_they_were(say, figures.basis))
    if wanted.approved_only:
        yield say("Which reports"), say("approved ones alone"), say("All others are left out of every sheet.")
    if figures.sample:
        yield say("Sample data"), say("yes"), say("SAMPLE DATA: made up to try the bot, not real reports.")
    if wanted.shared:
        yield (
            say("Left out"),
            say("services by report"),
            say("Who was helped could be recognised by small numbers, so reports of services are not listed."),
        )


def _sums(figures: Figures, say: Say) -> Iterator[Row]:
    women, men, unsorted, total, share = people_cells(figures.people)
    yield say("Activities"), figures.reports, say("Reports that count; each once.")
    yield say("Not yet approved"), figures.not_approved, say("Of these; nobody has approved them yet.")
    yield say("All visits"), total, say("Visits to events, never people: who comes twice counts twice.")
    yield say("Women (visits)"), women, ""
    yield say("Men (visits)"), men, ""
    yield say("Not by sex (visits)"), unsorted, say("Visits of people whose sex nobody noted.")
    if share is not None:
        yield say("Women (%)"), _share(share, say), _known(figures, say)
    yield say("Women for the first time"), figures.first.female, say("As far as it was asked; this year, by anybody.")
    yield say("Men for the first time"), figures.first.male, say("As far as it was asked; this year, by anybody.")


def _helped(services: Services | None, say: Say) -> Iterator[Row]:
    """As far as they are shown."""
    if services is None:
        yield (
            say("Helped (visits)"),
            say("not shown"),
            say("Shown by quarter, once it is over, and never small numbers."),
        )
        return
    whole = services.whole
    yield say("Helped (visits)"), shown_cell(whole.total, say), say("Visits to services, never added to events.")
    if whole.women is not None and whole.men is not None and whole.unsorted is not None:
        yield say("Helped: women (visits)"), shown_cell(whole.women, say), ""
        yield say("Helped: men (visits)"), shown_cell(whole.men, say), ""
        yield say("Helped: not by sex (visits)"), shown_cell(whole.unsorted, say), ""


def _others(figures: Figures, say: Say) -> Iterator[Row]:
    yield say("Inspected"), figures.inspections.checked, ""
    yield say("Violations"), figures.inspections.violations, ""
    yield say("Handled"), figures.inspections.handled, ""
    yield say("Survey forms"), figures.surveys, ""
    yield say("Documents"), figures.documents, ""
    yield say("Events whose reports disagree"), figures.disputed, say("Nobody has decided yet which figures hold.")


def _share(share: Cell, say: Say) -> str:
    return f"{decimal(100 * float(str(share)), say.language)} %"


def _known(figures: Figures, say: Say) -> str:
    known = figures.people.female + figures.people.male
    return say("Of {known} visits whose sex was noted.", known=number(known, say.language))


def _weeks(figures: Figures, say: Say) -> Iterator[Row]:
    kept, is_week = figures.completeness, figures.period.length is Length.WEEK
    of = figures.owing if is_week else say("weeks of all {owing}", owing=figures.owing)
    yield say("Weeks owed"), kept.expected, of
    yield say("Received"), kept.received, say("Reported, without activity, or being mended.")
    yield say("On time"), kept.on_time, say("Before Monday 07:00.")
    yield say("Without activity"), kept.nil.count, ""
    yield say("Being mended"), kept.mending.count, say("Returned, and not in the figures until they are sent again.")
    yield say("Missing"), kept.missing.count, ""
    if kept.free:
        yield say("Free weeks"), ", ".join(kept.free), say("Nobody owes these weeks.")
