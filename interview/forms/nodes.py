"""The body of an XForm as stops in the order of asking, and what nobody is asked for as derived values."""

from collections.abc import Iterator, Mapping
from typing import TypedDict

from lxml import etree

from interview.forms.compiler import Compiler, default_of
from interview.forms.expression import Expression, Yields
from interview.forms.form import Derived, Node, Question, QuestionGroup, Repeat, Source, Stop
from interview.forms.layout import Place, Steps
from interview.forms.xform import steps_of
from interview.kinds.protocol import Control
from interview.kinds.table import BY_CONTROL, KINDS
from interview.steps import Kind

_PRELOADS: Mapping[tuple[str, str], Source] = {
    ("timestamp", "start"): Source.START,
    ("timestamp", "end"): Source.END,
    ("date", "today"): Source.TODAY,
}
_CONTROLS = frozenset({"input", "select1", "select", "upload", "trigger", "range", "rank", "secret"})


class _Shared(TypedDict):
    slot: int
    name: str
    path: str
    parent: int
    repeat: int
    relevant: Expression | None
    row: int | None


class Nodes:
    """Reads the body once; afterwards `nodes`, `stops` and `extras` are complete."""

    def __init__(self, compiler: Compiler) -> None:
        self._compiler = compiler
        self.nodes: dict[int, Node] = {}
        self.extras: list[Question] = []
        self.stops: tuple[Stop, ...] = tuple(self._stops(compiler.xform.body))
        for place in compiler.layout.places:
            if place.slot not in self.nodes:
                self.nodes[place.slot] = self._unasked(place)

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions and notes in the order of asking, then the on-review ones."""
        return tuple(self._flat(self.stops)) + tuple(self.extras)

    def _flat(self, stops: tuple[Stop, ...]) -> Iterator[Question]:
        for stop in stops:
            match stop:
                case Question():
                    yield stop
                case QuestionGroup():
                    yield from stop.members
                case Repeat():
                    yield from self._flat(stop.stops)

    def _stops(self, body: etree._Element) -> Iterator[Stop]:
        for element in body:
            if element.tag == "repeat":
                yield from self._repeat(element, body.find("label"))
            elif element.tag == "group":
                yield from self._group(element)
            elif element.tag in _CONTROLS:
                question = self._question(element)
                if question is not None and question.on_review:
                    self.extras.append(question)
                elif question is not None:
                    yield question

    def _repeat(self, element: etree._Element, label: etree._Element | None) -> Iterator[Stop]:
        place = self._place(element.get("nodeset", ""))
        if place is None:
            return
        if place.repeat >= 0:
            self._compiler.problem("repeat_nested", place)
            return
        if any(name.endswith("count") for name in map(str, element.attrib)):
            self._compiler.problem("repeat_count", place)
        before = len(self.extras)
        inner = [stop for stop in self._stops(element) if not isinstance(stop, Repeat)]
        for extra in self.extras[before:]:
            self._compiler.problem("on_review_repeat", self._compiler.layout[extra.slot])
        label_texts = self._compiler.texts(label, place, "label")
        repeat = Repeat(**self._shared(place), speaks=True, label=label_texts, stops=tuple(inner))
        self.nodes[place.slot] = repeat
        yield repeat

    def _group(self, element: etree._Element) -> Iterator[Stop]:
        place = self._place(element.get("ref", ""))
        stops = list(self._stops(element))
        if place is None or place.is_repeat:
            yield from stops
            return
        look = element.get("appearance", "").split()
        members = tuple(stop for stop in stops if isinstance(stop, Question) and stop.kind is not Kind.NOTE)
        together = "field-list" in look and len(members) > 1 and all(KINDS[stop.kind].is_written for stop in members)
        together = together and all(isinstance(stop, Question) for stop in stops)
        group = QuestionGroup(
            **self._shared(place),
            speaks=False,
            label=self._compiler.texts(element.find("label"), place, "label"),
            members=members,
            together=together,
            summed=together and "sum" in look and all(KINDS[stop.kind].is_count for stop in members),
        )
        self.nodes[place.slot] = group
        if together:
            yield from (stop for stop in stops if isinstance(stop, Question) and stop.kind is Kind.NOTE)
            yield group
        else:
            yield from stops

    def _question(self, element: etree._Element) -> Question | None:
        place = self._place(element.get("ref", ""))
        if place is None:
            return None
        compiler, bind = self._compiler, self._bind(place)
        control = control_of(element, bind)
        kind = self._kind(control, place)
        if kind is None:
            return None
        if bind.get("calculate"):
            compiler.problem("calculated_question", place)
        if fault := KINDS[kind].fault(control):
            compiler.problem(fault, place)
        constraint = compiler.expression(bind.get("constraint"), place, "constraint")
        lowest, highest = KINDS[kind].bounds(control, constraint.numbers if constraint else ())
        choices = compiler.choices(element, place) if KINDS[kind].chooses else None
        label = compiler.texts(element.find("label"), place, "label")
        question = Question(
            **self._shared(place),
            kind=kind,
            label=label,
            called=compiler.short(place) | label,
            hint=compiler.texts(element.find("hint"), place, "hint"),
            required=self._required(bind.get("required", ""), place),
            required_message=compiler.message(bind.get("jr:requiredMsg"), place, "required_message"),
            constraint=constraint,
            constraint_message=compiler.message(bind.get("jr:constraintMsg"), place, "constraint_message"),
            default=default_of(compiler, place),
            choices=choices,
            on_review="on-review" in control.look and kind is not Kind.NOTE,
            highest=highest,
            lowest=lowest,
            attributes=control.attributes,
            speaks=KINDS[kind].speaks(choices),
            depends=bool(choices and choices.filter) or bool(constraint and set(constraint.reads) - {place.slot}),
        )
        self._check(question, place)
        self.nodes[place.slot] = question
        return question

    def _check(self, question: Question, place: Place) -> None:
        if not question.label:
            self._compiler.problem("label_missing", place)
        if question.on_review and question.required is not False:
            self._compiler.problem("on_review_required", place)
        if (
            isinstance(question.default, str)
            and question.choices
            and not set(question.default.split()) <= question.choices.by_name.keys()
        ):
            self._compiler.problem("default_invalid", place, value=question.default)

    def _kind(self, control: Control, place: Place) -> Kind | None:
        kind = BY_CONTROL.get((control.tag, control.type))
        if kind is None:
            media = control.attributes.get("mediatype", "")
            asked = control.type if control.tag == "input" else media or control.tag
            self._compiler.problem("kind_unsupported", place, kind=asked, kinds=", ".join(sorted(KINDS)))
        return kind

    def _required(self, text: str, place: Place) -> Expression | bool:
        if text.strip() in {"", "false()", "true()"}:
            return text.strip() == "true()"
        return self._compiler.expression(text, place, "required") or False

    def _unasked(self, place: Place) -> Node:
        bind = self._bind(place)
        if not place.is_leaf:
            nothing = self._compiler.texts(None, place, "label")
            return QuestionGroup(
                **self._shared(place), speaks=False, label=nothing, members=(), together=False, summed=False
            )
        if bind.get("calculate"):
            calculation = self._compiler.expression(bind["calculate"], place, "calculation", Yields.VALUE)
            return Derived(**self._shared(place), speaks=True, source=Source.CALCULATED, expression=calculation or "")
        preload = bind.get("jr:preload")
        source = Source.GIVEN
        if preload:
            asked = bind.get("jr:preloadParams", "")
            known = _PRELOADS.get((preload, asked))
            if known is None:
                self._compiler.problem("metadata_unsupported", place, kind=asked or preload)
            source = known or Source.GIVEN
        return Derived(**self._shared(place), speaks=True, source=source, expression=default_of(self._compiler, place))

    def _place(self, path: str) -> Place | None:
        return self._compiler.layout.by_steps.get(steps_of(path))

    def _bind(self, place: Place) -> Mapping[str, str]:
        return self._compiler.xform.binds.get(place.steps, {})

    def _shared(self, place: Place) -> _Shared:
        return _Shared(
            slot=place.slot,
            name=place.name,
            path=place.path,
            parent=place.parent,
            repeat=place.repeat,
            relevant=self._compiler.expression(self._bind(place).get("relevant"), place, "relevant"),
            row=self._compiler.beside.rows.get(place.steps),
        )


def names_twice(steps: Mapping[Steps, Place]) -> Iterator[Place]:
    """Leaves and repeats whose name another of the same scope has: `values` are keyed by name."""
    seen: set[tuple[int, str]] = set()
    for place in steps.values():
        if place.is_leaf or place.is_repeat:
            if (place.repeat, place.name) in seen:
                yield place
            seen.add((place.repeat, place.name))


def control_of(element: etree._Element, bind: Mapping[str, str]) -> Control:
    """How the form writes a question."""
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
