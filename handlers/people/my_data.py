"""What a person may ask of their data at any time: the name corrected, everything deleted (Law 91/2025/QH15).

Both happen at once, whoever holds the person's phone; nobody has to be asked. What was reported stays, as the unit's,
without the reporter's name.
"""

from handlers import menu
from handlers.context import Replies, Turn, choice
from messages import MAX_NAME, Outgoing
from messages.actions import Forget
from rules.roles import Role
from storage.delivery.notices import notify
from storage.directory import holders, personal, persons


def rename(turn: Turn, name: str) -> Replies:
    """ "/toi NAME": how the person is called from now on."""
    plain = " ".join(name.split())
    if not _is_name(plain):
        text = turn.say("I cannot take this as a name. Please send it like this: /toi Nguyễn Thị Lan")
        return [Outgoing(text, menu.back_to_menu(turn))]
    persons.set_name(turn.db, turn.person_id, plain)
    text = turn.say("Thank you. From now on you are {name} here.", name=plain)
    return [Outgoing(text, (choice("me", turn.say("My data")), *menu.back_to_menu(turn)))]


def _is_name(text: str) -> bool:
    return len(text) <= MAX_NAME and any(letter.isalpha() for letter in text) and not any(map(str.isdigit, text))


def forget_me(turn: Turn, arguments: tuple[str, ...] = ()) -> Replies:
    """Says first what would go and what would stay; a yes of whoever was here before is none of this person's."""
    say = turn.say
    if Forget.read(arguments).person != turn.person_id:
        text = say(
            "Delete everything about you?\n"
            "• Gone at once: your name, your accounts here, drafts and what I wrote to you.\n"
            "• Stays: the figures and photos of reports that were sent; they are your unit's, without your name.\n"
            "To come back later you need a new invitation."
        )
        yes = choice(Forget(turn.person_id), say("Delete everything"), say("delete"))
        return [Outgoing(text, (yes, choice("me", say("No, keep it"))))]
    _tell_the_ward(turn)
    personal.forget(turn.db, turn.person_id, turn.now)
    return [Outgoing(say("Done: everything about you is deleted. Thank you for your work, and all the best!"))]


def _tell_the_ward(turn: Turn) -> None:
    """A neighbourhood that is left without an officer is its chair's to fill; whose name it was is gone."""
    left = {role.parent: role for role in turn.viewer.roles if role.role == Role.PROPAGANDIST}
    for chair in holders.holders(turn.db, (Role.WARD_CHAIR,), turn.now, turn.now):
        role = left.get(chair.unit)
        if role is not None and chair.person_id is not None and chair.person_id != turn.person_id:
            say = turn.speaking(persons.find_person(turn.db, chair.person_id).language).say
            text = say("An officer of {unit} has left. Would you like to invite somebody else?", unit=role.unit_name)
            offer = choice(f"invite_make:{Role.PROPAGANDIST}:{role.unit}:1", say("Invite someone"))
            notify(turn.db, chair.person_id, Outgoing(text, (offer, choice("menu", say("Menu")))), turn.now)
