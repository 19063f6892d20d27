"""Loading a form: from an XLSForm's tables, or from an XForm made elsewhere."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from lxml import etree

from interview.forms.compiler import Compiler
from interview.forms.form import Form, Node, Repeat
from interview.forms.lists import Lists
from interview.forms.nodes import Nodes, names_twice
from interview.forms.order import dependents, evaluation_order
from interview.forms.problems import FormError, FormProblem
from interview.forms.sheet import Beside, Sheet, read_sheet
from interview.forms.xform import XForm, read_xform
from interview.steps import Kind

_NONE: Mapping[str, str] = MappingProxyType({})


def load_form(
    source: str,
    *,
    form_id: str,
    csvs: Mapping[str, str] = _NONE,
    version: str = "",
    convert: Callable[[str, str], Sheet] = read_sheet,
) -> Form:
    """Compile an XLSForm written as Markdown tables; `csvs` are the files it may take choices from, by name.

    Its version is the one that its settings name, or `version`, under which it is published with other lists.
    `convert` takes the source and the form's id. Raises `FormError` with everything that is wrong or that a chat cannot
    ask.
    """
    return _compile(convert(source, form_id), _Origin(form_id, source, _used(source, csvs), version))


def with_lists(form: Form, csvs: Mapping[str, str], version: str) -> Form:
    """The form compiled with these files beside its own, under a version of its own, without converting it anew."""
    return _compile(form.sheet, _Origin(form.id, form.source, _used(form.source, {**form.csvs, **csvs}), version))


def load_xform(source: str, *, form_id: str, csvs: Mapping[str, str] = _NONE) -> Form:
    """Compile an XForm document; raises `FormError` (without rows: an XForm has none)."""
    try:
        _parts(source)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FormError([FormProblem("xlsform", {"message": str(error)}, sheet="xform")]) from None
    return _compile(Sheet(source, Beside()), _Origin(form_id, source, _used(source, csvs), ""))


@dataclass(frozen=True, slots=True)
class _Origin:
    """What a form is made of."""

    form_id: str
    source: str
    csvs: Mapping[str, str]
    version: str

    @property
    def hash(self) -> str:
        parts = [self.source, *(part for name in sorted(self.csvs) for part in (name, self.csvs[name]))]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _used(source: str, csvs: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType({name: text for name, text in csvs.items() if name in source})


def _parts(xform: str) -> XForm:
    return read_xform(etree.fromstring(xform.encode()))


def _compile(sheet: Sheet, origin: _Origin) -> Form:
    xform = _parts(sheet.xform)
    lists = Lists(xform, origin.csvs)
    compiler = Compiler(xform, lists, sheet.beside, lists.problems)
    nodes = Nodes(compiler)
    _check(compiler, nodes)
    ordered = [nodes.nodes[slot] for slot in sorted(nodes.nodes)]
    order = evaluation_order(ordered)
    if isinstance(order, FormProblem):
        compiler.problems.append(order)
    if compiler.problems or isinstance(order, FormProblem):
        raise FormError(sorted(compiler.problems, key=lambda problem: problem.row or 0))
    return _form(xform, nodes, order, origin, sheet)


def _check(compiler: Compiler, nodes: Nodes) -> None:
    for place in names_twice(compiler.layout.by_steps):
        compiler.problem("name_twice", place)
    for steps in compiler.xform.later:
        if steps in compiler.layout.by_steps:
            compiler.problem("dynamic_unsupported", compiler.layout.by_steps[steps])
    if not nodes.questions and not compiler.problems:
        compiler.problems.append(FormProblem("no_questions"))


def _is_in_repeat(nodes: Nodes, slot: int) -> bool:
    node = nodes.nodes.get(slot)
    return node is not None and node.repeat >= 0


def _form(xform: XForm, nodes: Nodes, order: tuple[Node, ...], origin: _Origin, sheet: Sheet) -> Form:
    return Form(
        id=origin.form_id,
        version=origin.version or xform.version or origin.hash[:12],
        source=origin.source,
        csvs=origin.csvs,
        hash=origin.hash,
        sheet=sheet,
        titles={xform.languages[0]: xform.title or origin.form_id, **sheet.beside.titles},
        languages=xform.languages,
        questions=nodes.questions,
        stops=nodes.stops,
        extras=tuple(nodes.extras),
        notes=tuple(question for question in nodes.questions if question.kind is Kind.NOTE),
        order=order,
        order_without_entries=tuple(node for node in order if node.repeat < 0),
        blank=tuple(() if _is_in_repeat(nodes, slot) else "" for slot in range(len(xform.layout))),
        repeats=tuple(node for node in order if isinstance(node, Repeat)),
        rank=MappingProxyType({node.slot: at for at, node in enumerate(order)}),
        dependents=MappingProxyType(dependents(order)),
        by_slot=MappingProxyType(nodes.nodes),
        by_path=MappingProxyType({node.path: node for node in nodes.nodes.values()}),
        layout=xform.layout,
    )
