"""Finds forms by id and version. The plan's own are ready; an older one is compiled when an interview needs it."""

import threading

from sqlalchemy import Connection

from interview import Form, load_form
from plan.model import Plan
from storage.conversation import interviews


class Library:
    """All forms that were ever published. Several threads may use it; a compiled version is kept."""

    def __init__(self, plan: Plan) -> None:
        self._forms = {(form.id, form.version): form for form in plan.forms.values()}
        self._guard = threading.Lock()

    def get(self, db: Connection, form_id: str, version: str) -> Form:
        """The form in that version; `LookupError` if it was never published here."""
        form = self._forms.get((form_id, version))
        if form is not None:
            return form
        source = interviews.form_source(db, form_id, version)
        if source is None:
            raise LookupError(f"form {form_id} version {version} was never published here")
        with self._guard:
            return self._forms.setdefault((form_id, version), load_form(source[0], form_id=form_id, csvs=source[1]))
