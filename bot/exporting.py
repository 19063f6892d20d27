"""`export`: a period's figures and reports as a file, written by the operator, who sees all."""

import json
from datetime import date
from pathlib import Path
from time import monotonic
from typing import Any

from bot.clock import system_now
from bot.console import print_text
from bot.errors import UsageError
from bot.named import no_unit, period_or_week
from bot.operations.progress import ProgressLine
from bot.prepare import OpenInstallation, prepare
from bot.settings import Settings
from bot.whole_files import check_place, written_whole
from periods.days import local_day
from reports.files.building import Material
from reports.files.scope import Wanted
from reports.letters.composing import NoLetterError
from reports.scope import UnknownUnitError
from services import exporting
from storage.db.snapshot import snapshot
from storage.directory.units import unit_tree

__all__ = ["FORMS", "export"]
FORMS = {**exporting.FORMS, "docx": "letter"}
"""By form the kinds of documents."""


def export(settings: Settings, arguments: Any) -> None:
    """Write the file, or nothing: it takes its place when it is whole."""
    out: Path = arguments.out
    check_place("--out", out)
    from reports.files.builders import builder_of  # what writes workbooks is heavy, and other commands do without

    now = system_now()
    prepared = prepare(settings, now)
    with prepared.database:
        wanted = _wanted(prepared, arguments, local_day(now))
        data = wanted.written() | _letter(prepared, arguments, wanted, local_day(now))
    told = ProgressLine(monotonic)
    try:
        with written_whole(out) as part, snapshot(settings.database_url) as db:
            material = Material(db, prepared.plan, settings.plan, now, lambda done, whole: told(str(out), done, whole))
            text = builder_of(FORMS[arguments.form])(material, data, part)
    except NoLetterError as error:
        raise UsageError(f"{error}.") from None
    except UnknownUnitError:
        raise UsageError(f"{wanted.unit!r} was no unit then. Name one of that time.") from None
    shown = {"file": str(out), "size": out.stat().st_size, **wanted.written(), "period": wanted.period.code}
    print_text(json.dumps(shown, ensure_ascii=False) if arguments.json else f"{text}\n{out}")


def _letter(prepared: OpenInstallation, arguments: Any, wanted: Wanted, today: date) -> dict[str, str]:
    """Which letter, for one; the first that fits the period if none is named."""
    if arguments.form != "docx":
        return {}
    unit = prepared.database.read(unit_tree).on(today).find(wanted.unit)
    kinds = [kind.id for kind in prepared.plan.letters.fitting(wanted.period.length, unit.level if unit else "")]
    if not kinds or arguments.letter not in ("", *kinds):
        fitting = f"These fit: {', '.join(kinds)}." if kinds else "No letter fits that unit and period."
        raise UsageError(
            f"--letter: {arguments.letter or '?'} is none of {wanted.unit} about {wanted.period.code}. {fitting}"
        )
    return {"kind": arguments.letter or kinds[0]}


def _wanted(prepared: OpenInstallation, arguments: Any, today: date) -> Wanted:
    units = prepared.database.read(unit_tree).on(today)
    unit = arguments.unit or units.root.code
    if not any(each.code == unit for each in prepared.database.read(unit_tree).units):
        raise no_unit(unit)
    return Wanted(
        unit,
        period_or_week(arguments.period, prepared.plan.periods, today),
        arguments.language,
        arguments.shared,
        arguments.units_of,
        arguments.approved,
    )
