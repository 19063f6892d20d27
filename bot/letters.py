"""`letters check`: whether a Word file, as somebody left it in Word, still keeps the rules of official letters."""

import json
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from bot.console import print_text
from bot.errors import UsageError
from bot.settings import Settings
from plan.letters.loader import load_letters


def check(settings: Settings, arguments: Any) -> int:
    """Name each rule that a file breaks; 1 if there is any."""
    from docx.opc.exceptions import PackageNotFoundError

    from reports.letters.checking import problems_of

    file: Path = arguments.file
    forms = {form.id: form.name for form in load_letters(settings.plan).forms}
    form = arguments.form or list(forms)[-1]
    if form not in forms:
        raise UsageError(f"--form: {form!r} is not known. Use one of: {', '.join(forms)}.")
    if not file.is_file():
        raise UsageError(f"{file} is no file.")
    try:
        breaches = problems_of(file, form)
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError):
        raise UsageError(f"{file} is no Word file (.docx). Save it as one.") from None
    if arguments.json:
        print_text(json.dumps([{"rule": each.rule, "text": each.text} for each in breaches], ensure_ascii=False))
    else:
        lines = [f"• {each}" for each in breaches] or [f"It keeps every rule of {forms[form]} that can be checked."]
        print_text("\n".join(lines))
    return 1 if breaches else 0
