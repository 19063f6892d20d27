"""Every table, as SQLModel classes; the statements read and write them through the constants at the end.

Times are UTC, days and weeks Asia/Ho_Chi_Minh. Ids are ours, never a platform's number. Texts named `body`, `state`
or `choices` that hold JSON are text columns: they are written on every turn, and their writers own the format.
"""

from sqlalchemy import Table
from sqlmodel import SQLModel

from storage.tables.announcing import Announcement, AnnouncementReceipt
from storage.tables.closing import ChangeRequest, ClosedPeriod, RequestedRecord
from storage.tables.columns import metadata
from storage.tables.conversation import ChatMenu, Inbox, StoredForm, StoredInterview
from storage.tables.delivery import (
    Audit,
    BotRate,
    ChannelFile,
    ChannelUsage,
    ChatQueue,
    Due,
    KnownMatter,
    Nudge,
    OfferedChoice,
    Outbox,
    PushSubscription,
    Setting,
)
from storage.tables.files import FileOrder
from storage.tables.issuing import IssuedDocument, IssuedReceipt
from storage.tables.letters import Letter, LetterPart
from storage.tables.obligations import AdHoc, BudgetLine, DraftOverlap, DraftRow, Obligation
from storage.tables.passing_on import Handover, PlannedNudge
from storage.tables.people import (
    Account,
    Assignment,
    ChangeTold,
    Consent,
    Invitation,
    Newcomer,
    Person,
    Stranger,
    Unit,
    UnitChange,
    UnitImport,
    UnitVersion,
)
from storage.tables.reporting import (
    Activity,
    ActivityLine,
    Amendment,
    Attachment,
    BranchTotal,
    EventSet,
    PhotoLook,
    Submission,
    SubmissionRevision,
    WeeklyTotal,
)
from storage.tables.supplying import Denominator, RosterCount, Supply, SurveyShare
from storage.tables.weeks import FreeWeek, NilWord, ReportWeek, UnitWeek


def _table(model: type[SQLModel]) -> Table:
    return metadata.tables[str(model.__tablename__)]


unit = _table(Unit)
unit_version = _table(UnitVersion)
unit_import = _table(UnitImport)
unit_change = _table(UnitChange)
supply = _table(Supply)
denominator = _table(Denominator)
roster_count = _table(RosterCount)
survey_share = _table(SurveyShare)
person = _table(Person)
account = _table(Account)
stranger = _table(Stranger)
assignment = _table(Assignment)
change_told = _table(ChangeTold)
invitation = _table(Invitation)
handover = _table(Handover)
planned_nudge = _table(PlannedNudge)
newcomer = _table(Newcomer)
consent = _table(Consent)
inbox = _table(Inbox)
chat_menu = _table(ChatMenu)
form = _table(StoredForm)
interview = _table(StoredInterview)
submission = _table(Submission)
submission_revision = _table(SubmissionRevision)
amendment = _table(Amendment)
activity = _table(Activity)
activity_line = _table(ActivityLine)
event_set = _table(EventSet)
weekly_total = _table(WeeklyTotal)
branch_total = _table(BranchTotal)
report_week = _table(ReportWeek)
nil_word = _table(NilWord)
unit_week = _table(UnitWeek)
free_week = _table(FreeWeek)
attachment = _table(Attachment)
photo_look = _table(PhotoLook)
file_order = _table(FileOrder)
obligation = _table(Obligation)
ad_hoc = _table(AdHoc)
draft_row = _table(DraftRow)
budget_line = _table(BudgetLine)
draft_overlap = _table(DraftOverlap)
closed_period = _table(ClosedPeriod)
change_request = _table(ChangeRequest)
requested_record = _table(RequestedRecord)
issued_document = _table(IssuedDocument)
issued_receipt = _table(IssuedReceipt)
letter = _table(Letter)
letter_part = _table(LetterPart)
due = _table(Due)
nudge = _table(Nudge)
known_matter = _table(KnownMatter)
announcement = _table(Announcement)
announcement_receipt = _table(AnnouncementReceipt)
outbox = _table(Outbox)
push_subscription = _table(PushSubscription)
offered_choice = _table(OfferedChoice)
chat_queue = _table(ChatQueue)
bot_rate = _table(BotRate)
channel_file = _table(ChannelFile)
channel_usage = _table(ChannelUsage)
setting = _table(Setting)
audit = _table(Audit)

__all__ = [
    "Account",
    "Activity",
    "ActivityLine",
    "AdHoc",
    "Amendment",
    "Announcement",
    "AnnouncementReceipt",
    "Assignment",
    "Attachment",
    "Audit",
    "BotRate",
    "BranchTotal",
    "BudgetLine",
    "ChangeRequest",
    "ChannelFile",
    "ChannelUsage",
    "ChatMenu",
    "ChatQueue",
    "ClosedPeriod",
    "Consent",
    "Denominator",
    "DraftOverlap",
    "DraftRow",
    "Due",
    "EventSet",
    "FileOrder",
    "FreeWeek",
    "Handover",
    "Inbox",
    "Invitation",
    "IssuedDocument",
    "IssuedReceipt",
    "KnownMatter",
    "Letter",
    "LetterPart",
    "NilWord",
    "Nudge",
    "Obligation",
    "OfferedChoice",
    "Outbox",
    "Person",
    "PhotoLook",
    "PlannedNudge",
    "ReportWeek",
    "RequestedRecord",
    "RosterCount",
    "Setting",
    "StoredForm",
    "StoredInterview",
    "Stranger",
    "Submission",
    "SubmissionRevision",
    "Supply",
    "SurveyShare",
    "Unit",
    "UnitChange",
    "UnitImport",
    "UnitVersion",
    "UnitWeek",
    "WeeklyTotal",
    "account",
    "activity",
    "activity_line",
    "ad_hoc",
    "amendment",
    "announcement",
    "announcement_receipt",
    "assignment",
    "attachment",
    "audit",
    "bot_rate",
    "branch_total",
    "budget_line",
    "change_request",
    "channel_file",
    "channel_usage",
    "chat_menu",
    "chat_queue",
    "closed_period",
    "consent",
    "denominator",
    "draft_overlap",
    "draft_row",
    "due",
    "event_set",
    "file_order",
    "form",
    "free_week",
    "handover",
    "inbox",
    "interview",
    "invitation",
    "issued_document",
    "issued_receipt",
    "letter",
    "letter_part",
    "metadata",
    "nil_word",
    "obligation",
    "offered_choice",
    "outbox",
    "person",
    "photo_look",
    "planned_nudge",
    "report_week",
    "requested_record",
    "roster_count",
    "setting",
    "stranger",
    "submission",
    "submission_revision",
    "supply",
    "survey_share",
    "unit",
    "unit_change",
    "unit_import",
    "unit_version",
    "unit_week",
    "weekly_total",
]
