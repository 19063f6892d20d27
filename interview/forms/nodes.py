"""The body of an XForm as stops in the order of asking, and the values that nobody is asked for."""

from collections.abc import Iterator, Mapping

from lxml import etree

from interview.forms.compiler import Compiler, default_of
from interview.forms.expression import Yields
from interview.forms.form import Derived, Node, Question, QuestionGroup, Repeat, Source, Stop
from interview.forms.layout import Place, Steps
from interview.forms.questions import bind_of, question_of, shared
from interview.forms.xform import steps_of
from interview.kinds.table import KINDS
from interview.steps import Kind

_PRELOADS: Mapping[tuple[str, str], Source] = {
    ("timestamp", "start"): Source.START,
    ("timestamp", "end"): Source.END,
    ("date", "today"): Source.TODAY,
}
_CONTROLS = frozenset({"input", "select1", "select", "upload", "trigger", "range", "rank", "secret"})


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
        repeat = Repeat(**shared(self._compiler, place), speaks=True, label=label_texts, stops=tuple(inner))
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
            **shared(self._compiler, place),
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
        question = None if place is None else question_of(self._compiler, element, place)
        if question is not None:
            self.nodes[question.slot] = question
        return question

    def _unasked(self, place: Place) -> Node:
        compiler, bind = self._compiler, bind_of(self._compiler, place)
        if not place.is_leaf:
            nothing = compiler.texts(None, place, "label")
            return QuestionGroup(
                **shared(compiler, place), speaks=False, label=nothing, members=(), together=False, summed=False
            )
        if bind.get("calculate"):
            calculation = compiler.expression(bind["calculate"], place, "calculation", Yields.VALUE)
            return Derived(
                **shared(compiler, place), speaks=True, source=Source.CALCULATED, expression=calculation or ""
            )
        preload = bind.get("jr:preload")
        source = Source.GIVEN
        if preload:
            asked = bind.get("jr:preloadParams", "")
            known = _PRELOADS.get((preload, asked))
            if known is None:
                compiler.problem("metadata_unsupported", place, kind=asked or preload)
            source = known or Source.GIVEN
        return Derived(**shared(compiler, place), speaks=True, source=source, expression=default_of(compiler, place))

    def _place(self, path: str) -> Place | None:
        return self._compiler.layout.by_steps.get(steps_of(path))


def names_twice(steps: Mapping[Steps, Place]) -> Iterator[Place]:
    """Leaves and repeats whose name is used twice in one scope: they would collide in `values`, keyed by name."""
    seen: set[tuple[int, str]] = set()
    for place in steps.values():
        if place.is_leaf or place.is_repeat:
            if (place.repeat, place.name) in seen:
                yield place
            seen.add((place.repeat, place.name))
