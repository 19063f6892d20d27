"""The body of an XForm as stops in the order of asking, and the values that nobody is asked for."""

from collections.abc import Iterator, Mapping

from lxml import etree

from interview.forms.compiler import Compiler, default_of
from interview.forms.expression import Expression, Yields
from interview.forms.form import Derived, Node, Question, QuestionGroup, Repeat, Source, Stop
from interview.forms.layout import Place, Steps
from interview.forms.look import at_most
from interview.forms.questions import bind_of, question_of, shared
from interview.forms.xform import steps_of
from interview.kinds.table import KINDS
from interview.limits import MAX_ENTRIES
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
        self.extras: list[Stop] = []
        self.stops: tuple[Stop, ...] = tuple(self._stops(compiler.xform.body))
        for place in compiler.layout.places:
            if place.slot not in self.nodes:
                self.nodes[place.slot] = self._unasked(place)

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions and notes in the order of asking, then the on-review ones."""
        return tuple(dict.fromkeys(self._flat((*self.stops, *self.extras))))

    def _flat(self, stops: tuple[Stop, ...]) -> Iterator[Question]:
        for stop in stops:
            match stop:
                case Question():
                    yield stop
                case QuestionGroup():
                    yield from stop.members
                    if stop.unsorted is not None:
                        yield stop.unsorted
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
                if question is not None and (not question.on_review or question.required is not False):
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
        look = element.get("appearance", "").split()
        repeat = Repeat(
            **shared(self._compiler, place),
            speaks=True,
            label=self._compiler.texts(label, place, "label"),
            stops=tuple(inner),
            on_review="on-review" in look,
            highest=at_most(look, MAX_ENTRIES),
            openings=tuple(stop for stop in inner if stop.relevant is None or not self._reads(stop.relevant, place)),
        )
        self.nodes[place.slot] = repeat
        if repeat.on_review:
            self.extras.append(repeat)
        yield repeat

    def _reads(self, condition: Expression, repeat: Place) -> bool:
        """Whether a condition reads an answer of an entry."""
        return not {place.slot for place in self._compiler.layout.below(repeat)}.isdisjoint(condition.reads)

    def _group(self, element: etree._Element) -> Iterator[Stop]:
        place = self._place(element.get("ref", ""))
        stops = list(self._stops(element))
        if place is None or place.is_repeat:
            yield from stops
            return
        group = self._grouped(element, place, stops)
        self.nodes[place.slot] = group
        if not group.together:
            yield from stops
            return
        yield from (stop for stop in stops if isinstance(stop, Question) and stop.kind is Kind.NOTE)
        if group.on_review:
            self.extras.append(group)
        else:
            yield group

    def _grouped(self, element: etree._Element, place: Place, stops: list[Stop]) -> QuestionGroup:
        look = element.get("appearance", "").split()
        asked = tuple(stop for stop in stops if isinstance(stop, Question) and stop.kind is not Kind.NOTE)
        may_sum = "sum" in look and all(KINDS[stop.kind].is_count for stop in asked)
        unsorted = next((stop for stop in asked if may_sum and "unsorted" in stop.look), None)
        members = tuple(stop for stop in asked if stop is not unsorted)
        together = "field-list" in look and len(members) > 1 and all(KINDS[stop.kind].is_written for stop in members)
        together = together and all(isinstance(stop, Question) for stop in stops)
        if not (together and unsorted) and any("unsorted" in stop.look for stop in asked):
            self._compiler.problem("unsorted_alone", place)
        on_review = "on-review" in look
        if on_review and (not together or any(member.required is not False for member in members)):
            self._compiler.problem("on_review_group", place)
        label = self._compiler.texts(element.find("label"), place, "label")
        return QuestionGroup(
            **shared(self._compiler, place),
            speaks=False,
            label=label,
            called=self._compiler.short(place) | label,
            aliases=self._compiler.beside.aliases.get(place.steps, ()),
            members=members if together else asked,
            together=together,
            summed=together and may_sum,
            on_review=on_review,
            unsorted=unsorted if together else None,
        )

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
                **shared(compiler, place),
                speaks=False,
                label=nothing,
                called=nothing,
                aliases=(),
                members=(),
                together=False,
                summed=False,
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
