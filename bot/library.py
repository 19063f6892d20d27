"""Finds forms by id and version. The plan's own are ready; an older one is compiled when an interview needs it.

A form that offers places is begun in the version that holds the units of the day (`plan.places`). The version follows
from what it holds, so every process comes to the same one, and an interview that is pinned to it finds it anywhere.
"""

import threading
from collections.abc import Callable
from datetime import datetime
from weakref import WeakKeyDictionary

from sqlalchemy import Connection

from interview import Form, load_form, with_lists
from plan import places
from plan.model import Plan
from storage.conversation import interviews
from storage.directory.units import UnitsOfDay


class Library:
    """All forms that were ever published. Several threads may use it; a compiled version is kept."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._forms = {(form.id, form.version): form for form in plan.forms.values()}
        self._begun: WeakKeyDictionary[UnitsOfDay, dict[str, Form]] = WeakKeyDictionary()
        self._guard = threading.Lock()

    def get(self, db: Connection, form_id: str, version: str) -> Form:
        """The form in that version; `LookupError` if it was never published here."""
        form = self._forms.get((form_id, version))
        if form is not None:
            return form
        source = interviews.form_source(db, form_id, version)
        if source is None:
            raise LookupError(f"form {form_id} version {version} was never published here")
        text, csvs = source
        return self._kept(form_id, version, lambda: load_form(text, form_id=form_id, csvs=csvs, version=version))

    def current(self, form_id: str, units: UnitsOfDay) -> Form:
        """The plan's form as it is begun on a day with these units."""
        begun = self._begun.setdefault(units, {})
        if form_id not in begun:
            begun[form_id] = self._with_places(self._plan.forms[form_id], units)
        return begun[form_id]

    def keep(self, db: Connection, form: Form, now: datetime) -> None:
        """Publish a form that an interview is to be pinned to, if it is not yet."""
        interviews.publish_form(db, form, now)

    def _with_places(self, form: Form, units: UnitsOfDay) -> Form:
        listed = places.lists_for(form.csvs, units, self._plan.levels)
        if not listed:
            return form
        version = places.version_of(form.version, listed.values())
        return self._kept(form.id, version, lambda: with_lists(form, listed, version))

    def _kept(self, form_id: str, version: str, compiled: Callable[[], Form]) -> Form:
        with self._guard:
            known = self._forms.get((form_id, version))
            if known is None:
                known = self._forms[form_id, version] = compiled()
            return known
