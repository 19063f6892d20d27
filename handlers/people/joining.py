"""Lets a person in: by an invitation's code, then one tap to agree to what is kept about them.

`services.directory.joining` decides what a code gives; this module says it.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import Connection

from handlers import menu
from handlers.context import Replies, Turn, World
from handlers.people import own_accounts, places
from handlers.people.titles import role_title, stand_in
from locales import DEFAULT_LANGUAGE, LANGUAGES, Say, texts
from messages import MAX_NAME, Choice, Incoming, Outgoing, Text
from messages.actions import Agree, Menu, choice
from periods.days import local_day
from plan.model import Plan
from reports.wording import day_text, joined
from services import consent
from services.directory import joining
from services.directory.codes import CODE_ALPHABET, plain, written
from services.directory.joining import EndedUnit, Joined, Newcomer, NoEntry, NotIn
from services.directory.places import ChatAddress
from storage.directory.units import unit_tree

RESEND = "resend"
_TYPED_CODE = re.compile(
    rf"(?:/start(?:@\w+)?\s+|(?:ma(?:\s+moi)?|mã(?:\s+mời)?|code)\s*(?::\s*)?)?"
    rf"([{CODE_ALPHABET}]{{4}}[\s-]?[{CODE_ALPHABET}]{{4}})",
    re.IGNORECASE,
)
StrangerAnswer: TypeAlias = tuple[int, int | None, Replies]
"""The account to answer (and its person, if they joined), and the replies."""
_START = re.compile(r"/start(?:@\w+)?\s+(\S{1,64})", re.IGNORECASE)


def code_in(text: str) -> str | None:
    """Read a message as a code, normalised, or the text after "/start", valid or not. `None` for anything else."""
    said = text.strip()
    match = _TYPED_CODE.fullmatch(said) or _START.fullmatch(said)
    return plain(match[1]) if match else None


def greet_stranger(db: Connection, world: World, incoming: Incoming, now: datetime) -> StrangerAnswer | None:
    """Answer a sender without a person, or keep silent.

    A stranger who was told to wait is not answered until then: an answer may cost quota.
    """
    code = code_in(incoming.content.text) if isinstance(incoming.content, Text) else None
    say, sender = _say_to(incoming), _sender(incoming)
    if code is None:
        return answer_once_a_day(db, incoming, now, _how_to_join(say, unit_tree(db).on(local_day(now)).root.name))
    result = joining.join(db, sender, code, _newcomer(say, incoming), now)
    if isinstance(result, Joined):
        unit = unit_tree(db).on(local_day(now)).title(result.invited.unit)
        welcome = _linked(say) if result.is_own_account else _welcome(say, world.plan, result, unit)
        return result.account_id, result.person_id, [welcome]
    if result.why is NoEntry.RESTING:
        return None
    text = not_in(say, result, now, code, world.public_url)
    return joining.address_of(db, sender, now), None, [Outgoing(text)]


def answer_once_a_day(db: Connection, incoming: Incoming, now: datetime, text: str) -> StrangerAnswer | None:
    """Say something to a stranger, unless they had their one answer today (reliability R9)."""
    account = joining.first_word_today(db, _sender(incoming), now)
    return None if account is None else (account, None, [Outgoing(text)])


def _sender(incoming: Incoming) -> ChatAddress:
    return ChatAddress(incoming.channel, incoming.bot, incoming.account)


def _newcomer(say: Say, incoming: Incoming) -> Newcomer:
    return Newcomer(
        name=incoming.name.strip()[:MAX_NAME],
        language=incoming.language if incoming.language in LANGUAGES else DEFAULT_LANGUAGE,
        unnamed=lambda invited: stand_in(say, invited.role, invited.unit_name),
    )


def _say_to(incoming: Incoming) -> Say:
    return texts(incoming.language or DEFAULT_LANGUAGE)


def _how_to_join(say: Say, place: str) -> str:
    return say(
        "Hello! This is the bot of {place} for reporting gender equality activities.\n"
        "To join, please send the invitation code that you were given, like K7MP-4XQ2.\n"
        "No code yet? Ask the unit above yours: it takes them one minute.",
        place=place,
    )


def not_in(say: Say, refusal: NotIn, now: datetime, code: str, public_url: str) -> str:
    """Say why a code gave nothing, and what to do instead."""
    if refusal.until is not None:
        return _too_many(say, refusal.until, now)
    if refusal.bot is not None:
        return places.other_bot(say, refusal.bot, written(code))
    if refusal.ended is not None:
        return _unit_ended(say, refusal.ended)
    if refusal.oldest is not None:
        return own_accounts.no_room(say, refusal.oldest)
    if refusal.why is NoEntry.NO_PLACE:
        return places.in_the_browser(say, f"{public_url}/j/{written(code)}")
    return _CODES[refusal.why](say)


def _unit_ended(say: Say, ended: EndedUnit) -> str:
    facts = {"unit": ended.title, "day": day_text(ended.last_day), "ask": ended.ask}
    if ended.after:
        after = joined(say, ended.after)
        return say(
            "This code was for {unit}, which ended on {day}: now it is {after}. Please ask {ask} for a new code.",
            **facts,
            after=after,
        )
    return say("This code was for {unit}, which ended on {day}. Please ask {ask} for a new code.", **facts)


def _linked(say: Say) -> Outgoing:
    text = say("Connected. You can go on here where you stopped elsewhere; it is all one.")
    return Outgoing(text, (choice(Menu(), say("Menu")),))


def _wrong(say: Say) -> str:
    return say(
        "I do not know this code. Please look once more: eight letters and digits like K7MP-4XQ2 "
        "(never O, 0, I, 1 or L). Still not? Ask for a new one."
    )


def _too_many(say: Say, until: datetime, now: datetime) -> str:
    minutes = max(1, round((until - now).total_seconds() / 60))
    return say(
        "Too many codes that do not fit: I rest and answer again in {minutes} minutes. "
        "Until then you could ask for a new code.",
        minutes=minutes,
    )


_CODES: Mapping[NoEntry, Callable[[Say], str]] = {
    NoEntry.WRONG: _wrong,
    NoEntry.EXPIRED: lambda say: say("This code has expired. Please ask whoever invited you for a new one."),
    NoEntry.REVOKED: lambda say: say(
        "This code no longer works: a newer one was made, or it was taken back. Please ask whoever invited you."
    ),
    NoEntry.SPENT: lambda say: say("This code has been used already. Please ask whoever invited you for a new one."),
}
"""The texts for a code that is wrong by itself."""


def _welcome(say: Say, plan: Plan, entered: Joined, unit: str) -> Outgoing:
    role = role_title(say, entered.invited.role)
    if entered.invited.is_shared:
        hello = say(
            "Welcome! You come by the code of {unit}; the ward lets you in once you have said who you are.", unit=unit
        )
    else:
        hello = say("Welcome! You are joining as {role}, {unit}.", role=role, unit=unit)
    return Outgoing(f"{hello}\n\n{consent_text(say, plan)}", (_agreeing(say),))


def consent_text(say: Say, plan: Plan) -> str:
    """Say in three lines what is kept, why, and how to see or delete it (Law 91/2025/QH15); and how to agree."""
    those = [say("the {level}", level=level.name(say.language)) for level in plan.levels.looking_after()]
    kept = say.plural(
        "• Kept: your name here, your unit, and the reports you send.\n"
        "• Why: so that {those} has true figures, by sex.\n"
        "• Yours: see it, correct it or ask for its deletion any time with /toi.",
        "• Kept: your name here, your unit, and the reports you send.\n"
        "• Why: so that {those} have true figures, by sex.\n"
        "• Yours: see it, correct it or ask for its deletion any time with /toi.",
        len(those),
        those=joined(say, those),
    )
    return f"{kept}\n{say('If that is fine with you, just reply: I agree')}"


def ask_consent(turn: Turn) -> Replies:
    """Ask for the consent in place of any other answer, until the person agrees."""
    return [Outgoing(consent_text(turn.say, turn.plan), (_agreeing(turn.say),))]


def _agreeing(say: Say, then: str = "") -> Choice:
    return choice(Agree(then, consent.VERSION), say("I agree, let us begin"))


def not_kept(turn: Turn) -> Replies:
    """Say once, however many photos, files or positions come before the consent, that nothing was kept."""
    agreeing = _agreeing(turn.say, RESEND)
    if [offered.id for offered in turn.offered] == [agreeing.id]:
        return []
    text = turn.say("I keep nothing before you agree, so what you just sent was not taken. Please send it again then.")
    return [Outgoing(f"{text}\n\n{consent_text(turn.say, turn.plan)}", (agreeing,))]


def not_kept_yet(turn: Turn) -> Replies:
    """Say that a text written before the consent was not kept, each time: it was meant to be."""
    text = turn.say(
        "I keep nothing before you agree, so what you just wrote was not taken. Please write it again then."
    )
    return [Outgoing(f"{text}\n\n{consent_text(turn.say, turn.plan)}", (_agreeing(turn.say, RESEND),))]


def agree(turn: Turn, pressed: Agree) -> Replies:
    """Record the consent and show what can be done now; after `not_kept`, ask for what was sent before.

    If the text has changed since it was read, nothing is agreed and the present one is shown.
    """
    if not consent.give(turn.db, turn.person_id, pressed.version, turn.now):
        return ask_consent(turn)
    if not turn.viewer.roles:
        return menu.show_menu(turn, greeting=turn.say("Thank you!"))
    if pressed.then == RESEND:
        return menu.show_menu(turn, greeting=turn.say("Thank you! Now please send once more what you sent before."))
    return menu.show_menu(turn, greeting=turn.say("Thank you! Everything starts from this menu."))
