"""Freezes an issued document when its file is made: figures and file are of one snapshot, and set once for good."""

import json
from datetime import datetime

from sqlalchemy import Connection

from messages import Document
from reports.files.issued import ISSUED
from storage.records import issued


def freeze(db: Connection, document: Document, text: str, sha256: str) -> str:
    """Return the text of the message that brings a file; if the file is of an issued document, freeze that first."""
    if document.kind != ISSUED:
        return text
    made = json.loads(text)
    issued.freeze(db, int(made["document"]), made["figures"], sha256, datetime.fromisoformat(made["as_of"]))
    return str(made["text"])
