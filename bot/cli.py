"""The command line: one table of commands, each with its words and its function. Errors say what to do, in one line."""

import argparse
import logging
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn, TypeAlias

from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from bot import logs
from bot.errors import UsageError
from bot.settings import Settings
from periods.period import week_period
from periods.weeks import monday_of, week_of
from plan.problems import PlanError
from storage.db.writer import Unavailable

Arguments = argparse.Namespace


class Parser(argparse.ArgumentParser):
    """Says in one line what is wrong. `--help` tells how a command is used."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{message} (`{self.prog} --help` says more)\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0, 1 if the doctor found a problem, or 2 for what the caller can mend."""
    words = sys.argv[1:] if argv is None else argv
    arguments = _parser(words).parse_args(words)
    try:
        settings = Settings()
    except ValidationError as error:
        return _refuse(
            "; ".join(
                f"BOT_{'_'.join(map(str, e['loc'])).upper()}: {e['msg'].removeprefix('Value error, ')}"
                for e in error.errors()
            )
        )
    level = logging.INFO if arguments.verbose else arguments.log_level
    logs.set_up(settings.secrets(), level, is_verbose=arguments.verbose)
    try:
        code = arguments.run(settings, arguments) or 0
        sys.stdout.flush()
    except BrokenPipeError:
        return _nobody_reads()
    except (UsageError, PlanError, SQLAlchemyError, Unavailable, OSError) as error:
        return _refuse(_told(error))
    except KeyboardInterrupt:
        return 130
    return int(code)


def _nobody_reads() -> int:
    """End without a word, now or at the exit, as a program that the signal ends: `… | head` has all it wanted."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 128 + signal.SIGPIPE


def _told(error: Exception) -> str:
    """Tell of an expected failure in one line that says what to do."""
    if isinstance(error, SQLAlchemyError | Unavailable):
        # Not the error's own words: a statement's parameters are personal data.
        name = type(error.__cause__ if isinstance(error, Unavailable) else error).__name__
        return f"The database cannot be used ({name}). Check BOT_DATABASE_URL and the disk."
    if isinstance(error, OSError):
        return f"{error.filename or 'The system'}: {error.strerror or error}"
    return str(error)


def _refuse(text: str) -> int:
    print(text, file=sys.stderr)  # noqa: T201 (this is the command line)
    return 2


def _parser(argv: Sequence[str]) -> Parser:
    """A parser of the one command that is asked for: what the others need to import would make each start longer."""
    parser = Parser("python -m bot", description="The field-reporting bot")
    parser.add_argument("--verbose", action="store_true", help="log what goes well, too, and each request")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    asked = next((word for word in argv if not word.startswith("-")), "")
    for add in (_COMMANDS[asked],) if asked in _COMMANDS else _COMMANDS.values():
        add(commands)
    return parser


Commands: TypeAlias = "argparse._SubParsersAction[Parser]"


def _command(commands: Commands, name: str, about: str, run: Callable[[Settings, Arguments], int | None]) -> Parser:
    parser = commands.add_parser(name, help=about, description=about)
    parser.set_defaults(run=run, log_level=logging.WARNING)
    return parser


def _demo(commands: Commands) -> None:
    from bot.commands import demo

    parser = _command(commands, "demo", "three phones in the browser, with sample data and a clock to move", demo)
    parser.add_argument("--port", type=int, default=8080, help="0 takes a free one")
    parser.add_argument(
        "--recent", action="store_true", help="the last weeks of sample data alone, not a year: for a slow machine"
    )


def _run(commands: Commands) -> None:
    from bot.commands import run

    parser = _command(commands, "run", "serve the channels that have settings, until SIGTERM", run)
    parser.set_defaults(log_level=logging.INFO)


def _chat(commands: Commands) -> None:
    from bot.commands import chat

    parser = _command(commands, "chat", "talk to the bot in this terminal", chat)
    parser.add_argument("--as", dest="code", required=True, metavar="CODE", help="an invitation's code; it stays yours")
    _json(parser)


def _invite(commands: Commands) -> None:
    from bot.commands import invite

    parser = _command(commands, "invite", "make an invitation: one use, 14 days", invite)
    parser.add_argument("role", help="propagandist, ward_chair, agency or secretariat")
    parser.add_argument("unit", help="a unit's code, e.g. P10-KP05, P10, CQ-VHTT or GV")
    _json(parser)


def _people(commands: Commands) -> None:
    from bot.people_import import people_import

    people = commands.add_parser("people", help="the people who take part").add_subparsers(
        required=True, metavar="ACTION"
    )
    parser = _command(people, "import", "make a personal invitation for each row of a list", people_import)
    parser.add_argument(
        "file",
        help="a CSV, .xlsx, .xls or .ods file with a column for the name and one for the unit, or for ward and "
        "neighbourhood; nothing but name, role and unit is kept of it",
    )
    parser.add_argument("--ward", default="", metavar="CODE", help="the list is of this ward, and need not name it")
    parser.add_argument("--sheet", default="", metavar="FILE.docx", help="also write a sheet of cards to print")
    parser.add_argument("--yes", action="store_true", help="do it without asking, if every row is understood")
    _json(parser)


def _units(commands: Commands) -> None:
    from bot.units_import import units_import, units_undo

    units = commands.add_parser("units", help="the list of units").add_subparsers(required=True, metavar="ACTION")
    parser = _command(
        units, "import", "replace the sample spread by your own list; tells first what it changes", units_import
    )
    parser.add_argument("file", help="a CSV, .xlsx, .xls or .ods file with the columns of plan/units.csv")
    parser.add_argument(
        "--changes",
        metavar="LEDGER",
        help="what became of which unit: a table with the columns day, kind (merge, split, rename, move), from, to and "
        "resolution",
    )
    parser.add_argument(
        "--yes", action="store_true", help="do it without asking; a warning is still asked about, since only you know"
    )
    parser = _command(units, "undo", "take the last import back, until somebody reports under it", units_undo)
    parser.add_argument("number", nargs="?", type=int, help="the import's number, as it was printed")
    parser.add_argument("--yes", action="store_true", help="do it without asking")


def _denominators(commands: Commands) -> None:
    from bot.denominators_import import denominators_import

    numbers = commands.add_parser("denominators", help="how many people there are of whom, and whom lists show")
    actions = numbers.add_subparsers(required=True, metavar="ACTION")
    about = "take denominators, lists and surveys from a file; tells first what it changes"
    parser = _command(actions, "import", about, denominators_import)
    parser.add_argument(
        "file",
        help="a CSV, .xlsx, .xls or .ods file with the columns unit, target_group, sex, value, source and as_of, "
        "or women, men and total instead of sex and value",
    )
    parser.add_argument("--yes", action="store_true", help="do it without asking")


def _summary(commands: Commands) -> None:
    from bot.commands import summary

    parser = _command(commands, "summary", "a period's figures by unit, activity, target group and sex", summary)
    help_ = (
        "like 2020-W45, 2020-11, 2020-Q4, 2020-H1, 2020-9M, 2020, 2020-11@chot (cut off as for official reports), "
        "2020-AM (the Action Month), 2020-KQ (the results report) or 2020-10-01..2020-10-15; this week if left out"
    )
    parser.add_argument("--period", default="", help=help_)
    parser.add_argument("--week", dest="period", type=_week, help="the same for a week")
    parser.add_argument("--unit", default="", help="a unit's code; the district if left out")
    help_ = "restate the reports to the units of this day; as they were if left out"
    parser.add_argument("--units-of", type=_day, metavar="DAY", help=help_)
    for name in ("kind", "activity", "group", "item", "level", "place"):
        parser.add_argument(f"--{name}", default="", metavar="CODE", help=f"only reports of this {name}")
    parser.add_argument("--approved", action="store_true", help="only reports that were approved")
    _json(parser)


def _picture(commands: Commands) -> None:
    from bot.picture import picture
    from reports.pictures.asked import PictureKind

    parser = _command(commands, "picture", "a picture of a unit's figures, as a PNG file", picture)
    parser.add_argument("kind", choices=[kind.value for kind in PictureKind], help="what it shows")
    parser.add_argument("file", type=Path, metavar="FILE.png", help="is written over")
    parser.add_argument("--period", default="", help="as for `summary`; this week if left out")
    parser.add_argument("--unit", default="", help="a unit's code; the district if left out")
    parser.add_argument("--today", type=_day, metavar="DAY", help="as on the evening of this day; now if left out")
    parser.add_argument("--language", choices=["vi", "en"], default="vi")


def _targets(commands: Commands) -> None:
    from bot.commands import targets

    parser = _command(commands, "targets", "how far the plan's targets are, in people, and what that rests on", targets)
    parser.add_argument("--period", default="", help="like 2020 or 2020-10; the targets' own period if left out")
    parser.add_argument("--unit", default="", help="a unit's code; the district if left out")
    _json(parser)


def _export(commands: Commands) -> None:
    from bot.exporting import FORMS, export

    about = "write a period's figures to a file: a workbook, CSV files with a codebook, or an official letter"
    parser = _command(commands, "export", about, export)
    parser.add_argument(
        "--form", choices=sorted(FORMS), default="xlsx", help="xlsx; csv: an archive of files; docx: a letter"
    )
    parser.add_argument(
        "--letter", default="", metavar="KIND", help="of docx: weekly, action, results, programme, reply"
    )
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="the file; one that is there is replaced"
    )
    parser.add_argument("--period", default="", help="a period's code, as for `summary`; this week if left out")
    parser.add_argument("--unit", default="", help="a unit's code; the district if left out")
    help_ = "restate the reports to the units of this day; as they were if left out"
    parser.add_argument("--units-of", type=_day, metavar="DAY", help=help_)
    parser.add_argument("--approved", action="store_true", help="count approved reports alone")
    help_ = "leave out what small numbers of helped people would give away, as in the files that the chat sends"
    parser.add_argument("--shared", action="store_true", help=help_)
    parser.add_argument("--language", choices=("vi", "en"), default="vi", help="vi or en")
    _json(parser)


def _issued(commands: Commands) -> None:
    from bot.commands import issued

    parser = _command(commands, "issued", "the documents that were issued, the latest first", issued)
    parser.add_argument("--most", type=int, default=50, help="how many to list")
    _json(parser)


def _read(commands: Commands) -> None:
    from bot.commands import read

    parser = _command(commands, "read", "what the bot makes of a text, by which rules, and how surely", read)
    parser.add_argument("text", help="what somebody wrote")
    parser.add_argument("--unit", default="P10-KP05", help="the code of the writer's unit")
    parser.add_argument("--today", type=_day, help="the day on which it was written; today if left out")
    help_ = "idle (the default), question NAME, or review"
    parser.add_argument("--state", nargs="+", default=["idle"], metavar="STATE", help=help_)
    _json(parser)


def _letters(commands: Commands) -> None:
    from bot.letters import check

    letters = commands.add_parser("letters", help="official letters").add_subparsers(required=True, metavar="ACTION")
    parser = _command(letters, "check", "whether a Word file keeps the rules of official letters", check)
    parser.add_argument("file", type=Path, help="the letter, as a .docx file")
    parser.add_argument("--form", default="", help="the rules: nd30 (Decree 30/2020, the default) or tt01")
    _json(parser)


def _obligations(commands: Commands) -> None:
    from bot.obligations import obligations

    parser = _command(commands, "obligations", "what units owe by which day, and what they have handed in", obligations)
    parser.add_argument("--unit", default="", help="a unit's code, with what lies in it; all if left out")
    parser.add_argument("--period", default="", help="only what was due in it: a period's code, as for `summary`")
    parser.add_argument(
        "--rates", action="store_true", help="instead, by ward: expected, in time, late, missing; the year if no period"
    )
    _json(parser)


def _reminders(commands: Commands) -> None:
    from bot.commands import reminders

    parser = _command(commands, "reminders", "what would be sent to whom, when and why", reminders)
    parser.add_argument(
        "--from", dest="since", type=_day, required=True, metavar="DAY", help="first day, like 2020-10-01"
    )
    parser.add_argument("--to", dest="until", type=_day, required=True, metavar="DAY", help="last day")
    _json(parser)


def _doctor(commands: Commands) -> None:
    from bot.commands import doctor

    parser = _command(
        commands, "doctor", "is everything as it should be, and if not, what to do; changes nothing", doctor
    )
    parser.add_argument(
        "--rehearse", action="store_true", help="try the upgrade of the database on a copy, and time it"
    )
    parser.add_argument(
        "--figures", action="store_true", help="add every total up anew from the reports, and name what differs"
    )
    _json(parser)


def _backup(commands: Commands) -> None:
    from bot.commands import backup

    parser = _command(commands, "backup", "pack database, files and secret into one file, while the bot runs", backup)
    parser.add_argument("file", type=Path, metavar="FILE.tar", help="a new file; an old one is never overwritten")


def _restore(commands: Commands) -> None:
    from bot.commands import restore

    parser = _command(commands, "restore", "put a backup in place; what is there is put aside, never deleted", restore)
    parser.add_argument("file", type=Path, metavar="FILE.tar", help="what `backup` made")
    parser.add_argument("--yes", action="store_true", help="do it without asking")


def _json(parser: Parser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON for programs")


def _week(text: str) -> str:
    try:
        return week_period(text).code
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a week like 2020-W45") from None


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
        monday_of(week_of(day))  # refuses the calendar's ends, where arithmetic fails
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day like 2020-11-04") from None
    return day


_COMMANDS: Mapping[str, Callable[[Commands], None]] = {
    "demo": _demo,
    "run": _run,
    "chat": _chat,
    "invite": _invite,
    "people": _people,
    "units": _units,
    "denominators": _denominators,
    "summary": _summary,
    "picture": _picture,
    "targets": _targets,
    "export": _export,
    "letters": _letters,
    "issued": _issued,
    "read": _read,
    "obligations": _obligations,
    "reminders": _reminders,
    "doctor": _doctor,
    "backup": _backup,
    "restore": _restore,
}
"""Every command, in the order in which help lists them."""
