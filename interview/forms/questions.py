"""One question of an XForm's body: its kind, its words, and the parts of its bind that its kind understands."""

from collections.abc import Mapping
from typing import TypedDict

from lxml import etree

from interview.forms.compiler import Compiler, default_of
from interview.forms.expression import Expression
from interview.forms.form import Question, Texts
from interview.forms.layout import Place
from interview.kinds.protocol import Control
from interview.kinds.table import BY_CONTROL, KINDS
from interview.steps import Kind


class Shared(TypedDict):
    """The fields that every node has."""

    slot: int
    name: str
    path: str
    parent: int
    repeat: int
    relevant: Expression | None
    row: int | None


class _Said(TypedDict):
    label: Texts
    called: Texts
    aliases: tuple[str, ...]
    hint: Texts
    required_message: Texts
    constraint_message: Texts


def question_of(compiler: Compiler, element: etree._Element, place: Place) -> Question | None:
    """The question; `None` if a chat cannot ask it, which is noted."""
    bind = bind_of(compiler, place)
    control = _control(element, bind)
    kind = _kind(compiler, control, place)
    if kind is None:
        return None
    if bind.get("calculate"):
        compiler.problem("calculated_question", place)
    if fault := KINDS[kind].fault(control):
        compiler.problem(fault, place)
    constraint = compiler.expression(bind.get("constraint"), place, "constraint")
    lowest, highest = KINDS[kind].bounds(control, constraint.numbers if constraint else ())
    choices = compiler.choices(element, place) if KINDS[kind].chooses else None
    question = Question(
        **shared(compiler, place),
        **_said(compiler, element, place, bind),
        kind=kind,
        required=_required(compiler, bind.get("required", ""), place),
        constraint=constraint,
        default=default_of(compiler, place),
        choices=choices,
        on_review="on-review" in control.look and kind is not Kind.NOTE,
        highest=highest,
        lowest=lowest,
        attributes=control.attributes,
        speaks=KINDS[kind].speaks(choices),
        depends=bool(choices and choices.filter) or bool(constraint and set(constraint.reads) - {place.slot}),
    )
    _check(compiler, question, place)
    return question


def bind_of(compiler: Compiler, place: Place) -> Mapping[str, str]:
    """What the form says about the data of a place."""
    return compiler.xform.binds.get(place.steps, {})


def shared(compiler: Compiler, place: Place) -> Shared:
    """The fields of a node that do not depend on its kind."""
    return Shared(
        slot=place.slot,
        name=place.name,
        path=place.path,
        parent=place.parent,
        repeat=place.repeat,
        relevant=compiler.expression(bind_of(compiler, place).get("relevant"), place, "relevant"),
        row=compiler.beside.rows.get(place.steps),
    )


def _said(compiler: Compiler, element: etree._Element, place: Place, bind: Mapping[str, str]) -> _Said:
    label = compiler.texts(element.find("label"), place, "label")
    return _Said(
        label=label,
        called=compiler.short(place) | label,
        aliases=compiler.beside.aliases.get(place.steps, ()),
        hint=compiler.texts(element.find("hint"), place, "hint"),
        required_message=compiler.message(bind.get("jr:requiredMsg"), place, "required_message"),
        constraint_message=compiler.message(bind.get("jr:constraintMsg"), place, "constraint_message"),
    )


def _check(compiler: Compiler, question: Question, place: Place) -> None:
    if not question.label:
        compiler.problem("label_missing", place)
    if question.on_review and question.required is True:
        compiler.problem("on_review_required", place)
    if (
        isinstance(question.default, str)
        and question.choices
        and not set(question.default.split()) <= question.choices.by_name.keys()
    ):
        compiler.problem("default_invalid", place, value=question.default)


def _kind(compiler: Compiler, control: Control, place: Place) -> Kind | None:
    kind = BY_CONTROL.get((control.tag, control.type))
    if kind is None:
        media = control.attributes.get("mediatype", "")
        asked = control.type if control.tag == "input" else media or control.tag
        compiler.problem("kind_unsupported", place, kind=asked, kinds=", ".join(sorted(KINDS)))
    return kind


def _required(compiler: Compiler, text: str, place: Place) -> Expression | bool:
    if text.strip() in {"", "false()", "true()"}:
        return text.strip() == "true()"
    return compiler.expression(text, place, "required") or False


def _control(element: etree._Element, bind: Mapping[str, str]) -> Control:
    attributes = {str(name): str(value) for name, value in element.attrib.items()}
    look = attributes.get("appearance", "").split()
    has_items = element.find("itemset") is not None or element.find("item") is not None
    return Control(element.tag, _type(element, bind), look, attributes, has_items)


def _type(element: etree._Element, bind: Mapping[str, str]) -> str:
    if element.tag in {"select1", "select"}:
        return ""
    if element.tag == "upload":
        media = element.get("mediatype", "").split("/")[0]
        return media if media in {"image", "audio", "video"} else "file"
    said = bind.get("type", "string").rsplit(":", 1)[-1]
    is_note = element.tag == "input" and said == "string" and bind.get("readonly", "").startswith("true")
    return "note" if is_note else said
