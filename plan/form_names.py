"""The forms of the plan that code treats apart, by their ids in `plan/forms/`."""

PLAN_DRAFT = "plan_draft"
"""The draft of next year's plan; it may come as a workbook."""
RESULTS_REPORT = "results_report"
"""The report on results, whose figures are those of the stored reports."""
