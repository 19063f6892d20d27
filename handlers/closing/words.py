"""The words for what can be asked for in a closed period, and for the reasons of declining it."""

from collections.abc import Callable, Mapping

from locales import Say
from services import admitting
from storage.tables.states import RequestKind

KINDS: Mapping[RequestKind, Callable[[Say], str]] = {
    RequestKind.NEW: lambda say: say("a report that came later"),
    RequestKind.CORRECT: lambda say: say("a correction"),
    RequestKind.WITHDRAW: lambda say: say("a withdrawal"),
    RequestKind.RETURN: lambda say: say("a return to its author"),
    RequestKind.APPROVE: lambda say: say("an approval of what was returned"),
    RequestKind.NIL: lambda say: say("“no activity”"),
    RequestKind.TAKE_BACK_NIL: lambda say: say("take back “no activity”"),
    RequestKind.LINK: lambda say: say("two reports as one event"),
    RequestKind.UNLINK: lambda say: say("a report as an event of its own"),
    RequestKind.DECIDE: lambda say: say("which figures of an event count"),
    RequestKind.ORGANISE: lambda say: say("which unit held an event"),
}
"""What is asked for, in a word or two."""
DECLINED: Mapping[str, Callable[[Say], str]] = {
    "issued": lambda say: say("the figures have been reported upwards"),
    "counted": lambda say: say("it is in another report already"),
    "unproven": lambda say: say("there is too little to go by"),
    admitting.OVERTAKEN: lambda say: say("the report had changed meanwhile"),
}
"""The reasons for declining that a code stands for; the first ones can be chosen by one tap."""


def reason_text(say: Say, reason: str) -> str:
    """Say a reason: the words of a code, or what somebody typed."""
    return DECLINED[reason](say) if reason in DECLINED else reason
