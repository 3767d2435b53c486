"""Pages in HTML: their text, links, images and title."""

from __future__ import annotations

from html.parser import HTMLParser

#: Tags that begin a new line of a page, and those whose text is none of it.
BLOCKS = {
    "address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tr", "ul",
}  # fmt: skip
UNSHOWN = frozenset({"script", "style", "head", "template", "noscript"})


class Page(HTMLParser):
    """What is read of a page: its lines of text, the addresses of links and images, and its title."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.lines: list[str] = [""]
        self.links: list[str] = []
        self.images: list[str] = []
        self.title = ""
        self.inside: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        for wanted, name, found in (("a", "href", self.links), ("img", "src", self.images)):
            address = named.get(name)
            if tag == wanted and address and address not in found:
                found.append(address)
        if tag in BLOCKS:
            self.lines.append("")
        if tag in UNSHOWN or tag == "title":
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.lines.append("")
        if tag in self.inside:
            del self.inside[self.inside.index(tag) :]

    def handle_data(self, data: str) -> None:
        if self.inside[-1:] == ["title"]:
            self.title += data
        elif not self.inside:
            self.lines[-1] += data

    @property
    def text(self) -> str:
        return "\n".join(" ".join(line.split()) for line in self.lines if line.strip())
