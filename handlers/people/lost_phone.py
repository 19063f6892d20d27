"""Ends the chats of a phone that was lost: one's own other ones at once, another person's after asking once."""

from handlers import menu
from handlers.context import Replies, Turn
from handlers.people import accounts as own_page
from handlers.people.links import link_of
from handlers.people.titles import role_title
from messages import Outgoing
from messages.actions import YES, EndChats, Me, Staff, ViewMember, choice
from periods.days import local_day
from reports.pictures.invitation import invitation_card
from reports.wording import day_text
from services.directory import accounts
from services.directory.accounts import OWN_ACCOUNT, ChatsEnded
from services.directory.codes import written
from services.results import Refused
from storage.directory.staff import Member


def end_chats(turn: Turn, pressed: EndChats) -> Replies:
    """End one's own other chats, or those of somebody below."""
    if not pressed.assignment:
        return _end_own(turn)
    member = accounts.hold_to_end_chats(turn.db, turn.viewer, pressed.assignment)
    if isinstance(member, Refused):
        return _refused(turn)
    if pressed.sure != YES:
        return _ask(turn, member)
    code = turn.world.chance()
    result = accounts.end_chats(turn.db, turn.viewer, pressed.assignment, code, turn.now)
    return _refused(turn) if isinstance(result, Refused) else [_ended(turn, result, code)]


def _end_own(turn: Turn) -> Replies:
    count = accounts.end_others(turn.db, turn.viewer, in_use=turn.account_id)
    if not count:
        return own_page.who_am_i(turn, intro=turn.say("You use the bot only here: there is no other chat to end."))
    text = turn.say.plural(
        "Ended: {n} other chat. Whoever has that phone sees nothing new; what waited there comes here.",
        "Ended: {n} other chats. Whoever has that phone sees nothing new; what waited there comes here.",
        count,
    )
    return [Outgoing(text, (choice(Me(), turn.say("My data")), *menu.back_to_menu(turn)), lasting=True)]


def _refused(turn: Turn) -> Replies:
    text = turn.say("I cannot end the chats of this person: ask the secretariat, or they do it themselves with /toi.")
    return [Outgoing(text, (choice(Staff(), turn.say("Who takes part")), *menu.back_to_menu(turn)))]


def _ask(turn: Turn, member: Member) -> Replies:
    say = turn.say
    text = say(
        "End all chats of {name}? I make a code with which only {name} comes in again; drafts, reports and what waits "
        "stay. Give the code to nobody else.",
        name=member.name,
    )
    yes = choice(EndChats(member.assignment_id, YES), say("Yes, end them and make a code"), say("end"))
    no = choice(ViewMember(member.assignment_id), say("No, keep them"))
    return [Outgoing(text, (yes, no, *menu.back_to_menu(turn)))]


def _ended(turn: Turn, ended: ChatsEnded, code: str) -> Outgoing:
    say, link, last_day = turn.say, link_of(turn.world.public_url, code), local_day(ended.expires)
    text = say(
        "Ended. The code for {name}, until {day}:\n{code}\n{link}\nWhat waits goes to where {name} opens it.",
        name=ended.member.name,
        day=day_text(last_day),
        code=written(code),
        link=link,
    )
    picture = invitation_card(
        link, written(code), role_title(say, OWN_ACCOUNT), ended.member.name, last_day, turn.language
    )
    back = (choice(Staff(), say("Who takes part")), *menu.back_to_menu(turn))
    return Outgoing(text, back, (picture,), lasting=True)
