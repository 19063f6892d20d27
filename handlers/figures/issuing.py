"""Issues documents in chat: number, day and signer in one line, a last look, then figures and file are frozen."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from handlers import menu
from handlers.context import Replies, Turn
from handlers.figures.asked import asked_of
from handlers.filing import order_file
from locales import Say
from messages import Choice, Document, Outgoing
from messages.actions import (
    ConfirmIssue,
    Files,
    Issue,
    IssuedList,
    IssueDraft,
    LetterParts,
    OpenIssued,
    Summary,
    ViewIssued,
    choice,
)
from periods.period import Period, period_of
from reports.changed_texts import changed_lines
from reports.gallery import STORED
from reports.since import changes_since
from reports.texts import summary_text
from reports.wording import day_text, moment, period_text
from rules.documents import DocumentKind
from services import access, exporting, issuing, letters
from services.issuing import Seen
from services.results import Refusal, Refused
from storage.directory.units import unit_tree
from storage.records.issued import Issued

PAGE = 6
DRAFT = "du-thao-"
"""How the names of drafts begin."""
CHANGES = 15
"""Changed figures on a page."""
_KINDS: Mapping[DocumentKind, Callable[[Say], str]] = {
    DocumentKind.SUMMARY: lambda say: say("Summary as it was sent"),
    DocumentKind.LETTER: lambda say: say("Letter"),
    DocumentKind.WORKBOOK: lambda say: say("Workbook"),
    DocumentKind.PLAN: lambda say: say("Plan"),
}


def offer(turn: Turn, unit: str, action: Issue, document: Document) -> Iterator[Choice]:
    """Offer to issue a document, under its draft, to those who may."""
    if access.may_issue(turn.viewer, unit, issuing.kind_of(document)):
        yield choice(action, turn.say("Issue it"))


def begin(turn: Turn, pressed: Issue) -> Replies:
    """Begin to issue a unit's document: ask for number, day and signer."""
    asked = asked_of(turn, pressed.unit, pressed.period)
    if asked is None:
        return menu.show_menu(turn)
    unit, period = asked
    document = _document(turn, unit, period, pressed.form)
    if document is None:
        return menu.show_menu(turn)
    lacking = _lacking(turn, unit, period, pressed.form)
    if lacking is None:
        return begun(turn, Refused(Refusal.UNKNOWN))
    if lacking:
        text = turn.say("Nobody has written yet: {parts}.", parts=", ".join(lacking))
        return [Outgoing(text, (choice(LetterParts(unit, period, pressed.form), turn.say("Write into it")),))]
    result = issuing.begin(turn.db, turn.viewer, unit=unit, period=period, document=document, replaces=pressed.replaces)
    return begun(turn, result)


def _document(turn: Turn, unit: str, period: Period, form: str) -> Document | None:
    """The recipe of a workbook, or of the letter of a kind."""
    if form in exporting.FORMS:
        return exporting.document_of(unit, period, form, turn.language)
    found = letters.letter_file(turn.viewer, turn.plan, unit, period, form, turn.language)
    return replace(found, name=found.name.removeprefix(DRAFT)) if found else None


def _lacking(turn: Turn, unit: str, period: Period, form: str) -> list[str] | None:
    """The parts of a letter that nobody has written: with these it is not issued. `None`: it is not theirs to write."""
    if form in exporting.FORMS:
        return []
    letter = letters.open_letter(turn.db, turn.viewer, turn.plan, unit=unit, period=period, kind=form, now=turn.now)
    return [state.part.name(turn.language) for state in letter.empty] if letter else None


def begun(turn: Turn, result: int | Refused) -> Replies:
    """Ask for number, day and signer of what was begun, whoever makes its document."""
    if isinstance(result, Refused):
        return show_list(turn, IssuedList(), intro=turn.say("That cannot be issued now."))
    return [_ask(turn)]


def _ask(turn: Turn, intro: str = "") -> Outgoing:
    say = turn.say
    ask = say("Please write number, day and signer in one line, for example:")
    example = say("number 12/BC-UBND day 5/11/2020 signed by Nguyễn Văn An")
    offers = (choice(IssuedList(), say("Issued documents")), *menu.back_to_menu(turn))
    return Outgoing("\n".join(filter(None, (intro, ask, example))), offers)


def take(turn: Turn, number: str, day: date, signer: str) -> Replies:
    """Take number, day and signer, and ask once more before anything is frozen."""
    say, found = turn.say, issuing.fill(turn.db, turn.viewer, number, day, signer)
    if found is None:
        return [
            _ask(turn, say("The day must have come, and a document must have been begun: tap “Issue it” under it."))
        ]
    text = say(
        "Issue {document}, number {number}, day {day}, signed by {signer}? From then on its figures and its file stay "
        "as they are.",
        document=_named(turn, found),
        number=found.number,
        day=day_text(day),
        signer=found.signer,
    )
    yes, again = choice(ConfirmIssue(found.id), say("Yes, issue it")), say("To change something, write the line again.")
    return [Outgoing(f"{text}\n{again}", (yes, choice(IssuedList(), say("Not yet")), *menu.back_to_menu(turn)))]


def confirm(turn: Turn, pressed: ConfirmIssue) -> Replies:
    """Have the file made; with it the document is issued."""
    document = issuing.to_be_made(turn.db, turn.viewer, pressed.document)
    if isinstance(document, Refused):
        return _issued_already(turn, pressed) or begun(turn, document)
    see = choice(ViewIssued(pressed.document), turn.say("See the issued document"))
    return order_file(turn, document, again=pressed, after=(see,))


def _issued_already(turn: Turn, pressed: ConfirmIssue) -> Replies:
    """What was issued is shown, with its frozen file."""
    seen = issuing.see(turn.db, turn.viewer, turn.plan, pressed.document, turn.language)
    return [] if isinstance(seen, Refused) else view(turn, ViewIssued(pressed.document))


def show_list(turn: Turn, pressed: IssuedList, *, intro: str = "") -> Replies:
    """Show issued documents, the latest first."""
    say, page = turn.say, pressed.page
    found = issuing.listed(turn.db, turn.viewer, offset=page * PAGE, limit=PAGE + 1)
    head = say("Issued documents, the latest first:") if found else say("Nothing has been issued yet.")
    offers = [choice(ViewIssued(each.id), _named(turn, each)) for each in found[:PAGE]]
    if len(found) > PAGE:
        offers.append(choice(IssuedList(page + 1), say("More →")))
    home = turn.viewer.home
    if home is not None:
        offers.append(choice(Files(home.unit), say("Files…")))
    return [Outgoing("\n\n".join(filter(None, (intro, head))), (*offers, *menu.back_to_menu(turn)))]


def _named(turn: Turn, document: Issued) -> str:
    """ "Báo cáo 12/BC-UBND – Phường 10, tháng 10/2020"."""
    say, period = turn.say, period_of(document.period, turn.plan.periods)
    unit = unit_tree(turn.db).on(period.last).title_of(document.unit_id)
    kind = _KINDS[document.kind](say)
    return f"{kind} {document.number} – {unit}, {period_text(say, period)}".replace("  ", " ")


def view(turn: Turn, pressed: ViewIssued) -> Replies:
    """Show an issued document: what it is, what has changed since, and its file to open again."""
    seen = issuing.see(turn.db, turn.viewer, turn.plan, pressed.document, turn.language)
    if isinstance(seen, Refused):
        return show_list(turn, IssuedList(), intro=turn.say("That document is not there, or is still being made."))
    is_summary = seen.document.kind is DocumentKind.SUMMARY
    if pressed.page:
        lines = [_named(turn, seen.document), *_changes(turn, seen, pressed.page)]
        offers = [
            *_further(turn, seen, pressed.page),
            choice(ViewIssued(seen.document.id), turn.say("See the issued document")),
        ]
        return [Outgoing("\n".join(lines), (*offers, *menu.back_to_menu(turn)))]
    since = _in_short(turn, seen) if is_summary else _changes(turn, seen, 1) if seen.document.figures else ()
    further = _further(turn, seen, 0 if is_summary else 1)
    lines = [_named(turn, seen.document), *_facts(turn, seen), *since]
    return [Outgoing("\n".join(lines), (*further, *_offers(turn, seen), *menu.back_to_menu(turn)))]


def _facts(turn: Turn, seen: Seen) -> Iterator[str]:
    say, document = turn.say, seen.document
    if document.kind is DocumentKind.SUMMARY:
        yield say("Sent first: {when}", when=moment(say, document.as_of))
        if seen.figures is not None:
            yield f"\n{summary_text(seen.figures, beside=seen.beside)}\n"
        return
    day = day_text(document.dated) if document.dated else ""
    yield say("Day {day}, signed by {signer}", day=day, signer=document.signer)
    if document.figures:
        yield say("Figures as of {when}", when=moment(say, document.as_of))
    if seen.replaces is not None:
        yield say("It replaces: {document}", document=_named(turn, seen.replaces))
    if seen.replaced_by is not None:
        yield say("Replaced by: {document}", document=_named(turn, seen.replaced_by))
    if document.corrected_by:
        yield say("Its form was corrected by: {document}", document=document.corrected_by)


def _in_short(turn: Turn, seen: Seen) -> Iterator[str]:
    """What has changed since a summary was sent, in a sentence."""
    if not seen.changed or seen.figures is None or seen.now is None:
        yield turn.say("No figure has changed since.")
    elif told := changes_since(turn.say, seen.figures, seen.now, lately=True):
        yield told.text


def _changes(turn: Turn, seen: Seen, page: int) -> Iterator[str]:
    """The changed figures of a page; pages begin with 1."""
    say, changed = turn.say, seen.changed
    if not changed:
        yield say("No figure has changed since.")
        return
    first = (page - 1) * CHANGES
    shown = changed[first : first + CHANGES]
    which = f"{first + 1}–{first + len(shown)}/{len(changed)}" if len(changed) > CHANGES else len(changed)
    yield say("Changed since ({count}):", count=which)
    for label, old, new in changed_lines(say, shown):
        yield f"• {label}: {old} → {new}"


def _further(turn: Turn, seen: Seen, page: int) -> Iterator[Choice]:
    """Offer the next page of changed figures, if there is one."""
    count = len(seen.changed)
    if count > page * CHANGES:
        label = turn.say("More →") if page else turn.say("All that has changed ({count})", count=count)
        yield choice(ViewIssued(seen.document.id, page + 1), label)


def _offers(turn: Turn, seen: Seen) -> Iterator[Choice]:
    say, document = turn.say, seen.document
    if document.sha256:
        yield choice(OpenIssued(document.id), say("Open the file again"))
    may = access.may_issue(turn.viewer, seen.unit, document.kind)
    another = _another(seen)
    if may and another and seen.replaced_by is None:
        yield choice(another, say("Issue one in its place"))
    if document.figures:
        yield choice(Summary(seen.unit, seen.period), say("Summary"))
    yield choice(IssuedList(), say("Issued documents"))


def _another(seen: Seen) -> Issue | IssueDraft | None:
    """What begins to issue a document in the place of this one."""
    document, data = seen.document, seen.document.recipe.get("data", {})
    if document.kind is DocumentKind.PLAN:
        return IssueDraft(int(data["year"]), int(data["draft"]), document.id)
    form = _form_of(document)
    return Issue(seen.unit, seen.period, form, document.id) if form else None


def _form_of(document: Issued) -> str:
    """The form in which a document was asked for: an export's, or a kind of letter."""
    made, data = document.recipe.get("kind"), document.recipe.get("data", {})
    forms = {kind: form for form, kind in exporting.FORMS.items()}
    return str(data.get("kind", "")) if made == letters.DOCUMENT else forms.get(str(made), "")


def open_again(turn: Turn, pressed: OpenIssued) -> Replies:
    """Send the frozen file, byte for byte."""
    seen = issuing.see(turn.db, turn.viewer, turn.plan, pressed.document, turn.language)
    if isinstance(seen, Refused) or not seen.document.sha256:
        return show_list(turn, IssuedList(), intro=turn.say("That document is not there, or is still being made."))
    stored = Document(STORED, {"sha256": seen.document.sha256}, str(seen.document.recipe["name"]))
    back = choice(ViewIssued(seen.document.id), turn.say("See the issued document"))
    return [Outgoing(_named(turn, seen.document), (back, *menu.back_to_menu(turn)), document=stored, lasting=True)]


def correct_form(turn: Turn, document_id: int, by: str) -> Replies:
    """Note the công văn that corrects an error of form."""
    if not issuing.correct_form(turn.db, turn.viewer, document_id, by, turn.now):
        return show_list(turn, IssuedList(), intro=turn.say("That document is not there, or is still being made."))
    return view(turn, ViewIssued(document_id))
