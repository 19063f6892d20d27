"""Which phrases letters are made of, and what each can name: a misspelt one is found before anybody waits for it."""

from collections.abc import Iterator, Mapping
from string import Formatter

FIELDS: Mapping[str, str] = {
    "events": "events visits sexes",
    "events_unsorted": "events visits",
    "events_nobody": "events",
    "no_events": "",
    "women": "count",
    "men": "count",
    "unsorted": "count",
    "share": "share sorted",
    "share_rest": "share sorted unsorted",
    "share_between": "low high unsorted",
    "more": "base what difference before now unit",
    "fewer": "base what difference before now unit",
    "same": "base what now unit",
    "received_shares": "now before base",
    "not_compared": "base less received expected",
    "less_now": "",
    "no_base": "base",
    "what_events": "",
    "what_visits": "",
    "unit_events": "",
    "unit_visits": "",
    "base_before_week": "",
    "base_before": "",
    "base_year_before": "",
    "made": "products",
    "given": "products",
    "product": "name count",
    "inspections": "checked violations handled",
    "inspections_clean": "checked",
    "surveys": "count",
    "documents": "count",
    "helped": "count sexes",
    "helped_some": "count",
    "helped_until": "period helped",
    "few": "",
    "withheld": "",
    "activity_events": "name events visits sexes",
    "activity_events_nobody": "name events",
    "nothing": "",
    "weeks_one": "expected owing received share details",
    "weeks_many": "expected owing received share details",
    "weeks_detail": "items",
    "weeks_on_time": "count",
    "weeks_nil": "count",
    "weeks_mending": "count",
    "weeks_missing": "count",
    "weeks_none": "",
    "not_approved": "count",
    "disputed": "count",
    "period_week": "number first last",
    "period_span": "first last",
    "as_of": "time day period",
    "number_line": "symbol",
    "number_line_issued": "number symbol",
    "date_line": "place year",
    "date_line_issued": "place day month year",
    "attached": "kind symbol year issuer",
    "attached_issued": "kind number symbol day month year issuer",
    "kind_letter": "",
    "sample": "",
    "closing": "issuer",
    "closing_reply": "issuer to",
    "documents_issued": "count",
    "gathered": "unit text",
    "total": "",
    "empty": "",
    "draft_intro": "issuer year",
    "draft_planned": "year rows sessions visits women men",
    "draft_chapter": "title rows",
    "draft_sum": "sum words",
    "draft_source": "source sum",
    "draft_free": "",
    "draft_words": "words",
    "draft_elsewhere": "",
    "closing_draft": "year issuer to",
    "target_basis": "basis denominator source day",
    "target_basis_alone": "basis",
    "target_owing": "units",
    "target_owing_many": "count",
    "no_people": "",
    "people_exact": "low",
    "people_between": "low high",
    "share_exact": "low",
    "share_between_ends": "low high",
    "basis_bounds": "",
    "basis_first_time": "",
    "basis_roster": "",
    "basis_survey": "",
    "state_reached": "",
    "state_reached_if": "",
    "state_not_reached": "",
    "state_unknown": "",
    "state_contradictory": "",
    "assumption": "",
    "content_trainings": "",
    "content_events": "",
    "content_women": "",
    "content_men": "",
    "content_unsorted": "",
    "content_made": "name",
    "content_given": "name",
    "content_surveys": "",
    "content_inspections": "",
    "content_documents": "",
    "content_issued": "",
}
"""By phrase the fields that it can name."""


def phrase_faults(phrases: Mapping[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
    """What is wrong with phrases, as codes and params of problems."""
    for key, known in FIELDS.items():
        if key not in phrases:
            yield "no_phrase", {"key": key}
            continue
        for field in _fields(phrases[key]) - set(known.split()):
            yield "phrase_fields", {"key": key, "field": field, "known": ", ".join(known.split()) or "—"}
    for key in phrases.keys() - FIELDS.keys():
        yield "unknown_word", {"where": "phrases", "value": key, "known": ", ".join(sorted(FIELDS))}


def _fields(phrase: str) -> set[str]:
    try:
        return {field for _, field, _, _ in Formatter().parse(phrase) if field is not None}
    except ValueError:
        return {"?"}
