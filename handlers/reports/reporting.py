"""Starts a report: from the menu, in one line, by a photo, or like the last one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from handlers import menu
from handlers.context import Replies, Turn
from handlers.reports import asking, doubts, interviewing, private
from interview import MAX_TEXT, Form, OneLine, advance, asking_back, from_json, known, prefill_from, start, values
from interview.steps import Json, Media, Step, Took
from locales import Say, number
from messages import File, Outgoing
from messages.actions import NewReport, choice
from rules.kinds import ActivityKind
from rules.levels import Level
from services.access import in_place_of
from services.projections import ACTIVITY_REPORT
from storage.conversation import interviews
from storage.conversation.turns import OpenInterview
from storage.directory import roles
from storage.directory.units import Unit, UnitsOfDay
from storage.records import attachments, lists, submissions
from storage.tables.states import AttachmentState, InterviewStatus

FORM = ACTIVITY_REPORT
FAVOURITES = 6
PLACES = 15
"""A ward's neighbourhoods that are offered first, in two pages with the ward itself."""
SURE_FACTS = 2
"""How many of day, activity and count a text without "báo cáo" must say to be taken for a report."""
FACTS_INSTEAD = 1
"""How many it must say after "báo cáo" if another report is open."""
FOR_LATER = frozenset({"called off", "to come"})
"""Why a line is no report yet, and may become one."""
DAYS = frozenset({"date", "last_date"})
NO_DOUBTS: Mapping[str, Json] = MappingProxyType({})
_LAST = 40
"""Characters that are enough to recognise the end of a long text."""
REPEATED = ("kind", "activity", "group", "product", "mode", "shown_where", "subject", "place", "place_unit")
"""The answers that "same as last time" takes over: never a day, a number, a further line or what was talked about."""
REPEATED_OF_HELP = ("kind", "activity", "service_kind")
"""Those of a service: what else was said of it may be about one case."""


def begin_report(turn: Turn, pressed: NewReport) -> Replies:
    """Ask for a report of the person's own unit, or of the one of their units that the choice names.

    It may go on with the answers of the open report, if it was offered there.
    """
    if len(turn.viewer.units) > 1 and pressed.unit is None:
        return _ask_unit(turn)
    role = _role_for(turn, pressed.unit)
    if role is None:
        return menu.show_menu(turn)
    opened, instead_of = turn.interview, pressed.instead_of
    if instead_of is None:
        return _begin(turn, role, {}, _whose_place(turn, role))
    if opened is None or opened.id != instead_of:
        return interviewing.over(turn, instead_of)
    return _begin(turn, role, _taken_over(turn, opened))


def _whose_place(turn: Turn, role: roles.HeldRole) -> str:
    if turn.viewer.holds_in(role.unit_id):
        return ""
    return turn.say("You report in the place of {unit}.", unit=turn.viewer.tree.title(role.unit))


def _taken_over(turn: Turn, opened: OpenInterview) -> Mapping[str, Json]:
    """Return the answers of the open report, whose place another takes."""
    interviews.set_status(turn.db, opened.id, InterviewStatus.CANCELLED, turn.now)
    return values(interviewing.form_of(turn, opened), from_json(opened.state), turn.now)


def read_line(turn: Turn, text: str) -> OneLine:
    """Read what a text says of a report of the person's own unit; nothing if they report for none."""
    role = turn.viewer.home
    if role is None:
        return OneLine({})
    return prefill_from(_form(turn), text, _place(turn, role), turn.now, turn.language)


def facts_in(line: OneLine) -> int:
    """Count what a line says of a report: a day for sure, what took place, how many; of these it may be in doubt."""
    said = {**line.answers, **line.withheld}
    counts = line.unsure is not None or any(isinstance(value, int) for value in said.values())
    doubtful = {asked.question for asked in line.asked}
    return ("date" in said) + bool({"kind", "activity"} & (said.keys() | doubtful)) + counts


def report_in_one_line(turn: Turn, line: OneLine, photos: Sequence[str] = ()) -> Replies:
    """Begin by a line like "/baocao hôm qua tọa đàm nữ 30 nam 15": take what it surely says, ask the rest.

    `photos` came before it, or bore it as their caption.
    """
    role = turn.viewer.home
    if role is None:
        return menu.show_menu(turn)
    line, why = private.line_without_private(turn, line)
    if line.intent:
        first, *others = doubts.no_report(turn, line, _kept_for_later(turn, role, line))
        return [replace(first, text="\n\n".join(filter(None, (why, first.text)))), *others]
    step = _start(turn, role, {**_words(line), **line.answers}, line.doubts)
    for photo in photos:
        taken = advance(_form(turn), step.interview, Media(photo, is_image=True), turn.now)
        step = Step(taken.interview, tuple(output for output in taken.outputs if not isinstance(output, Took)))
    step, day = asking_back(_form(turn), step, line, turn.now)
    notes = [why]
    if line.unsure:
        notes.append(f"{asking.refusal(turn.say, line.unsure)} {turn.say('I have noted no numbers; I shall ask.')}")
    notes.append(_said_of_topic(turn.say, line))
    if not asking.has_review(step.outputs):
        notes.append(asking.understood(known(_form(turn), step.interview, turn.now)))
    notes.append(doubts.which_day(turn.say, day) if day else "")
    return _open_unasked(turn, role, step, "\n\n".join(filter(None, notes)))


def _words(line: OneLine) -> Mapping[str, Json]:
    """Nothing that a person wrote is lost: what no question takes stands as the topic, to be seen at the review."""
    words = {"topic": line.topic, "subject": line.topic, "place": line.place, "shown_where": line.place}
    return {name: said for name, said in words.items() if said}


def _kept_for_later(turn: Turn, role: roles.HeldRole, line: OneLine) -> OpenInterview | None:
    """Keep what a line says of a plan as a draft; its day is yet to come, and is asked when it has."""
    if turn.interview is not None or line.intent not in FOR_LATER or not line.withheld:
        return None
    known = {name: value for name, value in line.withheld.items() if name not in DAYS}
    draft = interviewing.open_at(turn, _form(turn), _start(turn, role, {**_words(line), **known}), role.unit_id)
    interviews.set_status(turn.db, draft.id, InterviewStatus.DRAFT, turn.now)
    return draft


def _said_of_topic(say: Say, line: OneLine) -> str:
    """Say what became of the words that no question took."""
    if not line.beyond:
        is_labelled = line.topic in line.answers.values()
        is_guessed = line.topic and not is_labelled
        return say("I could not place “{rest}”, so I noted it as the topic.", rest=line.topic) if is_guessed else ""
    return say(
        "That is long: I noted its beginning as the topic, up to “{last}”. One answer holds {limit} characters; what "
        "comes after is not kept. If it matters, please add it as the note.",
        last=f"…{line.topic[-_LAST:].partition(' ')[2] or line.topic[-_LAST:]}",
        limit=number(MAX_TEXT, say.language),
    )


def same_as_last(turn: Turn) -> Replies:
    """Take the last report's kind, activity and group; ask the day and the numbers."""
    latest = [(last, role) for role in turn.viewer.roles if (last := _last_for(turn, role))]
    if not latest:
        return begin_report(turn, NewReport())
    last, role = max(latest, key=lambda pair: pair[0].id)
    repeated = REPEATED_OF_HELP if last.answers.get("kind") == ActivityKind.SERVICE else REPEATED
    same = {name: value for name, value in last.answers.items() if name in repeated}
    name = turn.plan.short(last.answers.get("activity", ""), turn.language)
    step = _start(turn, role, same)
    return _open_unasked(turn, role, step, turn.say("Like last time: {activity}.", activity=name))


def _last_for(turn: Turn, role: roles.HeldRole) -> submissions.Report | None:
    return lists.last_of(turn.db, turn.viewer.authors_in(role.unit_id), role.unit_id, FORM)


def report_with_photo(turn: Turn, media: Media, line: OneLine | None = None) -> Replies:
    """Begin a report with the photo that came first, and with what its caption says."""
    role = turn.viewer.home
    if role is None:
        return menu.show_menu(turn)
    if line is not None and not line.intent:
        return report_in_one_line(turn, line, (media.ref,))
    step = advance(_form(turn), _start(turn, role, {}).interview, media, turn.now)
    return _open_unasked(turn, role, step, turn.say("What a fine start! One photo is kept."))


def keep_file(turn: Turn, file: File) -> Media:
    """Note a received photo or file; an answer holds the row's id."""
    row = attachments.add_attachment(
        turn.db,
        {
            "person_id": turn.person_id,
            "account_id": turn.account_id,
            "state": AttachmentState.STORED if file.sha256 else AttachmentState.PENDING,
            "sha256": file.sha256,
            "dhash": file.dhash,
            "name": file.name[:120],
            "mime": file.mime,
            "size": file.size,
            "is_image": file.is_image,
            "remote": file.remote,
            "attempts": 0,
            "created_at": turn.now,
        },
    )
    return Media(str(row), file.is_image, file.name[:120])


def _form(turn: Turn) -> Form:
    return turn.world.forms.current(FORM, turn.viewer.tree)


def _role_for(turn: Turn, unit: str | None) -> roles.HeldRole | None:
    if unit is None:
        return turn.viewer.home
    held = next((role for role in (*turn.viewer.roles, *turn.viewer.former) if role.unit == unit), None)
    return held or _in_place(turn, unit)


def _in_place(turn: Turn, code: str) -> roles.HeldRole | None:
    """Make the role in which a chair reports in a neighbourhood's place."""
    unit = turn.viewer.tree.find(code)
    chair = in_place_of(turn.viewer, unit.id) if unit else None
    if unit is None or chair is None:
        return None
    here = (unit.id, unit.code, unit.name, unit.level, chair.unit)
    return roles.HeldRole(chair.role, *here, since=chair.since, last_day=unit.valid_to)


def _ask_unit(turn: Turn) -> Replies:
    offers = tuple(choice(NewReport(code), turn.viewer.tree.title(code)) for code in turn.viewer.units)
    return [Outgoing(turn.say("For which unit is this report?"), offers)]


def _place(turn: Turn, role: roles.HeldRole) -> dict[str, Json]:
    return place_of(turn.viewer.tree, turn.viewer.tree.unit(role.unit_id))


def place_of(units: UnitsOfDay, unit: Unit) -> dict[str, Json]:
    """Fill a form's hidden questions about who reports."""
    ward = units.ward_of(unit.code)
    return {"level": unit.level, "unit": unit.code, "ward": ward.code if ward else ""}


def _preferred(turn: Turn, role: roles.HeldRole) -> dict[str, tuple[str, ...]]:
    """List what this person reports most, and the places around, to be offered first."""
    columns = {"activity": "activity", "group": "target_group", "kind": "kind"}
    most = {
        question: lists.favourites(turn.db, turn.person_id, column, FAVOURITES) for question, column in columns.items()
    }
    return {**most, "place_unit": _places_around(turn.viewer.tree, role.unit)}


def _places_around(units: UnitsOfDay, unit: str) -> tuple[str, ...]:
    """List a ward's neighbourhoods and the ward itself; for a neighbourhood its ward."""
    ward = units.ward_of(unit)
    if ward is None:
        return ()
    own = [each.code for each in units.of_level(Level.NEIGHBOURHOOD) if ward.code == unit and each.parent_id == ward.id]
    return (*own[:PLACES], ward.code)


def _begin(turn: Turn, role: roles.HeldRole, answers: Mapping[str, Json], intro: str = "") -> Replies:
    return _open(turn, role, _start(turn, role, answers), intro)


def _start(
    turn: Turn, role: roles.HeldRole, answers: Mapping[str, Json], doubts: Mapping[str, Json] = NO_DOUBTS
) -> Step:
    prefill, preferred = {**answers, **_place(turn, role)}, _preferred(turn, role)
    return start(_form(turn), prefill, turn.now, language=turn.language, preferred=preferred, doubts=doubts)


def _open_unasked(turn: Turn, role: roles.HeldRole, step: Step, intro: str) -> Replies:
    """Begin a report that named no unit. A person with several reads which one it is for, and changes it by one tap."""
    if len(turn.viewer.units) == 1:
        return _open(turn, role, step, intro)
    named = turn.say("This is for {unit}.", unit=turn.viewer.tree.title(role.unit))
    opened = interviewing.open_at(turn, _form(turn), step, role.unit_id)
    (reply,) = interviewing.say_step(turn, opened, step, f"{intro}\n{named}".strip())
    others = (
        choice(NewReport(code, opened.id), turn.say("For {unit} instead", unit=turn.viewer.tree.title(code)))
        for code in turn.viewer.units
        if code != role.unit
    )
    return [replace(reply, choices=(*reply.choices, *others))]


def _open(turn: Turn, role: roles.HeldRole, step: Step, intro: str) -> Replies:
    return interviewing.begin(turn, _form(turn), step, role.unit_id, intro=intro)
