"""What can be pressed about what is due: obligations, draft plans, reminders, announcements."""

from typing import Any

from handlers import reminders, reminding
from handlers.announcing import viewing as announced
from handlers.announcing import writing
from handlers.obligations import budgets, due, handing_in, issued_plans, outstanding, overlaps, rates, sheets, viewing
from handlers.tables.entries import TOP, Entry, plain
from messages.actions import (
    Announce,
    AnnouncedTo,
    Announcements,
    AnswerOverlap,
    AskFor,
    Delivered,
    Deliveries,
    DraftBudgets,
    DraftLetter,
    DraftWorkbook,
    DueNow,
    HandIn,
    IssueDraft,
    Known,
    MarkDone,
    NotDone,
    NoteOwed,
    OnPaper,
    Outstanding,
    Overlaps,
    Owing,
    Papers,
    PutOff,
    Rates,
    RemindNow,
    RemindShown,
    SetTheme,
    StopAnnouncement,
    TakeSheet,
    Upcoming,
    ViewAnnouncement,
    ViewOverlap,
    ViewOwed,
)
from rules.roles import ABOVE
from services.access import ANSWERABLE

ENTRIES: tuple[Entry[Any], ...] = (
    Entry(DueNow, plain(due.show_due)),
    Entry(Owing, due.show_owing, ANSWERABLE | TOP),
    Entry(MarkDone, due.mark_done),
    Entry(HandIn, handing_in.begin),
    Entry(TakeSheet, sheets.use, ANSWERABLE),
    Entry(ViewOwed, viewing.view),
    Entry(OnPaper, viewing.on_paper, TOP),
    Entry(Papers, outstanding.papers, TOP),
    Entry(NoteOwed, viewing.without_note, TOP),
    Entry(NotDone, viewing.undo),
    Entry(Outstanding, outstanding.show, ABOVE),
    Entry(RemindNow, outstanding.remind, ABOVE),
    Entry(RemindShown, outstanding.remind_shown, ABOVE),
    Entry(Rates, rates.show, ABOVE),
    Entry(AskFor, plain(handing_in.ask_for), TOP),
    Entry(ViewOverlap, overlaps.view),
    Entry(AnswerOverlap, overlaps.answer),
    Entry(Overlaps, overlaps.show, TOP),
    Entry(DraftBudgets, budgets.show, TOP),
    Entry(DraftWorkbook, budgets.workbook),
    Entry(DraftLetter, budgets.letter),
    Entry(IssueDraft, issued_plans.begin, ABOVE),
    Entry(Known, reminding.know),
    Entry(PutOff, reminding.put_off),
    Entry(Deliveries, reminders.show_lately, ABOVE),
    Entry(Delivered, reminders.show_people, ABOVE),
    Entry(Upcoming, reminders.show_upcoming, ABOVE),
    Entry(Announce, plain(writing.begin), ABOVE),
    Entry(Announcements, announced.show, ABOVE),
    Entry(ViewAnnouncement, announced.view, ABOVE),
    Entry(StopAnnouncement, announced.stop, ABOVE),
    Entry(AnnouncedTo, announced.show_people, ABOVE),
    Entry(SetTheme, reminding.show_theme, TOP),
)
