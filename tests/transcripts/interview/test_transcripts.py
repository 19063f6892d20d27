"""Golden transcripts: each file in `cases/` is a conversation as a person would see it.

The state is written to JSON and read back before every answer. `pytest --update` rewrites what was said, never what
a person says. Lines: `> text` is written, `> [token]` pressed, `> (photo REF)`, `> (file REF NAME)` and
`> (place LAT LON)` are sent; `@ 2026-11-25 08:00` moves the clock; everything else is what the form says.
"""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from interview import REJECTIONS, Form, advance, from_json, load_form, start, to_json
from interview.steps import (
    Answer,
    Ask,
    Cancelled,
    ConfirmCancel,
    Done,
    Dropped,
    Media,
    Option,
    Output,
    Point,
    Pressed,
    Reject,
    Review,
    Step,
    Told,
    Took,
    Typed,
)

HERE = Path(__file__).parent
CASES = sorted((HERE / "cases").glob("*.txt"))
HANOI = timezone(timedelta(hours=7))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_the_conversation_goes_as_written(case: Path, pytestconfig: pytest.Config) -> None:
    written = case.read_text()
    said = "\n".join(talk(written)) + "\n"
    if pytestconfig.getoption("--update"):
        case.write_text(said)
    else:
        assert said == written


def talk(script: str) -> Iterator[str]:
    """The transcript of a script: its own lines for the person, fresh ones for the form."""
    head, _, body = script.partition("\n\n")
    yield head
    yield ""
    settings = dict(line.split(": ", 1) for line in head.splitlines() if not line.startswith("#"))
    form, now = form_named(settings["form"]), moment(settings["now"])
    step = start(form, json.loads(settings.get("known", "{}")), now, language=settings.get("language", "vi"))
    yield from shown(step)
    for line in body.splitlines():
        if line.startswith("@ "):
            now = moment(line[2:])
            yield line
        elif line.startswith("> "):
            yield ""
            yield line
            step = advance(form, from_json(to_json(step.interview)), answer(line[2:]), now)
            yield from shown(step)


def form_named(name: str) -> Form:
    folder = HERE / "forms"
    csvs = {path.name: path.read_text() for path in folder.glob("*.csv")}
    return load_form((folder / f"{name}.md").read_text(), form_id=name, csvs=csvs)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HANOI)


def answer(text: str) -> Answer:
    if text.startswith("["):
        return Pressed(text[1:-1])
    match text.strip("()").split() if text.startswith("(") else ():
        case ["photo", ref]:
            return Media(ref, is_image=True)
        case ["file", ref, name]:
            return Media(ref, is_image=False, name=name)
        case ["place", latitude, longitude]:
            return Point(float(latitude), float(longitude))
    return Typed(text)


def shown(step: Step) -> Iterator[str]:
    for output in step.outputs:
        yield from (f"  {line}" for line in lines(output))


def lines(output: Output) -> Iterator[str]:
    match output:
        case Ask():
            yield from asked(output)
        case Told(text):
            yield f"({text})"
        case Took(_, label, understood):
            yield f"✓ {label} {understood}"
        case Reject(code, params, message):
            yield f"✗ {message or REJECTIONS[code].format_map(params)}  <{code}>"
        case Dropped(labels):
            yield f"– dropped: {', '.join(labels)}"
        case ConfirmCancel(options):
            yield f"Cancel? {buttons(options)}"
        case Review():
            yield "REVIEW"
            yield from (f"· {line.label}: {line.shown} [{line.token}]" for line in output.lines)
            yield f"{buttons(output.extras)} {buttons(output.options)}".strip()
        case Done(values):
            yield f"DONE {json.dumps(dict(values), ensure_ascii=False)}"
        case Cancelled():
            yield "CANCELLED"


def asked(ask: Ask) -> Iterator[str]:
    page = f" page {ask.page[0]} of {ask.page[1]}" if ask.page else ""
    now = f" (now: {ask.current})" if ask.current else ""
    yield f"{ask.number}/{ask.total} {ask.label}{now}{page}" + (f" – {ask.hint}" if ask.hint else "")
    yield buttons(ask.options)


def buttons(options: tuple[Option, ...]) -> str:
    return " ".join(f"[{'✓' * option.chosen}{option.token}{button_label(option)}]" for option in options)


def button_label(option: Option) -> str:
    return "" if option.label is None else f" {option.label}"
