"""The targets as tables: people between two ends, what these rest on, and the groups whose visits count."""

from collections.abc import Iterator

from locales import Say
from plan.model import Plan
from reports.files.tables import Column, Holds, Row, Table
from reports.progress import Progress, Targets
from reports.target_texts import basis_text, state_text
from reports.wording import period_text
from rules.kinds import Reach


def target_tables(found: Targets, plan: Plan, say: Say, *, shared: bool) -> Iterator[Table]:
    """The targets, then their components. Shared files say nothing of those who were helped."""
    listed = [each for each in found.listed if not (shared and each.target.reach is Reach.SERVICE)]
    yield _targets(listed, say)
    yield _components(listed, plan, say)


def _targets(listed: list[Progress], say: Say) -> Table:
    columns = (
        Column("target", say("Target"), say("The code of the target in the plan."), Holds.TEXT, 8),
        Column("name", say("Name"), say("What is to be reached."), Holds.TEXT, 50),
        Column("period", say("Period"), say("The days over which people count."), Holds.TEXT, 26),
        Column("percent", say("To reach (%)"), say("The share that the plan wants."), Holds.PERCENT),
        Column("state", say("Standing"), say("Whether it is reached, as far as that can be said."), Holds.TEXT, 30),
        Column("basis", say("Based on"), say("What the number of people rests on."), Holds.TEXT, 36),
        Column("low", say("At least (people)"), say("Assumes that nobody is counted at the own events of two units.")),
        Column("single", say("At least, without the assumption"), say("The largest single event."), width=16),
        Column("high", say("At most (people)"), say("Only at the events reported; empty where nobody knows.")),
        Column("low_women", say("Women: at least"), say("The lower end for women."), width=10),
        Column("high_women", say("Women: at most"), say("The upper end for women."), width=10),
        Column("low_men", say("Men: at least"), say("The lower end for men."), width=10),
        Column("high_men", say("Men: at most"), say("The upper end for men."), width=10),
        Column("denominator", say("Denominator (people)"), say("How many there are; empty while a unit owes it.")),
        Column("source", say("Source"), say("Where the denominator is from."), Holds.TEXT, 30),
        Column("as_of", say("Figures of"), say("The day of the denominator."), Holds.DAY),
        Column("share_low", say("Share: at least (%)"), say("Of the denominator, rounded down."), Holds.PERCENT),
        Column("share_high", say("Share: at most (%)"), say("Of the denominator, rounded up."), Holds.PERCENT),
        Column("earlier", say("Earlier results (people)"), say("From before there were reports, with their source.")),
        Column("missing", say("To be supplied by"), say("The units that owe numbers."), Holds.TEXT, 40),
    )
    about = say("A row for each target. Targets count people, who are fewer than their visits.")
    return Table("targets", say("Targets"), about, columns, [_row(each, say) for each in listed])


def _row(each: Progress, say: Say) -> Row:
    judged, counted, low, high = each.judged, each.denominator, each.low, each.high
    return (
        each.target.code,
        each.target.name(say.language),
        period_text(say, each.period),
        each.target.percent / 100,
        state_text(each, say),
        basis_text(each, say),
        judged.low,
        each.single if each.low is not None else None,
        judged.high,
        low.women if low else None,
        high.women if high else None,
        low.men if low else None,
        high.men if high else None,
        counted.total if counted else None,
        counted.source if counted else "",
        counted.as_of if counted else None,
        None if judged.share_low is None else judged.share_low / 100,
        None if judged.share_high is None else judged.share_high / 100,
        each.earlier.total if each.earlier else None,
        ", ".join(owing.unit.code for owing in each.owing),
    )


def _components(listed: list[Progress], plan: Plan, say: Say) -> Table:
    columns = (
        Column("target", say("Target"), say("The code of the target in the plan."), Holds.TEXT, 8),
        Column("group", say("Group"), say("The code of the target group that came."), Holds.TEXT, 16),
        Column("group_name", say("Target group"), say("Its name."), Holds.TEXT, 46),
        Column("partly", say("Only some count"), say("Nobody knows which of them."), Holds.TEXT, 10),
        Column("women", say("Women (visits)"), say("Visits of women in the target's period.")),
        Column("men", say("Men (visits)"), say("Visits of men in the target's period.")),
        Column("unsorted", say("Not by sex (visits)"), say("Visits of people whose sex nobody noted.")),
    )
    rows: list[Row] = [
        (
            each.target.code,
            part.group,
            plan.name(part.group, say.language),
            say("yes") if part.partly else say("no"),
            part.visits.women,
            part.visits.men,
            part.visits.unsorted,
        )
        for each in listed
        for part in each.components
    ]
    about = say("A row for each target group that counts for a target: visits, which are no people.")
    return Table("target_groups", say("Groups of targets"), about, columns, rows)
