"""How a person comes in: by an invitation's code, then one tap to agree to what is kept about them.

A code is eight characters of an alphabet without look-alikes, written "K7MP-4XQ2"; only its hash is stored.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import Connection

from handlers import menu
from handlers.context import CONSENT_PURPOSE, CONSENT_VERSION, OWN_ACCOUNT, Replies, Turn, World, choice
from handlers.people import own_accounts, places
from handlers.people.titles import role_title, stand_in
from locales import DEFAULT_LANGUAGE, LANGUAGES, Say, texts
from messages import MAX_NAME, Choice, Incoming, Outgoing, Text
from messages.actions import Agree
from periods.days import local_day
from storage.delivery import chat_queue
from storage.directory import accounts, consents, invitations, persons, roles, strangers
from storage.directory.units import unit_tree

CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 8
RESEND = "resend"
_TYPED_CODE = re.compile(
    rf"(?:/start(?:@\w+)?\s+|(?:ma(?:\s+moi)?|mã(?:\s+mời)?|code)\s*(?::\s*)?)?"
    rf"([{CODE_ALPHABET}]{{4}}[\s-]?[{CODE_ALPHABET}]{{4}})",
    re.IGNORECASE,
)
Answer: TypeAlias = tuple[int, int | None, Replies]
"""To whom (an account, and its person if they joined), and what."""
_APART = re.compile(r"[\s-]")
_START = re.compile(r"/start(?:@\w+)?\s+(\S{1,64})", re.IGNORECASE)


def code_in(text: str) -> str | None:
    """The code that a message is, normalised; also what follows "/start", valid or not. `None` for anything else."""
    said = text.strip()
    found = _TYPED_CODE.fullmatch(said) or _START.fullmatch(said)
    return _APART.sub("", found[1]).upper() if found else None


def hash_code(code: str) -> str:
    """What is stored of a code."""
    return hashlib.sha256(_APART.sub("", code).upper().encode()).hexdigest()


def stranger_key(incoming: Incoming) -> str:
    """What is stored of a sender whom nobody invited."""
    return hashlib.sha256(f"{incoming.channel}:{incoming.bot}:{incoming.account}".encode()).hexdigest()


def greet_stranger(db: Connection, world: World, incoming: Incoming, now: datetime) -> Answer | None:
    """Answer a sender without a person, or keep silent."""
    code = code_in(incoming.content.text) if isinstance(incoming.content, Text) else None
    if code is None:
        return answer_once_a_day(db, incoming, now, _how_to_join(_say_to(incoming), unit_tree(db).root.name))
    seen = strangers.see(db, stranger_key(incoming), local_day(now))
    return _try_code(Arrival(db, world, incoming, now, seen), code)


def answer_once_a_day(db: Connection, incoming: Incoming, now: datetime, text: str) -> Answer | None:
    """Say something to a stranger, unless they had their one answer today (reliability R9)."""
    today = local_day(now)
    seen = strangers.see(db, stranger_key(incoming), today)
    if seen.answered_on == today:
        return None
    strangers.note_answer(db, seen.key, today)
    return _answer_to(db, incoming, now), None, [Outgoing(text)]


def _say_to(incoming: Incoming) -> Say:
    return texts(incoming.language or DEFAULT_LANGUAGE)


def _answer_to(db: Connection, incoming: Incoming, now: datetime) -> int:
    return strangers.account_for_answer(db, incoming.channel, incoming.bot, incoming.account, now)


def _how_to_join(say: Say, place: str) -> str:
    return say(
        "Hello! This is the bot of {place} for reporting gender equality activities.\n"
        "To join, please send the invitation code that your ward or the secretariat gave you, like K7MP-4XQ2.\n"
        "No code yet? Ask your ward's chair: it takes them one minute.",
        place=place,
    )


@dataclass(frozen=True, slots=True)
class Arrival:
    """A stranger at the door, with a code in hand."""

    db: Connection
    world: World
    incoming: Incoming
    now: datetime
    seen: strangers.Stranger

    @property
    def say(self) -> Say:
        return _say_to(self.incoming)


def _try_code(arrival: Arrival, code: str) -> Answer | None:
    """Let in, or say why not. Whoever was told to wait is not answered until then: an answer may cost quota."""
    db, now, say = arrival.db, arrival.now, arrival.say
    if arrival.seen.is_barred(now):
        return None
    account = _answer_to(db, arrival.incoming, now)
    found = _use(arrival, code)
    if isinstance(found, Outgoing):
        barred = strangers.note_wrong_code(db, arrival.seen, now)
        return account, None, [Outgoing(too_many(say, barred, now)) if barred else found]
    person = found.created_by_id if found.role == OWN_ACCOUNT else _new_person(arrival, found)
    assert person is not None  # noqa: S101 (an account's code is made by its person)
    accounts.adopt_account(db, account, person, now)
    chat_queue.enter_again(db, account)
    return account, person, [_linked(say) if found.role == OWN_ACCOUNT else _welcome(say, found.role, found.unit_name)]


def _use(arrival: Arrival, code: str) -> invitations.Invited | Outgoing:
    """What a code gives, taken; or why it gives nothing here."""
    db, now, say = arrival.db, arrival.now, arrival.say
    found = invitations.find_invitation(db, hash_code(code))
    if found is None:
        return Outgoing(wrong_code(say))
    said = places.elsewhere(db, arrival.world, arrival.incoming, found.unit_id, written(code), say)
    if said is None and found.role == OWN_ACCOUNT and found.created_by_id:
        said = own_accounts.no_room(db, found.created_by_id, arrival.incoming.channel, say)
    if said is None and not invitations.use_invitation(db, found.id, now):
        said = Outgoing(spent(say, found, now))
    return said or found


def _new_person(arrival: Arrival, found: invitations.Invited) -> int:
    incoming = arrival.incoming
    language = incoming.language if incoming.language in LANGUAGES else DEFAULT_LANGUAGE
    name = incoming.name.strip()[:MAX_NAME] or stand_in(arrival.say, found.role, found.unit_name)
    person = persons.add_person(arrival.db, name, language, arrival.now)
    roles.assign(arrival.db, person, found.role, found.unit_id, arrival.now)
    return person


def _linked(say: Say) -> Outgoing:
    text = say("Connected. You can go on here where you stopped elsewhere; it is all one.")
    return Outgoing(text, (choice("menu", say("Menu")),))


def wrong_code(say: Say) -> str:
    return say(
        "I do not know this code. Please look once more: eight letters and digits like K7MP-4XQ2 "
        "(never O, 0, I, 1 or L). Still not? Ask for a new one."
    )


def too_many(say: Say, until: datetime, now: datetime) -> str:
    minutes = max(1, round((until - now).total_seconds() / 60))
    return say(
        "Too many codes that do not fit: I rest and answer again in {minutes} minutes. "
        "Until then you could ask for a new code.",
        minutes=minutes,
    )


def spent(say: Say, found: invitations.Invited, now: datetime) -> str:
    if found.expires_at <= now:
        return say("This code has expired. Please ask whoever invited you for a new one.")
    return say("This code has been used already. Please ask whoever invited you for a new one.")


def _welcome(say: Say, role: str, unit_name: str) -> Outgoing:
    return Outgoing(
        say("Welcome! You are joining as {role}, {unit}.", role=role_title(say, role), unit=unit_name)
        + "\n\n"
        + consent_text(say),
        (_agreeing(say),),
    )


def consent_text(say: Say) -> str:
    """What is kept, why, and how to see or delete it, in three lines (Law 91/2025/QH15); and how to agree."""
    kept = say(
        "• Kept: your name here, your unit, and the reports you send.\n"
        "• Why: so that the ward and the district have true figures, by sex.\n"
        "• Yours: see it, correct it or ask for its deletion any time with /toi."
    )
    return f"{kept}\n{say('If that is fine with you, just reply: I agree')}"


def ask_consent(turn: Turn) -> Replies:
    """Said instead of whatever was asked for, until the person agrees."""
    return [Outgoing(consent_text(turn.say), (_agreeing(turn.say),))]


def _agreeing(say: Say, then: str = "") -> Choice:
    return choice(Agree(then, CONSENT_VERSION), say("I agree, let us begin"))


def not_kept(turn: Turn) -> Replies:
    """A photo, file or position before the consent: it is said once, however many come, that nothing was kept."""
    agreeing = _agreeing(turn.say, RESEND)
    if [offered.id for offered in turn.offered] == [agreeing.id]:
        return []
    text = turn.say("I keep nothing before you agree, so what you just sent was not taken. Please send it again then.")
    return [Outgoing(f"{text}\n\n{consent_text(turn.say)}", (agreeing,))]


def agree(turn: Turn, arguments: tuple[str, ...]) -> Replies:
    """Record the consent and show what can be done now; after `not_kept`, ask for what was sent before.

    To a text that has changed since nobody has agreed: the present one is shown.
    """
    pressed = Agree.read(arguments)
    if pressed.version != CONSENT_VERSION:
        return ask_consent(turn)
    consents.agree(turn.db, turn.person_id, CONSENT_PURPOSE, CONSENT_VERSION, turn.now)
    if pressed.then == RESEND:
        return menu.show_menu(turn, (), greeting=turn.say("Thank you! Now please send once more what you sent before."))
    return menu.show_menu(turn, (), greeting=turn.say("Thank you! Everything starts from this menu."))


def new_code(pick: Callable[[str], str]) -> str:
    """A fresh code; `pick` chooses one character of an alphabet by chance."""
    return "".join(pick(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def written(code: str) -> str:
    """A code as people read it: K7MP-4XQ2."""
    return f"{code[:4]}-{code[4:]}"
