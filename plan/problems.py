"""What can be wrong with the plan's files. A problem names its place, what is wrong there, and what to do about it.

A problem is a value with a code, so that a chat can say it in its reader's language; its `str()` is plain English.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

PROBLEMS: Mapping[str, str] = MappingProxyType(
    {
        "no_file": "There is no such file. Put it there; plan/ in the project shows how it looks.",
        "not_utf8": "This is not text in UTF-8. Save the file as “CSV UTF-8” in Excel, or as UTF-8 elsewhere.",
        "broken_quotes": "The quotation marks do not match. Close each text that begins with a quotation mark.",
        "no_workbook": "This is no workbook that can be read. Open it in Excel or LibreOffice, save it as .xlsx and "
        "import that.",
        "locked": "The workbook is locked with a password. Save it without one and import that.",
        "no_rows": "The file has no rows. Add at least one row below the column names.",
        "no_column": "The column “{column}” is missing. Add it to the row of column names; these are needed: "
        "{columns}.",
        "column_twice": "Two columns are called “{column}”. Remove one of the two.",
        "too_many_rows": "More than {limit} rows are not taken. Hand the others in as a file with it.",
        "unknown_content": "No activity is called “{value}”. Write it as it stands on the sheet of activities.",
        "too_many_cells": "There are {cells} cells for {columns} columns. Put texts that hold a comma between "
        "quotation marks.",
        "empty": "“{column}” is empty. Fill it in.",
        "too_long": "“{value}” in “{column}” has {length} characters. Shorten it to at most {limit}.",
        "bad_code": "“{value}” cannot be a code. Use 1 to 24 letters without accents, digits, dots, hyphens or "
        "underscores, e.g. P10-KP05.",
        "bad_date": "“{value}” in “{column}” is no date. Write it like 2019-05-08 or 08/05/2019.",
        "bad_number": "“{value}” in “{column}” is no whole number from {low} to {high}. Correct it, e.g. {low}.",
        "bad_flag": "“{value}” in “{column}” is neither yes nor no. Write 1 for yes or leave it empty.",
        "unknown_word": "“{value}” in “{column}” is not known. Use one of: {known}.",
        "unknown_unit": "“{value}” is no unit. Correct the code or add the unit first.",
        "several_units": "“{value}” is the name of {count} units. Write the code, e.g. {example}, or add a column with "
        "the ward.",
        "bad_name": "“{value}” is no name. Write family and given name, without numbers, at most {limit} letters.",
        "invited_twice": "“{value}” of {unit} stands in row {first} already. Remove one of the two.",
        "role_elsewhere": "The role “{value}” does not fit {unit}, whose people are {role}. Correct the role or the "
        "unit.",
        "unknown_group": "“{value}” is no target group. Correct the code or add it to groups.csv first.",
        "unknown_target": "“{value}” is no target. Correct the code or add it to targets.csv first.",
        "number_twice": "The same number of “{unit}” (group, sex and day) stands in row {first} already. Remove one of "
        "the two.",
        "future_day": "The day “{value}” is still to come. Write the day of which the number is.",
        "total_too_small": "The total {value} is smaller than women and men together. Correct one of the three.",
        "bad_percent": "“{value}” is no share from 0 to 100 %. Write it like 52,3.",
        "duplicate": "“{value}” in “{column}” stands in row {first} already. Remove one of the two or change it.",
        "code_case": "“{value}” and “{other}” in row {first} are the same code: capitals do not count. Remove one of "
        "the two or change it.",
        "code_known": "“{value}” and “{other}”, a unit in use, are the same code: capitals do not count. Write it as "
        "there, or choose another.",
        "letters_lost": "“{value}” has lost letters when the list was saved. Save the original list as .xlsx or as "
        "“CSV UTF-8” and import that.",
        "same_name": "“{value}” in “{parent}” stands in row {first} already, as “{other}”. Remove one of the two, or "
        "say yes if there are two such units.",
        "other_lists": "Only the sheet “{sheet}” is read; there are lists on “{others}” as well. Put all units on one "
        "sheet, or say yes if these are not meant.",
        "code_taken": "“{value}” is a code in {file} already. Codes are unique in the whole plan: choose another.",
        "no_parent": "A unit of level {level} needs a parent. Write the code of a unit of level {parent_level}.",
        "needless_parent": "A unit of level {level} has no parent. Leave “parent” empty.",
        "wrong_parent": "“{value}” is a unit of level {found}. The parent of a {level} must be a {parent_level}.",
        "two_roots": "“{value}” and “{other}” are both of the highest level. One unit holds all others: end one of "
        "the two before the other begins.",
        "level_parent": "A {level} cannot lie in “{value}”. Name higher levels of this file, or none for the highest.",
        "two_tops": "“{value}” lies in no other level, and neither does “{other}” in row {first}. Only the highest "
        "level has no “parents”.",
        "no_owing": "No level owes a report each week. Write 1 in “owes_week” of at least one.",
        "ends_before_start": "The unit ends on {end}, before it begins on {start}. Correct one of the two dates.",
        "outlives_parent": "The unit is valid after its parent “{value}” ends on {end}. End it too, or give it "
        "another parent.",
        "no_kind": "The kind “{value}” has no row in kinds.csv. Add it there.",
        "form": "On the sheet “{sheet}”: {message}",
        "form_published": "The form has changed, or the lists of activities and groups that it offers, since its "
        "version {version} was published. Raise “version” on the sheet “settings”.",
        "level_changed": "“{value}” has the level {found} now and cannot get the level {level}. Use a new code.",
        "begins_late": "“{value}” began on {found} and is in use. Keep that date, or give the new unit a new code.",
        "keeps_children": "“{value}” would end, but {children} units that lie in it would not. List those too, or say "
        "in a ledger of changes (--changes) into which unit it goes on.",
        "begins_before_parent": "“{value}” begins on {start}, before “{parent}”, in which it lies. Import the earlier "
        "changes first, by themselves.",
        "proposed_merge": "{before} ({was}) are gone and “{after}” ({now}) is new. Say what became of each in a ledger "
        "(--changes): a day, merge, its code, {after}. Or give their last days in the list.",
        "proposed_code": "{before} ({was}) is gone and “{after}” ({now}) is new. If it is the same unit, say so in a "
        "ledger (--changes): a day, rename, {before}, {after}. Or give its last day in the list.",
        "proposed_name": "“{after}” was called “{was}” and is “{now}” here. Say since when in a ledger (--changes): a "
        "day, rename, {after}. Its first day if it was always called so.",
        "proposed_move": "“{after}” lies in “{was}” now and in “{now}” here. Say since when in a ledger (--changes): a "
        "day, move, {after}.",
        "into_itself": "“{value}” cannot go on as itself by a {kind}. Write the codes of the units after it in “to”.",
        "unknown_before": "“{value}” in “from” is no unit in use, nor in the list. Correct the code.",
        "unknown_after": "“{value}” in “to” is no unit in use that goes on, nor in the list. Correct the code or add "
        "the unit to the list.",
        "before_start": "“{value}” began on {start}. The day of a change comes after it: correct the day.",
        "before_change": "“{value}” has changed on {since}, which is later. Take that import back first, or correct "
        "the day.",
        "ended_before": "“{value}” has ended on {end}. Correct the day or the code.",
        "goes_on": "By this row “{value}” ends on {end}, but in row {list_row} of the list it goes on. Write that last "
        "day there, or remove it from the list.",
        "not_there": "“{value}” does not exist on {day}. Let it begin on that day in the list, or correct the day.",
        "code_in_use": "“{value}” is a unit that exists already. If two units became one, write “merge” instead of "
        "“{kind}”.",
        "level_differs": "“{value}” is of level {found} and “{after}” of level {level}. A unit keeps its level: "
        "correct one of the two codes.",
        "same_name_kept": "“{value}” is called “{name}” in the list as before. Write its new name there.",
        "same_parent_kept": "“{value}” lies in “{parent}” in the list as before. Write its new parent there.",
        "said_twice": "The same of “{value}” stands in row {first}. Remove one of the two.",
        "contradicts": "Row {first} says something else of “{value}” for the same day. Keep one of the two.",
        "merge_of_one": "Only “{value}” would become “{after}”. Name the other units of the merger as well, or write "
        "“rename” if it is alone.",
        "split_of_one": "“{value}” would be split into “{after}” alone. Name the other parts as well, or write "
        "“rename” if there is one.",
        "several_into_one": "Several units would become “{value}” that day. Write “merge” instead of “{kind}”.",
        "circle": "By these rows “{value}” becomes what it came from. Correct “from” or “to”.",
        "ends_too": "“{value}” ends on that day itself. Write in “to” as what the unit goes on in the end.",
    }
)
"""Code → text with named places. A code, once used, keeps its meaning: translations hang on the text."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, in a row as a spreadsheet counts them (1: the column names, 0: the whole file)."""

    file: str
    row: int
    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)

    def __str__(self) -> str:
        place = f"{self.file} row {self.row}" if self.row else self.file
        return f"[{place}] {PROBLEMS[self.code].format_map(self.params)}"


@dataclass(slots=True)
class Problems:
    """The problems noted so far: reading goes on after a problem, so that one run shows them all.

    What may be right all the same is a doubt: somebody has to say so before it counts.
    """

    noted: list[Problem] = field(default_factory=list)
    doubts: list[Problem] = field(default_factory=list)

    def add(self, file: str, row: int, code: str, /, **params: str | int) -> None:
        self.noted.append(Problem(file, row, code, params))

    def doubt(self, file: str, row: int, code: str, /, **params: str | int) -> None:
        self.doubts.append(Problem(file, row, code, params))

    def raise_any(self) -> None:
        if self.noted:
            raise PlanError(tuple(self.noted))


class PlanError(Exception):
    """Files of the plan cannot be used; `problems` lists all that is wrong, in the order of the files."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems
