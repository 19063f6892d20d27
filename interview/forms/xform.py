"""The parts of any XForm (https://getodk.github.io/xforms-spec/): instance, binds, texts, body.

The namespaces are taken off the element names, so that paths read as the form writes them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from interview.forms.layout import FIRST, Layout, Place, Steps

_JAVAROSA = "{http://openrosa.org/javarosa}"
_LANGUAGE_CODE = re.compile(r"\(([\w-]+)\)\s*$")
_AT_START = frozenset({"odk-instance-first-load", "odk-new-repeat"})

UNNAMED = "default"
"""The language of a form that names none."""


@dataclass(frozen=True, slots=True)
class XForm:
    """The parts that the compiler works on."""

    title: str
    version: str
    layout: Layout
    binds: Mapping[Steps, Mapping[str, str]]
    """The attributes of the binds; JavaRosa's as "jr:…"."""
    defaults: Mapping[Steps, str]
    """Default expressions, evaluated when an interview starts or the question is asked."""
    later: tuple[Steps, ...]
    """The nodes that other events set, which is not supported."""
    languages: tuple[str, ...]
    itext: Mapping[str, Mapping[str, etree._Element]]
    """Texts by language and id."""
    instances: Mapping[str, etree._Element]
    body: etree._Element


def read_xform(root: etree._Element) -> XForm:
    """The parts of an XForm document."""
    _strip_namespaces(root)
    model, body = root.find(".//model"), root.find("body")
    first = root.find(".//model/instance")
    if model is None or body is None or first is None or not len(first):
        raise ValueError("not an XForm: it has no model, instance or body")
    primary = first[0]
    repeats = {steps_of(repeat.get("nodeset", "")) for repeat in body.iter("repeat")}
    itext = _itext(model)
    defaults, later = _defaults(root)
    return XForm(
        title=(root.findtext("head/title") or "").strip(),
        version=primary.get("version", ""),
        layout=Layout(primary.tag, tuple(_places(primary, repeats))),
        binds={steps_of(bind.get("nodeset", "")): _attributes(bind) for bind in model.iter("bind")},
        defaults=defaults,
        later=later,
        languages=tuple(itext) or (UNNAMED,),
        itext=itext,
        instances={instance.get("id", ""): instance for instance in model.findall("instance")[1:]},
        body=body,
    )


def steps_of(path: str) -> Steps:
    """An absolute path as steps: "/data/a" is ("data", "a")."""
    return tuple(step for step in path.strip().split("/") if step)


def language_code(name: str) -> str:
    """ "Tiếng Việt (vi)" is "vi"; a language without a code keeps its name."""
    code = _LANGUAGE_CODE.search(name)
    return code[1] if code else name


def _strip_namespaces(root: etree._Element) -> None:
    for element in list(root.iter(etree.Comment)):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    for element in root.iter(etree.Element):
        element.tag = etree.QName(element).localname


def _attributes(element: etree._Element) -> dict[str, str]:
    return {str(name).replace(_JAVAROSA, "jr:"): str(value) for name, value in element.attrib.items()}


def _places(primary: etree._Element, repeats: set[Steps]) -> Iterator[Place]:
    slots: dict[Steps, int] = {}

    def below(element: etree._Element, steps: Steps, parent: int, repeat: int) -> Iterator[Place]:
        for child in element:
            inner = (*steps, child.tag)
            if inner in slots or (steps == (primary.tag,) and child.tag == "meta"):
                continue  # the template of a repeat repeats it
            slot = slots[inner] = FIRST + len(slots)
            text = (child.text or "").strip()
            yield Place(slot, inner, parent, repeat, not len(child), inner in repeats, text if not len(child) else "")
            yield from below(child, inner, slot, slot if inner in repeats else repeat)

    yield from below(primary, (primary.tag,), -1, -1)


def _defaults(root: etree._Element) -> tuple[dict[Steps, str], tuple[Steps, ...]]:
    at_start: dict[Steps, str] = {}
    later: list[Steps] = []
    for setvalue in root.iter("setvalue"):
        target = steps_of(setvalue.get("ref", ""))
        if set(setvalue.get("event", "").split()) <= _AT_START:
            at_start[target] = setvalue.get("value", "")
        else:
            later.append(target)
    return at_start, tuple(later)


def _itext(model: etree._Element) -> dict[str, dict[str, etree._Element]]:
    """Texts by language and id, the default language first."""
    translations = sorted(model.iter("translation"), key=lambda element: element.get("default") is None)
    return {
        language_code(translation.get("lang", "")): {text.get("id", ""): text for text in translation}
        for translation in translations
    }
