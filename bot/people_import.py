"""`people import`: tell whom a list of people invites, ask, and make a personal code for each."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from bot.clock import system_now
from bot.console import agreed, print_text
from bot.errors import UsageError
from bot.prepare import prepare
from bot.settings import Settings
from bot.whole_files import check_place, written_whole
from handlers.people.cards import cards
from handlers.people.links import link_of
from locales import texts
from periods.days import local_day
from plan.inviting import InviteList, look_through
from plan.problems import PlanError, Problem
from reports.invitation_sheet import sheet
from services.directory.codes import written
from services.directory.inviting import Made, Prospect, invite_all, prospect
from storage.directory.units import unit_tree


def people_import(settings: Settings, arguments: Any) -> None:
    """Tell whom a list invites, ask, and make their invitations.

    Rows that are not understood are named, and the others are invited after a yes that is typed: `--yes` and `--json`
    are for lists that are right as a whole. Raises `PlanError` if nobody is understood, `UsageError` for a wrong wish.
    """
    prepared, now = prepare(settings, system_now()), system_now()
    path, today, seal = Path(arguments.file), local_day(now), prepared.world.seal
    if arguments.sheet:
        check_place("--sheet", Path(arguments.sheet))
    with prepared.database as database:
        units = database.read(unit_tree).on(today)
        if arguments.ward and arguments.ward not in units:
            raise UsageError(f"{arguments.ward!r} is no unit. Codes look like P10 or P10-KP05.")
        listed = look_through(path, path.name, units, prepared.plan.levels, arguments.ward)
        _check_whole(listed, is_asking=not (arguments.yes or arguments.json))
        wanted = database.read(lambda db: prospect(db, listed.people, now, seal))
        if not arguments.json:
            print_text("\n".join(_told(listed, wanted)))
        if wanted.to_invite and not (arguments.yes or agreed()):
            print_text("Nothing was changed.")
            return

        def job(db: Connection) -> tuple[Made, ...]:
            return invite_all(db, prospect(db, listed.people, now, seal), prepared.world.chance, seal, None, now)

        made = database.write(job).result()
        if arguments.sheet and made:
            drawn = database.read(lambda db: cards(db, texts("vi"), units, made, settings.links_begin))
            with written_whole(Path(arguments.sheet)) as part:
                part.write_bytes(sheet(drawn, "vi"))
    rows = [_row(settings, invitation) for invitation in made]
    if arguments.json:
        print_text(json.dumps({"invitations": rows}, ensure_ascii=False, indent=2))
    elif rows:
        print_text("\n".join("\t".join(row.values()) for row in rows))
        if arguments.sheet:
            print_text(f"Cards to print: {arguments.sheet}")
        print_text("Each code is for one person. The same list shows it again until they have come.")


def _check_whole(listed: InviteList, *, is_asking: bool) -> None:
    """Refuse what nobody could agree to: a list without anybody, or a partly understood one that is not asked about."""
    if listed.problems and not listed.people:
        raise PlanError(listed.problems)
    if listed.problems and not is_asking:
        wrong = "\n".join(map(str, listed.problems))
        raise UsageError(f"{wrong}\nNothing was changed. Without --yes and --json you are asked about the other rows.")


def _told(listed: InviteList, wanted: Prospect) -> list[str]:
    """What would be done, in lines."""
    roles = Counter(person.role for person in wanted.to_invite)
    lines = [f"To invite: {len(wanted.to_invite)} ({_counted(roles) or 'nobody'})"]
    if wanted.again:
        lines.append(f"Of these have a code that lets nobody in any more, which is replaced: {len(wanted.again)}")
    if wanted.kept:
        lines.append(f"Invited already, with a code that still waits and stays: {len(wanted.kept)}")
    if unnamed := sum(not person.name for person in wanted.to_invite):
        lines.append(f"Without a name yet, so invited by their unit alone: {unnamed}")
    if wanted.joined:
        lines.append(f"Here already, so left alone: {len(wanted.joined)}")
    if listed.ignored:
        lines.append(f"Of these columns nothing is kept: {', '.join(listed.ignored)}")
    if listed.problems:
        lines.extend(_not_understood(listed.problems, wanted))
    return lines


def _not_understood(problems: tuple[Problem, ...], wanted: Prospect) -> Iterator[str]:
    """The rows that invite nobody, each with what is wrong there, and what becomes of them and of the others."""
    yield f"Rows that are not understood, and invite nobody: {len({problem.row for problem in problems})}"
    yield from map(str, problems)
    if wanted.to_invite:
        yield "After a yes the others are invited. Import the mended list later: whoever has a code keeps it."
    else:
        yield "Mend these rows and import the list again: whoever has a code keeps it."


def _counted(roles: Counter[Any]) -> str:
    return ", ".join(f"{role}: {count}" for role, count in sorted(roles.items()))


def _row(settings: Settings, made: Made) -> dict[str, str]:
    person = made.person
    return {
        "unit": person.unit.code,
        "role": person.role,
        "name": person.name,
        "code": written(made.code),
        "link": link_of(settings.links_begin, made.code),
        "until": local_day(made.expires).isoformat(),
    }
