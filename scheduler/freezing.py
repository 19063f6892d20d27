"""Freezes an issued document when its file is made: figures and file are of one snapshot, and set once for good."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from locales import Say
from messages import Document
from reports.files.issued import ISSUED
from rules.documents import DocumentState
from storage.records import issued


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file's order brings: the message's text, and the file that goes with it ("" where none does)."""

    text: str
    sha256: str


def freeze(db: Connection, say: Say, document: Document, text: str, sha256: str) -> Brought:
    """Freeze an issued document's figures with its file, and say what comes; a file of anything else comes as it is.

    If it was frozen before, the frozen file comes, never the one just made. If it cannot be issued any more, since
    another stands in its place or its number, day or signer was written anew, nothing comes but the reason.
    """
    if document.kind != ISSUED:
        return Brought(text, sha256)
    made = json.loads(text)
    number, day, signer = made["entered"]
    entered = (number, date.fromisoformat(day), signer)
    document_id, as_of = int(made["document"]), datetime.fromisoformat(made["as_of"])
    if issued.freeze(db, document_id, entered, made["figures"], sha256, as_of):
        return Brought(str(made["text"]), sha256)
    standing = issued.find(db, document_id)
    if standing is not None and standing.state is DocumentState.ISSUED:
        return Brought(say("It was issued before: this is the file as it was frozen then."), standing.sha256)
    reason = say(
        "{name} was not issued: meanwhile another document took its place, or its number, day or signer was written "
        "anew. Nothing of it was frozen.",
        name=document.name,
    )
    return Brought(reason, "")
