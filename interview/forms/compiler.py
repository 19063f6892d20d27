"""From the parts of an XForm to nodes: all expressions compiled, all texts ready, all problems noted."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from interview.forms.expression import Expression, Extensions, Machine, Yields, extensions
from interview.forms.form import Choices, ListedChoice, TextParts, Texts
from interview.forms.layout import Layout, Place
from interview.forms.lists import Lists, text_values
from interview.forms.problems import FormProblem
from interview.forms.rewrite import ExpressionError, Rewriter, reads_from
from interview.forms.sheet import Beside
from interview.forms.xform import XForm
from interview.reading.choosing import Wording

_ITEXT = re.compile(r"\s*jr:itext\('(.+)'\)\s*")
_ITEMSET = re.compile(r"\s*instance\('([^']+)'\)/root/item\s*(\[.*\])?\s*", re.DOTALL)

_NUMBER_TYPES = frozenset({"int", "integer", "decimal"})


@dataclass
class Compiler:
    """Compiles the parts of one form's nodes, and notes what is wrong with them."""

    xform: XForm
    lists: Lists
    beside: Beside
    problems: list[FormProblem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._variables = {name: f"$instance{number}" for number, name in enumerate(self.lists.roots)}
        instances = {self._variables[name]: root for name, root in self.lists.roots.items()}
        self._machine = Machine(self.layout, instances)
        self._choices: dict[str, Choices] = {}
        self._numeric = frozenset(
            place.slot
            for place in self.layout.places
            if self.xform.binds.get(place.steps, {}).get("type", "") in _NUMBER_TYPES
        )
        self._functions: Extensions = extensions(self._choice_name)

    @property
    def layout(self) -> Layout:
        return self.xform.layout

    def problem(self, code: str, place: Place, **params: str | int) -> None:
        """Note a problem at this place."""
        self.problems.append(FormProblem(code, {"name": place.name, **params}, row=self.beside.rows.get(place.steps)))

    def expression(
        self,
        text: str | None,
        place: Place,
        column: str,
        yields: Yields = Yields.TRUTH,
        items: Mapping[etree._Element, int] | None = None,
    ) -> Expression | None:
        """The expression of a column; `None` if there is none, or if it is wrong, which is noted."""
        if not text or not text.strip():
            return None
        try:
            done = Rewriter(self.layout, self._variables, place.steps, self._numeric).rewrite(text)
        except ExpressionError as error:
            self.problem(error.code, place, column=column, **error.params)
            return None
        return Expression(
            done.text,
            reads_from(place, done.reads),
            done.numbers,
            yields=yields,
            place=place,
            machine=self._machine,
            functions=self._functions,
            items=items,
        )

    def texts(self, element: etree._Element | None, place: Place, column: str) -> Texts:
        """The label or hint of a body element."""
        if element is None:
            return self._texts({})
        reference = _ITEXT.fullmatch(element.get("ref", ""))
        if reference is None:
            return self._texts({self.xform.languages[0]: self._words(element, place, column)})
        return self._translated(reference[1], place, column)

    def short(self, place: Place) -> Texts:
        """The short name of a question."""
        said = self.beside.shorts.get(place.steps, {})
        if any("${" in words for words in said.values()):
            self.problem("short_dynamic", place)
        return self._texts({language or self.xform.languages[0]: (words,) for language, words in said.items()})

    def message(self, reference: str | None, place: Place, column: str) -> Texts:
        """A constraint's or required message of a bind: an itext reference or the words themselves."""
        if not reference:
            return self._texts({})
        translated = _ITEXT.fullmatch(reference)
        if translated:
            return self._translated(translated[1], place, column)
        return self._texts({self.xform.languages[0]: (reference,)})

    def choices(self, control: etree._Element, place: Place) -> Choices | None:
        """The choices that a select offers; `None` if a chat cannot offer them, which is noted."""
        itemset = control.find("itemset")
        made = self._inline(control, place) if itemset is None else self._itemset(itemset, place)
        if made is not None:
            self._check_choices(made, place)
            self._choices[str(place.slot)] = made
        return made

    def _inline(self, control: etree._Element, place: Place) -> Choices:
        items = tuple(
            ListedChoice(
                (item.findtext("value") or "").strip(),
                {
                    language: "".join(part for part in words if isinstance(part, str))
                    for language, words in self.texts(item.find("label"), place, "label").by_language.items()
                },
            )
            for item in control.iterfind("item")
        )
        return self._make(items)

    def _itemset(self, itemset: etree._Element, place: Place) -> Choices | None:
        nodeset = itemset.get("nodeset", "")
        form, value, label = _ITEMSET.fullmatch(nodeset), itemset.find("value"), itemset.find("label")
        if form is None or value is None or label is None:
            self.problem("choices_dynamic", place, source=nodeset)
            return None
        if form[1] not in self.lists:
            code, params = self.lists.absent.get(form[1], ("choices_dynamic", {"source": nodeset}))
            self.problem(code, place, **params)
            return None
        if any(text.find(".//output") is not None for text in self._item_texts(form[1])):
            self.problem("choice_label_dynamic", place)
        items = self.lists.choices(form[1], value.get("ref", ""), label.get("ref", ""))
        elements = {item.element: number for number, item in enumerate(self.lists.items(form[1]))}
        condition = self.expression(nodeset, place, "choice_filter", Yields.ITEMS, elements) if form[2] else None
        return self._make(items, condition)

    def _item_texts(self, name: str) -> Iterator[etree._Element]:
        keys = [item.cells.get("itextId", "") for item in self.lists.items(name)]
        return (texts[key] for texts in self.xform.itext.values() for key in keys if key in texts)

    def _make(self, items: tuple[ListedChoice, ...], condition: Expression | None = None) -> Choices:
        wordings = tuple(Wording(item.name, (*item.labels.values(), *item.aliases)) for item in items)
        by_name = {item.name: number for number, item in enumerate(items)}
        return Choices(items, wordings, by_name, self.xform.languages[0], condition)

    def _check_choices(self, choices: Choices, place: Place) -> None:
        if not choices.items:
            self.problem("choices_missing", place)
        names = [item.name for item in choices.items]
        for name in sorted({name for name in names if names.count(name) > 1}):
            self.problem("choice_twice", place, choice=name)

    def _choice_name(self, value: str, slot: str, language: str) -> str:
        choices = self._choices.get(slot)
        return choices.label(value, language) if choices else value

    def _translated(self, key: str, place: Place, column: str) -> Texts:
        by_language: dict[str, TextParts] = {}
        for language, texts in self.xform.itext.items():
            text = texts.get(key)
            if text is None:
                continue
            if any(value.get("form") in {"image", "audio", "video", "big-image"} for value in text.iter("value")):
                self.problem("media_label", place)
            value = next(iter(text_values(text)), None)
            if value is not None and (words := self._words(value, place, column)) and words != ("-",):
                by_language[language] = words
        return self._texts(by_language)

    def _texts(self, by_language: Mapping[str, TextParts]) -> Texts:
        fallback = next((language for language in self.xform.languages if by_language.get(language)), "")
        return Texts({language: words for language, words in by_language.items() if words}, fallback)

    def _words(self, element: etree._Element, place: Place, column: str) -> TextParts:
        words: list[str | Expression] = [(element.text or "").lstrip()]
        for output in element:
            shown = self.expression(output.get("value"), place, column, Yields.TEXT)
            words += [*([shown] if shown else []), output.tail or ""]
        if isinstance(words[-1], str):
            words[-1] = words[-1].rstrip()
        return tuple(word for word in words if word)


def default_of(compiler: Compiler, place: Place) -> Expression | str:
    """The default: computed, fixed, or the empty text."""
    computed = compiler.xform.defaults.get(place.steps)
    if computed is None:
        return place.default
    return compiler.expression(computed, place, "default", Yields.VALUE) or ""
