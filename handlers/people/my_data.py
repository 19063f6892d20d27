"""Lets a person correct their name or delete all their data at any time."""

from handlers import menu
from handlers.context import Replies, Turn
from messages import Outgoing
from messages.actions import Forget, MakeInvitation, Me, Menu, choice
from rules.roles import Role
from services.directory import own_data
from services.directory.own_data import OfficerLeft
from storage.delivery.notices import notify


def rename(turn: Turn, name: str) -> Replies:
    """Change the person's name, after "/toi NAME"."""
    called = own_data.rename(turn.db, turn.viewer, name)
    if called is None:
        text = turn.say("I cannot take this as a name. Please send it like this: /toi Nguyễn Thị Lan")
        return [Outgoing(text, menu.back_to_menu(turn))]
    text = turn.say("Thank you. From now on you are {name} here.", name=called)
    return [Outgoing(text, (choice(Me(), turn.say("My data")), *menu.back_to_menu(turn)))]


def forget_me(turn: Turn, pressed: Forget) -> Replies:
    """Say first what would go and what would stay. Only a yes of this person counts, not of an earlier user."""
    say = turn.say
    if pressed.person != turn.person_id:
        text = say(
            "Delete everything about you?\n"
            "• Gone at once: your name, your accounts here, drafts and what I wrote to you.\n"
            "• Stays: the figures and photos of reports that were sent; they are your unit's, without your name.\n"
            "To come back later you need a new invitation."
        )
        yes = choice(Forget(turn.person_id), say("Delete everything"), say("delete"))
        return [Outgoing(text, (yes, choice(Me(), say("No, keep it"))))]
    for notice in own_data.forget(turn.db, turn.viewer, turn.now):
        _tell(turn, notice)
    return [Outgoing(say("Done: everything about you is deleted. Thank you for your work, and all the best!"))]


def _tell(turn: Turn, notice: OfficerLeft) -> None:
    """Tell the chair which neighbourhood is left without an officer."""
    say, role = turn.speaking_to(notice.person_id).say, notice.role
    text = say(
        "An officer of {unit} has left. Would you like to invite somebody else?", unit=turn.viewer.tree.title(role.unit)
    )
    offer = choice(MakeInvitation(Role.PROPAGANDIST, role.unit), say("Invite someone"))
    notify(turn.db, notice.person_id, Outgoing(text, (offer, choice(Menu(), say("Menu")))), turn.now)
