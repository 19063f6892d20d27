"""Makes each person's commands menu, which Telegram offers beside the text box, from their roles and language. Pure.

A menu offers commands and permits nothing.
"""

from collections.abc import Collection, Mapping

from aiogram.types import BotCommand

from handlers.tables import ACTIONS, COMMANDS
from locales import texts
from messages.actions import (
    Action,
    Again,
    Announcements,
    AskFor,
    Bots,
    Closing,
    Connect,
    Deliveries,
    DraftBudgets,
    Drafts,
    DueNow,
    FreeWeeks,
    HandOver,
    Help,
    Hotline,
    Invite,
    IssuedList,
    Language,
    Me,
    Menu,
    Mine,
    NewReport,
    Nil,
    Outstanding,
    Overlaps,
    Participants,
    Queue,
    Requests,
    SetTheme,
    ShowQuality,
    ShowTargets,
    Staff,
    Summary,
    Supplies,
    Upcoming,
)

DESCRIPTIONS: Mapping[Action, str] = {
    Menu(): "What I can do for you",
    NewReport(): "Report an activity",
    Again(): "Report the same as last time",
    Nil(): "No activity this week",
    Mine(): "My reports",
    Drafts(): "Drafts, to go on with or to drop",
    Summary(): "Summary of the week",
    ShowTargets(): "How far the targets are",
    DueNow(): "What is due",
    Outstanding(): "Who has not handed in",
    AskFor(): "Ask units for something",
    Overlaps(): "What may overlap in the drafts",
    DraftBudgets(): "What the drafts cost",
    Invite(): "Invite someone",
    Participants(): "Who has joined, who has not",
    IssuedList(): "Documents that were issued",
    Staff(): "Who takes part",
    Bots(): "The bots with a quota",
    Closing(): "Close a period's figures",
    Queue(): "Reports to approve",
    Requests(): "Requests about closed periods",
    FreeWeeks(): "Free weeks",
    ShowQuality(): "Where advice about reports may help",
    Hotline(): "The hotline that people are given",
    Announcements(): "Announcements to many",
    Deliveries(): "What became of reminders",
    Upcoming(): "What will be sent",
    SetTheme(): "Theme of the Action Month",
    Supplies(): "Numbers of people to confirm",
    Connect(): "Use another channel too",
    Language(): "Language",
    HandOver(): "Hand over my role",
    Me(): "Who I am here",
    Help(): "Help",
}
"""The menu's short description of each command."""


def menu(roles: Collection[str], language: str) -> list[BotCommand]:
    """List the commands that these roles may use, under their Vietnamese or English names."""
    say = texts(language)
    return [
        BotCommand(command=_name(command.slashes, command.action.NAME, language), description=say(text))
        for command in COMMANDS
        if (text := DESCRIPTIONS.get(command.action)) and _is_offered(command.action, roles)
    ]


def _is_offered(action: Action, roles: Collection[str]) -> bool:
    entry = ACTIONS[type(action)]
    return entry.open_to_all or not entry.roles.isdisjoint(roles)


def _name(slashes: tuple[str, ...], name: str, language: str) -> str:
    """The English name of a command is its action's, where it has one; the Vietnamese one stands first."""
    return name if language == "en" and name in slashes else slashes[0]
