"""Shows the secretariat the bots with a quota: what the month has used, how full they are, whom they serve.

Wards are set here; tokens never are: they come from the settings only.
"""

from handlers import menu
from handlers.context import Replies, Turn
from locales import Say, number
from messages import Choice, Outgoing
from messages.actions import ADD, REMOVE, Bots, BotWards, Serve, choice
from services.directory import places
from services.results import Refused
from storage.delivery import usage
from storage.delivery.usage import Stage, Usage
from storage.directory.bots import Bot


def show_channels(turn: Turn) -> Replies:
    """Show every metered bot with its month."""
    metered = places.metered(turn.db)
    if not metered:
        text = turn.say("No Zalo bot is connected yet. Please ask your administrator to set one up.")
        return [Outgoing(text, menu.back_to_menu(turn))]
    offers = tuple(choice(BotWards(bot.id), turn.say("Whom {name} serves", name=bot.name)) for bot in metered)
    text = "\n\n".join(_described(turn, bot) for bot in metered)
    return [Outgoing(text, (*offers, *menu.back_to_menu(turn)))]


def show_bot(turn: Turn, pressed: BotWards) -> Replies:
    """Show the wards that a bot serves, each to be added or taken away."""
    bot = _bot(turn, pressed.bot)
    return _wards(turn, bot) if bot else show_channels(turn)


def toggle_ward(turn: Turn, pressed: Serve) -> Replies:
    """Give a ward to a bot or take it away, as the button said. People who have joined stay where they are."""
    if pressed.wanted not in (ADD, REMOVE):
        return show_bot(turn, BotWards(pressed.bot))
    result = places.serve(turn.db, turn.viewer, pressed.bot, pressed.ward, wanted=pressed.wanted == ADD)
    return show_channels(turn) if isinstance(result, Refused) else _wards(turn, result)


def _bot(turn: Turn, bot_id: str) -> Bot | None:
    return next((bot for bot in places.metered(turn.db) if bot.id == bot_id), None)


def _wards(turn: Turn, bot: Bot) -> Replies:
    offers: list[Choice] = [
        choice(
            Serve(bot.id, ward.code, REMOVE if ward.code in bot.wards else ADD),
            f"✓ {title}" if ward.code in bot.wards else title,
        )
        for ward in places.wards(turn.viewer)
        for title in [turn.viewer.tree.title(ward.code)]
    ]
    offers.append(choice(Bots(), turn.say("All bots")))
    text = turn.say(
        "Whom does {name} serve? Choose a unit to add it or take it away. Without any, it serves those that "
        "have no bot of their own.",
        name=bot.name,
    )
    return [Outgoing(text, (*offers, *menu.back_to_menu(turn)))]


def _described(turn: Turn, bot: Bot) -> str:
    say, language = turn.say, turn.language
    month = usage.month_of(turn.now)
    used = usage.of(turn.db, bot.channel, bot.id, month)
    people = usage.users(turn.db, bot.channel, bot.id)
    names = [turn.viewer.tree.title(ward.code) for ward in places.wards(turn.viewer) if ward.code in bot.wards]
    lines = [
        say("Zalo · {name}\n{link}", name=bot.name, link=bot.link),
        say(
            "This month: {used} of {quota} messages ({percent} %), {received} in, {sent} out.",
            used=number(used.used, language),
            quota=number(used.quota, language),
            percent=used.percent,
            received=number(used.received, language),
            sent=number(used.sent, language),
        ),
        say("People: {people} of {places}.", people=people, places=usage.FREE_USERS),
        say("Serves: {units}.", units=", ".join(names) or say("those without a bot of their own")),
        quota_warning(say, used),
    ]
    return "\n".join(line for line in lines if line)


def quota_warning(say: Say, used: Usage) -> str:
    """Say what a shrinking quota means now; empty while there is plenty."""
    warnings = {
        Stage.PLENTY: "",
        Stage.TIGHT: say("⚠ Over 70 %: from now on only deadlines and the weekly picture are reminded of."),
        Stage.SCARCE: say("⚠ Over 90 %: from now on only deadlines are reminded of."),
        Stage.SPENT: say("⛔ Used up: until next month people hear from the bot by their other channels only."),
    }
    return warnings[used.stage]
