"""One report as people see it, with what each may do to it; and what is said where it has moved on since.

Whoever changes a report does so through `in_hand` and `moved_on`: figures that nobody has read are never accepted,
returned or withdrawn.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from handlers import menu
from handlers.context import Replies, Turn, choice, number_at
from handlers.wording import measure_text, state_text
from locales import Say
from messages import Choice, Outgoing, Picture
from messages.actions import Approve, Correct, Return, Withdraw
from reports.wording import day_text
from rules.roles import ABOVE
from rules.states import Deed, ReportState
from storage.records import submissions
from storage.records.submissions import Change, Stored

HAPPENED: Mapping[str, Callable[[Say, str], str]] = {
    Deed.CORRECT: lambda say, who: say("{who} has corrected this report meanwhile.", who=who),
    Deed.APPROVE: lambda say, who: say("{who} has approved this report meanwhile.", who=who),
    Deed.RETURN: lambda say, who: say("{who} has returned this report meanwhile.", who=who),
    Deed.WITHDRAW: lambda say, who: say("{who} has withdrawn this report meanwhile.", who=who),
}
"""What was done to a report last, by the actions of its revisions."""


def visible(turn: Turn, report_id: int) -> Stored | None:
    """A report, if this person may see it."""
    report = submissions.find(turn.db, report_id)
    if report is None or not (report.person_id == turn.person_id or turn.viewer.sees_unit(report.unit)):
        return None
    return report


def in_hand(turn: Turn, report_id: int) -> Stored | None:
    """The same, to be changed: nobody else changes it until this turn is committed."""
    submissions.lock(turn.db, report_id)
    return visible(turn, report_id)


def moved_on(turn: Turn, report: Stored, seen: int) -> Replies | None:
    """What is said instead of acting, if the report is not as it was when the button was made; else `None`."""
    if report.revision == seen:
        return None
    say = turn.say
    old = say("That button is from an earlier message.")
    happened = what_happened(say, submissions.last_change(turn.db, report.id)) if seen else old
    return shown(turn, report, intro=happened + " " + say("So I changed nothing. This is how the report stands now:"))


def what_happened(say: Say, change: Change) -> str:
    """What was done to a report last, in a sentence; empty if it was only sent."""
    return HAPPENED[change.action](say, change.person) if change.action in HAPPENED else ""


def shown(turn: Turn, report: Stored, listed: tuple[str, ...] = (), intro: str = "") -> Replies:
    """A report with what this person may do to it; `listed` is the list that it was opened from (a unit and a page)."""
    photos = submissions.photos_of(turn.db, report.id)
    text = "\n".join(_lines(turn, report, len(photos)))
    message = Outgoing(text, _choices(turn, report, listed), _pictures(turn.say, photos))
    return [replace(message, text=f"{intro}\n\n{text}") if intro else message]


def _lines(turn: Turn, report: Stored, photos: int) -> list[str]:
    say, answers = turn.say, report.answers
    lines = [
        f"{turn.viewer.tree.title(report.unit)} · {turn.plan.short(report.activity, turn.language)}",
        say("{day} · {measure}", day=day_text(report.event_date), measure=measure_text(say, report)),
    ]
    if report.target_group:
        lines.append(say("For: {group}", group=turn.plan.name(report.target_group, turn.language)))
    labels = {"place": say("Place"), "topic": say("Topic"), "subject": say("About"), "note": say("Note")}
    lines += [f"{label}: {answers[name]}" for name, label in labels.items() if answers.get(name)]
    lines.append(say("State: {state} · by {person}", state=state_text(say, report.state), person=report.person))
    if photos:
        lines.append(say.plural("{n} photo", "{n} photos", photos))
    return lines


def _pictures(say: Say, photos: list[str]) -> tuple[Picture, ...]:
    """The photos, by their hashes; each says which of them it is, for those who do not see them side by side."""
    alt, total = say("Photo of the activity"), len(photos)
    return tuple(
        Picture("stored", {"sha256": sha256}, f"{alt} {number}/{total}" if total > 1 else alt)
        for number, sha256 in enumerate(photos, 1)
    )


def _choices(turn: Turn, report: Stored, listed: tuple[str, ...]) -> tuple[Choice, ...]:
    say, offers, row, seen = turn.say, [], report.id, report.revision
    if answers_for(turn, report):
        offers.append(choice(Correct(row, seen), say("Correct")))
        offers.append(choice(Withdraw(row, seen), say("Withdraw")))
    if report.person_id != turn.person_id and supervises(turn, report) and report.state != ReportState.WITHDRAWN:
        if report.state != ReportState.APPROVED:
            offers.append(choice(Approve(row, seen), say("Approve ✓")))
        if report.state != ReportState.RETURNED:
            offers.append(choice(Return(row, seen), say("Return for correction")))
    if supervises(turn, report):
        offers.append(the_list(turn, report, listed))
    return (*offers, *menu.back_to_menu(turn))


def answers_for(turn: Turn, report: Stored) -> bool:
    """Whether the person may correct or withdraw a report."""
    is_theirs = report.person_id == turn.person_id or report.state == ReportState.RETURNED
    return is_theirs and report.state != ReportState.WITHDRAWN and turn.viewer.holds_in(report.unit_id)


def supervises(turn: Turn, report: Stored) -> bool:
    """Whether it is of a unit that the person looks after from above."""
    return turn.viewer.sees_unit(report.unit, ABOVE)


def the_list(turn: Turn, report: Stored, arguments: tuple[str, ...] = ()) -> Choice:
    """The way back to the list that a report was opened from (a unit and a page), else to that of its ward."""
    unit, page = arguments[0] if arguments else "", number_at(arguments, 1)
    if not turn.viewer.sees_unit(unit, ABOVE):
        ward = turn.viewer.tree.ward_of(report.unit)
        unit, page = ward.code if ward else report.unit, 0
    return choice(f"reports:{unit}:{report.week}:{page}", turn.say("← The reports"))


def not_yours(turn: Turn) -> Replies:
    """For a report that is not there, or not for this person."""
    return [
        Outgoing(
            turn.say("I cannot find that report among yours."),
            (choice("mine", turn.say("My reports")), *menu.back_to_menu(turn)),
        )
    ]
