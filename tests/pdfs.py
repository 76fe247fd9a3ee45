"""What PDFs are asked in tests: two checkers, and a reader of the structure that trusts nobody but the file."""

import io
import re
import tempfile
from dataclasses import dataclass, field
from functools import cached_property

import outloud
import page
import pikepdf

SKIPPED = ["TBL-010", "TBL-014", "PAG-001"]
"""Rules of outloud that take our own good order for a mistake (accessibility.md)."""


def findings(content: bytes) -> list[str]:
    """All that the checkers find against PDF/UA-1, PDF/A-3a and good sense."""
    return [*conformance_findings(content), *outloud_findings(content)]


def conformance_findings(content: bytes) -> list[str]:
    return [
        f"{profile} {failure.rule_id}: {failure.message}"
        for profile in ["ua1", "3a"]
        for failure in page.validate_pdf_bytes(content, profile=profile).failures
    ]


def outloud_findings(content: bytes) -> list[str]:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(content)
        file.flush()
        result = outloud.check(file.name, skip=SKIPPED)
    found = [f"{each.rule} p.{each.page}: {each.message} ({each.evidence})" for each in result.findings]
    return [*found, *([result.error] if result.error else [])]


@dataclass(eq=False)
class Element:
    """A structure element with its own text and its kids in order."""

    role: str
    dictionary: pikepdf.Dictionary
    structure: "Structure"  # without it the file would be closed
    kids: list = field(default_factory=list)
    """Elements, texts, and annotations."""
    places: list[tuple] = field(default_factory=list)
    """What it claims: page and number of marked contents, annotations."""

    @property
    def text(self) -> str:
        return "".join(kid.text if isinstance(kid, Element) else kid for kid in self.kids if not is_annotation(kid))

    @property
    def annotations(self) -> list:
        return [kid for kid in self.kids if is_annotation(kid)]

    @property
    def below(self):
        """All the elements below, in reading order."""
        for kid in self.kids:
            if isinstance(kid, Element):
                yield kid
                yield from kid.below

    @property
    def outline(self):
        """The roles of the kids that are elements, each with theirs: ("LI", [("Lbl", []), ("LBody", [])])."""
        return [(kid.role, kid.outline) for kid in self.kids if isinstance(kid, Element)]


def is_annotation(kid) -> bool:
    return isinstance(kid, pikepdf.Dictionary)


@dataclass(frozen=True)
class Mark:
    """What is drawn between the beginning and the end of a marked content."""

    tag: str
    properties: dict
    text: str

    @property
    def number(self) -> int | None:
        return self.properties.get("/MCID")


class Structure:
    """The structure of a PDF, with the texts of its elements."""

    def __init__(self, content: bytes) -> None:
        self.pdf = pikepdf.open(io.BytesIO(content))
        self.marks = [read_page(page) for page in self.pdf.pages]
        self.pages = {page.obj.objgen: number for number, page in enumerate(self.pdf.pages)}
        root = self.pdf.Root.StructTreeRoot
        self.document = self.read(as_list(root.K)[0])

    def read(self, dictionary) -> Element:
        element = Element(str(dictionary.S)[1:], dictionary, self)
        for kid in as_list(dictionary.get("/K", [])):
            element.kids.append(self.read_kid(kid, dictionary, element))
        return element

    def read_kid(self, kid, dictionary, element: Element):
        if isinstance(kid, int):
            return self.text_at(element, self.pages[dictionary.Pg.objgen], kid)
        if kid.get("/Type") == "/MCR":
            return self.text_at(element, self.pages[kid.Pg.objgen], int(kid.MCID))
        if kid.get("/Type") == "/OBJR":
            element.places.append(("annotation", int(kid.Obj.StructParent)))
            return kid.Obj
        assert kid.P.objgen == dictionary.objgen, "an element whose parent is another"
        return self.read(kid)

    def text_at(self, element: Element, number: int, mcid: int) -> str:
        element.places.append((number, mcid))
        [mark] = [mark for mark in self.marks[number] if mark.number == mcid]
        return mark.text

    def element_at(self, place: tuple) -> tuple:
        """The element of a place according to the parent tree."""
        kind, number = place
        if kind == "annotation":
            return self.parents[number].objgen
        return self.parents[self.pdf.pages[kind].StructParents][number].objgen

    @cached_property
    def parents(self) -> dict:
        """The parent tree."""
        flat = list(self.pdf.Root.StructTreeRoot.ParentTree.Nums)
        return dict(zip(flat[::2], flat[1::2], strict=True))

    def all(self, *roles: str) -> list[Element]:
        """The elements of these roles in reading order."""
        return [element for element in self.document.below if element.role in roles]

    def artifacts(self, kind: str = "") -> list[str]:
        """The texts that are artifacts, of all pages, or those of one kind: Header, Footer, Watermark."""
        marks = [mark for marks in self.marks for mark in marks if mark.tag == "/Artifact" and mark.text]
        return [mark.text for mark in marks if not kind or mark.properties.get("/Subtype") == f"/{kind}"]


def as_list(value) -> list:
    return list(value) if isinstance(value, pikepdf.Array | list) else [value]


def read_page(page) -> list[Mark]:
    """The marked contents of a page; text outside of any comes under the tag "", one within another is an error."""
    fonts = {name: read_cmap(font) for name, font in page.Resources.get("/Font", {}).items()}
    marks, tag, properties, texts, cmap = [], "", {}, [], {}
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC" | "BMC" | "EMC" as kind:
                assert kind == "EMC" or not tag, "marked content within marked content"
                if tag or texts:
                    marks.append(Mark(tag, properties, "".join(texts)))
                tag, properties, texts = ("", {}, []) if kind == "EMC" else (str(operands[0]), plain(operands[1:]), [])
            case "Tf":
                cmap = fonts[str(operands[0])]
            case "TJ":
                texts += [decode(bytes(part), cmap) for part in operands[0] if isinstance(part, pikepdf.String)]
    return marks


def plain(properties) -> dict:
    """The properties of a marked content as Python values."""
    entries = properties[0].items() if properties else []
    return {key: value if isinstance(value, int) else str(value) for key, value in entries}


def decode(code: bytes, cmap: dict[int, str]) -> str:
    return "".join(cmap[int.from_bytes(code[at : at + 2])] for at in range(0, len(code), 2))


def read_cmap(font) -> dict[int, str]:
    """What the glyphs of a font stand for."""
    pairs = re.findall(rb"<([0-9a-f]{4})> <([0-9a-f]+)>\n", font.ToUnicode.read_bytes() + b"\n")
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs if text != b"ffff"}
