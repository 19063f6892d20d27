"""The command line's commands, except the work of `chat`, `run` and `demo`, which have modules of their own."""

import asyncio
import json
from collections.abc import Mapping
from datetime import datetime, time
from functools import partial
from time import monotonic
from typing import Any

from sqlalchemy import Connection

from bot.clock import system_now
from bot.console import agreed, print_text
from bot.errors import UsageError
from bot.named import no_unit, period_named, period_or_week, unit_named
from bot.operations.archive import DATABASE, SECRET, Manifest
from bot.operations.progress import ProgressLine
from bot.prepare import prepare
from bot.settings import Settings
from handlers.people.links import link_of
from locales import texts
from periods.days import ZONE, local_day
from plan.loader import load_plan
from reports.beside import Beside, beside_of
from reports.figures import Figures
from reports.filtering import Filter
from reports.reckoning import figures_of
from reports.scope import UnknownUnitError
from reports.target_texts import targets_text
from reports.targets import targets_of
from reports.texts import summary_text
from rules.roles import Role
from scheduler.preview import preview
from services.directory.codes import written
from services.directory.invitations import issue
from storage.directory.units import unit_tree

MOST_DAYS = 800
"""The longest span that `reminders` lists: two years, so that a slip of the keyboard does not run for hours."""


def demo(settings: Settings, arguments: Any) -> None:
    """Serve the demo until it is stopped."""
    from bot.demo.run import serve

    asyncio.run(serve(settings, arguments.port, year=not arguments.recent))


def run(settings: Settings, _: Any) -> None:
    """Serve every channel that has settings, until SIGTERM."""
    from bot.app import serve

    asyncio.run(serve(settings))


def chat(settings: Settings, arguments: Any) -> None:
    """Talk in this terminal."""
    from bot.chat import Chat, talk, talk_json

    prepared = prepare(settings, system_now())
    with prepared.database:
        talker = Chat(prepared, settings, arguments.code)
        if arguments.json:
            talk_json(talker)
        else:
            talk(talker, texts("vi"))


def invite(settings: Settings, arguments: Any) -> None:
    """Make an invitation for one person."""
    prepared, now = prepare(settings, system_now()), system_now()
    with prepared.database as database:
        unit = database.read(unit_tree).on(local_day(now)).find(arguments.unit)
        if arguments.role not in list(Role):
            raise UsageError(f"{arguments.role!r} is no role. Choose {', '.join(Role)}.")
        if unit is None:
            raise no_unit(arguments.unit)
        if unit.role != arguments.role:
            raise UsageError(f"{unit.code}, a {unit.level}, has no {arguments.role}; the role there is {unit.role}.")
        code, unit_id = prepared.world.chance(), unit.id

        role, seal = arguments.role, prepared.world.seal
        job = partial(issue, code=code, role=role, unit_id=unit_id, by=None, now=now, seal=seal)
        _, expires = database.write(job).result()
    made = {"code": written(code), "link": link_of(settings.links_begin, code), "expires": _local(expires)}
    _show(made, f"{made['code']}  {made['link']}\nOne use, until {made['expires']}.", as_json=arguments.json)


def summary(settings: Settings, arguments: Any) -> None:
    """Print a period's figures."""
    prepared, now = prepare(settings, system_now()), system_now()
    with prepared.database as database:
        unit = unit_named(database.read(unit_tree).on(local_day(now)), arguments.unit)
        period = period_or_week(arguments.period, prepared.plan.periods, local_day(now))
        as_of = arguments.units_of
        only = Filter(
            arguments.kind,
            arguments.activity,
            arguments.group,
            arguments.item,
            arguments.level,
            arguments.place,
            approved_only=arguments.approved,
        )

        def read(db: Connection) -> tuple[Figures, Beside | None]:
            figures = figures_of(db, prepared.plan, unit, period, now, only=only, units_of=as_of)
            return figures, beside_of(db, prepared.plan, figures) if as_of is None else None

        try:
            figures, beside = database.read(read)
        except UnknownUnitError:
            raise UsageError(f"{unit!r} was no unit on {as_of}. Name one of that day.") from None
    _show(figures.to_dict(), summary_text(figures, beside=beside), as_json=arguments.json)


def targets(settings: Settings, arguments: Any) -> None:
    """Print how far the targets are."""
    prepared, now = prepare(settings, system_now()), system_now()
    with prepared.database as database:
        unit = unit_named(database.read(unit_tree).on(local_day(now)), arguments.unit)
        period = period_named(arguments.period, prepared.plan.periods)
        found = database.read(lambda db: targets_of(db, prepared.plan, unit, now, period))
    _show(found.to_dict(), targets_text(found), as_json=arguments.json)


def issued(settings: Settings, arguments: Any) -> None:
    """List what was issued."""
    from storage.records.issued import all_listed

    prepared = prepare(settings, system_now())
    with prepared.database as database:
        tree, found = database.read(lambda db: (unit_tree(db), all_listed(db, arguments.most)))
    units = tree.on(local_day(system_now()))
    listed = [
        {
            "document": each.id,
            "kind": each.kind,
            "unit": units.unit(each.unit_id).code,
            "period": each.period,
            "number": each.number,
            "day": each.dated.isoformat() if each.dated else None,
            "signer": each.signer,
            "as_of": _local(each.as_of),
            "sha256": each.sha256,
            "replaces": each.replaces,
            "corrected_by": each.corrected_by,
        }
        for each in found
    ]
    names = ("document", "kind", "unit", "period", "as_of", "number", "day", "signer")
    lines = ["  ".join(str(each[name] or "-") for name in names) for each in listed]
    _show({"issued": listed}, "\n".join(lines) or "Nothing has been issued yet.", as_json=arguments.json)


def read(settings: Settings, arguments: Any) -> None:
    """Show what is made of a text; nothing is stored."""
    from bot.reading import read_text

    plan, state = load_plan(settings.plan), " ".join(arguments.state)
    today = arguments.today or local_day(system_now())
    if state.split()[0] not in {"idle", "question", "review"}:
        raise UsageError(f"{state!r} is no state. Choose idle, question NAME or review.")
    try:
        told = read_text(plan, arguments.text, arguments.unit, today, state)
    except KeyError as error:
        raise UsageError(f"{error.args[0]!r} is neither a unit of the plan nor a question of the form.") from None
    lines = [f"{name} = {value}" for name, value in told.taken.items()]
    lines += [f"{name}? {', '.join(map(str, options))}" for name, options in told.asked]
    lines += [f"{one.span} {one.what}: {one.value} ({one.rule}) {one.why}".strip() for one in told.readings]
    _show(told.as_json(), "\n".join(lines), as_json=arguments.json)


def reminders(settings: Settings, arguments: Any) -> None:
    """Print what would be sent between two days."""
    if not 0 <= (arguments.until - arguments.since).days <= MOST_DAYS:
        raise UsageError(f"--to must not lie before --from, nor more than {MOST_DAYS} days after it.")
    prepared = prepare(settings, system_now())
    since = datetime.combine(arguments.since, time.min, ZONE)
    until = datetime.combine(arguments.until, time.max, ZONE)
    with prepared.database as database:
        due = database.read(lambda db: preview(db, prepared.plan, prepared.calendar, since, until))
    rows = [reminder.to_dict() for reminder in due]
    lines = [f"{row['due_at']}  {row['unit']:<10} {row['person'] or '–'}  [{row['rule']}] {row['why']}" for row in rows]
    _show({"reminders": rows}, "\n".join(lines) or "Nothing falls due then.", as_json=arguments.json)


def doctor(settings: Settings, arguments: Any) -> int:
    """Look everything over; 1 if there is a problem."""
    from bot.operations.doctor import Verdict, examine
    from bot.operations.doctor_database import examine_database
    from bot.operations.doctor_figures import examine_figures
    from bot.operations.rehearsal import rehearse

    now = system_now()
    findings = [*examine(settings, now), *examine_database(settings, now)]
    if arguments.rehearse:
        findings.append(rehearse(settings))
    if arguments.figures:
        findings += examine_figures(settings)
    is_well = all(finding.state is not Verdict.PROBLEM for finding in findings)
    lines = [f"{finding.state:<8} {finding.check:<9} {finding.text}" for finding in findings]
    _show(
        {"ok": is_well, "checks": [finding.to_dict() for finding in findings]}, "\n".join(lines), as_json=arguments.json
    )
    return 0 if is_well else 1


def backup(settings: Settings, arguments: Any) -> None:
    """Pack everything that would be missed."""
    from bot.operations.backup import back_up

    manifest = back_up(settings, arguments.file, system_now(), ProgressLine(monotonic))
    print_text(f"{arguments.file}: {_inside(manifest)}. It holds personal data: keep it safe, on another machine.")
    if DATABASE not in manifest.files:
        print_text("The database is PostgreSQL's and not in it: use pg_dump as well.")


def restore(settings: Settings, arguments: Any) -> None:
    """Check a backup, ask, and put it in place."""
    from bot.operations.restore import checked, put_back

    told = ProgressLine(monotonic)
    manifest = checked(settings, arguments.file, told)
    print_text(f"A whole backup of {_local(manifest.made_at)}: {_inside(manifest)}.")
    print_text("It takes the place of what is here now, which is put aside.")
    if not (arguments.yes or agreed()):
        print_text("Nothing was changed.")
        return
    aside = put_back(settings, arguments.file, manifest, system_now(), told)
    print_text("Done. Start the bot; what was reported after the backup is missing.")
    if aside:
        print_text(f"What was here lies in {', '.join(map(str, aside))}. Remove it when you are sure.")


def _inside(manifest: Manifest) -> str:
    names = {DATABASE: "the database", SECRET: "the secret"}
    parts = [
        f"{manifest.media:,} photos and files",
        *(words for name, words in names.items() if name in manifest.files),
    ]
    return f"{', '.join(parts)}; {manifest.size / 2**20:,.1f} MB"


def _local(moment: datetime) -> str:
    return moment.astimezone(ZONE).isoformat(timespec="seconds")


def _show(data: Mapping[str, Any], text: str, *, as_json: bool) -> None:
    print_text(json.dumps(data, ensure_ascii=False) if as_json else text)
