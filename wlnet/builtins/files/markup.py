"""The formats of texts with tags: XML, as expressions of XMLElement, and HTML, of which text and links are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from wlnet.builtins.files.data_formats import Format, Options, add_format, text_of
from wlnet.builtins.lists.choosing import rules_of
from wlnet.builtins.strings.strings import to_text
from wlnet.kernel import Kernel, constant
from wlnet.terms import Expression, S, Term, elements, is_head, is_list, list_of, rule, to_list

if TYPE_CHECKING:
    from wlnet.interchange.html_page import Page


class Opened(NamedTuple):
    """An element whose end has not been read."""

    tag: str
    attributes: Term
    children: list[Term]


def an_object(kind: str, *args: Term) -> Expression:
    return Expression(Expression(S.XMLObject, (kind,)), args)


class TreeMaker:
    """Takes the parts of an XML text one by one and makes the expression of it."""

    def __init__(self) -> None:
        self.declaration: list[Term] = []
        self.outside: list[Term] = []
        self.open: list[Opened] = []

    @property
    def children(self) -> list[Term]:
        return self.open[-1].children if self.open else self.outside

    def declare(self, version: str, encoding: str | None, standalone: int) -> None:
        named = [rule("Version", version), *([rule("Encoding", encoding)] if encoding else [])]
        self.declaration.append(an_object("Declaration", *named))

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.open.append(Opened(tag, list_of(*(rule(*pair) for pair in attributes.items())), []))

    def end(self, tag: str) -> None:
        done = self.open.pop()
        # White space between elements is layout.
        kept = [child for child in done.children if type(child) is not str or child.strip()]
        self.children.append(Expression(S.XMLElement, (done.tag, done.attributes, list_of(*kept))))

    def text(self, text: str) -> None:
        if self.children and type(self.children[-1]) is str:
            self.children[-1] += text
        else:
            self.children.append(text)

    def comment(self, text: str) -> None:
        self.children.append(an_object("Comment", text))

    def document(self) -> Expression:
        places = [number for number, each in enumerate(self.outside) if is_head(each, S.XMLElement)]
        before, after = self.outside[: places[0]], self.outside[places[0] + 1 :]
        return an_object("Document", list_of(*self.declaration, *before), self.outside[places[0]], list_of(*after))


def tree_of(data: bytes) -> Expression:
    """Gives the XMLObject of an XML text; raises ValueError."""
    from xml.parsers.expat import ExpatError, ParserCreate

    maker, parser = TreeMaker(), ParserCreate()
    parser.buffer_text = True
    parser.XmlDeclHandler = maker.declare
    parser.StartElementHandler = maker.start
    parser.EndElementHandler = maker.end
    parser.CharacterDataHandler = maker.text
    parser.CommentHandler = maker.comment
    try:
        parser.Parse(data.strip(), True)
    except ExpatError as error:
        raise ValueError(str(error)) from None
    return maker.document()


def texts_in(term: Term) -> Iterable[str]:
    if type(term) is str:
        yield term
    elif is_head(term, S.XMLElement, 3):
        for child in elements(term.args[2]):
            yield from texts_in(child)


def tags_in(term: Term) -> Iterable[str]:
    if is_head(term, S.XMLElement, 3):
        yield term.args[0]
        for child in elements(term.args[2]):
            yield from tags_in(child)


#: Element of Import of XML → function of the document.
OF_XML: dict[str, Callable[[Expression], Term]] = {
    "XMLObject": lambda document: document,
    "XMLElement": lambda document: document.args[1],
    "Plaintext": lambda document: "\n".join(text.strip() for text in texts_in(document.args[1])),
    "Tags": lambda document: to_list(sorted(set(tags_in(document.args[1])))),
}


def read_xml(kernel: Kernel, data: bytes, source: str, wanted: tuple[Term, ...], options: Options) -> Term:
    element = wanted[0] if wanted else "XMLObject"
    if element not in OF_XML:
        raise LookupError(f"the elements are {', '.join(OF_XML)}")
    return OF_XML[element](tree_of(data))


def escape(text: str) -> str:
    """Gives a text with the characters that mean something in XML written by their names."""
    for character, name in (("&", "amp"), ("<", "lt"), (">", "gt"), ('"', "quot")):
        text = text.replace(character, f"&{name};")
    return text


def attributes_text(term: Term) -> str:
    return "".join(f' {to_text(name)}="{escape(to_text(value))}"' for name, value in rules_of(term) or ())


def xml_lines(term: Term, indent: str) -> Iterable[str]:
    """Yields the lines of a part of an XML text; raises TypeError for what is none."""
    head = term.head if type(term) is Expression else None
    kind = head.args[0] if head is not None and is_head(head, S.XMLObject, 1) else None
    if type(term) is str:
        yield indent + escape(term)
    elif kind == "Document" and len(term.args) >= 2:
        for part in (term.args[0], term.args[1], *term.args[2:3]):
            for item in elements(part) if is_list(part) else (part,):
                yield from xml_lines(item, indent)
    elif kind == "Declaration":
        named = [rule(str(name).lower(), value) for name, value in rules_of(list_of(*term.args)) or ()]
        yield f"<?xml{attributes_text(list_of(*named))}?>"
    elif kind == "Comment" and len(term.args) == 1:
        yield f"{indent}<!--{to_text(term.args[0])}-->"
    elif is_head(term, S.XMLElement, 3) and is_list(term.args[2]):
        yield from element_lines(term, indent)
    else:
        raise TypeError("an XMLElement, an XMLObject or a text is expected")


def element_lines(term: Expression, indent: str) -> Iterable[str]:
    tag, children = to_text(term.args[0]), elements(term.args[2])
    begin = f"{indent}<{tag}{attributes_text(term.args[1])}"
    if not children:
        yield begin + "/>"
    elif any(type(child) is str for child in children):
        # Between texts, white space is a part of them.
        inner = "".join(line for child in children for line in xml_lines(child, ""))
        yield f"{begin}>{inner}</{tag}>"
    else:
        yield begin + ">"
        for child in children:
            yield from xml_lines(child, indent + " ")
        yield f"{indent}</{tag}>"


def write_xml(kernel: Kernel, term: Term) -> bytes:
    return "\n".join(xml_lines(term, "")).encode()


#: Element of Import of HTML → function of the page.
OF_HTML: dict[str, Callable[[Page], Term]] = {
    "Plaintext": lambda page: page.text,
    "Hyperlinks": lambda page: to_list(page.links),
    "ImageLinks": lambda page: to_list(page.images),
    "Title": lambda page: page.title.strip(),
}


def read_html(kernel: Kernel, data: bytes, source: str, wanted: tuple[Term, ...], options: Options) -> Term:
    from wlnet.interchange.html_page import Page

    element = wanted[0] if wanted else "Plaintext"
    if element == "Source":
        return text_of(data)
    if element not in OF_HTML:
        raise LookupError(f"the elements are {', '.join(OF_HTML)} and Source")
    return OF_HTML[element](Page(text_of(data)))


add_format(Format("XML", (".xml",), read_xml, write_xml))
add_format(Format("HTML", (".html", ".htm"), read_html))


@constant("XMLElement", category="Files")
def xml_element() -> None:
    """XMLElement["tag", {"name" -> "value", …}, {child1, …}] is an element of an XML text with its attributes; children are
    elements and texts.

    Examples:
        >> ImportString["<a n='1'>x<b/></a>", {"XML", "XMLElement"}]
        = XMLElement["a", {"n" -> "1"}, {"x", XMLElement["b", {}, {}]}]
        >> ExportString[XMLElement["a", {"n" -> "1"}, {"x < y"}], "XML"]
        = "<a n=\\"1\\">x &lt; y</a>"
        >> Cases[ImportString["<a><b>1</b><b>2</b></a>", "XML"], XMLElement["b", _, {text_}] :> text, Infinity]
        = {"1", "2"}
    """


@constant("XMLObject", category="Files")
def xml_object() -> None:
    """XMLObject["kind"][…] is a part of an XML text that is no element: "Document", "Declaration" or "Comment".

    Examples:
        >> ImportString["<?xml version='1.0'?><a/>", "XML"]
        = XMLObject["Document"][{XMLObject["Declaration"]["Version" -> "1.0"]}, XMLElement["a", {}, {}], {}]
    """
