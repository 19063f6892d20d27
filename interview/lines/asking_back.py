"""After a line: if the open question was answered in a doubtful way, its likeliest answer is asked about."""

from dataclasses import replace
from datetime import datetime

from interview.forms.form import Form
from interview.lines.filling import Asked
from interview.lines.one_line import OneLine
from interview.steps import Ask, Kind, Step
from interview.walking.engine import present


def asking_back(form: Form, step: Step, line: OneLine, now: datetime) -> tuple[Step, Asked | None]:
    """The step in which the open question asks for a yes or no to the likeliest day, and what it asks about."""
    ask = next((output for output in step.outputs if isinstance(output, Ask) and output.kind is Kind.DATE), None)
    name = form.by_path[ask.path].name if ask and ask.path in form.by_path else ""
    doubt = next((asked for asked in line.asked if asked.question == name and asked.options), None)
    if doubt is None:
        return step, None
    interview = replace(step.interview, view={"near": doubt.options[0]})
    told = tuple(output for output in step.outputs if not isinstance(output, Ask))
    return Step(interview, (*told, *present(form, interview, now))), doubt
