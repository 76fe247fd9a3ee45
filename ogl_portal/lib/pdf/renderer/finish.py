"""What is written into the file beside the pages: its structure and what it says of itself."""

import zlib
from io import BytesIO

import pydyf

from .roles import HEADINGS
from .tree import Link, Node, Piece, Tree

IDENTIFIERS = b"""<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="" pdfuaid:part="1" />
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"
 rdf:about=""><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
"""PDF/UA-1, and the description that PDF/A asks for of every property that it does not know itself."""


class Finisher:
    """Writes structure and metadata into the document that WeasyPrint is about to write."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree

    def __call__(self, document, pdf: pydyf.PDF) -> None:
        """Finish the PDF; WeasyPrint writes it afterwards."""
        self.pdf = pdf
        self.root = Writing(pdf, self.tree).write()
        identify(pdf)
        for item in pdf.objects:
            if isinstance(item, pydyf.Stream) and item.compress:
                compress(item)
        pdf.objects = [item if item is self.root else written_once(item) for item in pdf.objects]
        self.count = len(pdf.objects)

    def sound(self, content: bytes) -> bytes:
        """Return the PDF, written again as long as a table of its objects ends in a carriage return (see ``compress``).

        A higher key for the next entry of the parent tree, which any is as good as, makes them other bytes.
        """
        while b"\r\nendstream" in content:
            self.root["ParentTreeNextKey"] += 1
            del self.pdf.objects[self.count :]
            self.pdf.current_position, output = 0, BytesIO()
            self.pdf.write(output, "1.7", identifier=True, compress=True)
            content = output.getvalue()
        return content


def identify(pdf: pydyf.PDF) -> None:
    """Add the identifier of PDF/UA to the metadata, which PDF/A wants readable as they are."""
    metadata = pdf.objects[number_of(pdf.catalog["Metadata"])]
    metadata.stream = [part.replace(b"</rdf:RDF>", IDENTIFIERS + b"</rdf:RDF>") for part in metadata.stream]
    metadata.compress = False


def compress(stream: pydyf.Stream) -> None:
    """Compress a stream now and once: WeasyPrint would do it twice, for the file's identifier and for the file.

    What is compressed never ends in a carriage return: with the line feed behind it, validators take it for the end of
    the line and the stream for too short.
    """
    content = b"\n".join(item if isinstance(item, bytes) else str(item).encode() for item in stream.stream)
    while (compressed := zlib.compress(content)).endswith(b"\r"):
        content += b"\n"
    stream.stream, stream.compress = [compressed], False
    stream.extra = pydyf.Dictionary({**stream.extra, "Filter": "/FlateDecode"})
    if "Length1" in stream.extra:
        stream.extra["Length1"] = len(content)


class Written(pydyf.Object):
    """An object that does not change any more, as it stands in the file: WeasyPrint asks for that twice."""

    data = b""


def written_once(item: pydyf.Object) -> pydyf.Object:
    """Return the object, if it is one for the table of objects, as it is written."""
    if item.free == "f" or not item.compressible:
        return item
    written = Written()
    written.number, written.data = item.number, item.data
    return written


def number_of(reference: bytes) -> int:
    """Return the number in a reference to an object."""
    return int(reference.split()[0])


class Writing:
    """The way of a tree into the file."""

    def __init__(self, pdf: pydyf.PDF, tree: Tree) -> None:
        self.pdf, self.tree = pdf, tree
        self.pages = pdf.page_references
        self.elements: dict[Node, pydyf.Dictionary] = {}
        self.links: list[tuple[Node, Link]] = []
        self.level = 0
        """How deep the last heading was."""

    def write(self) -> pydyf.Dictionary:
        """Fill the structure that WeasyPrint has left empty; return its root."""
        root = self.pdf.objects[number_of(self.pdf.catalog["StructTreeRoot"])]
        self.tree.root.prune()
        self.fill(self.pdf.objects[number_of(root["K"][0])], self.tree.root)
        places = [pydyf.Array(self.elements[node].reference for node in nodes) for nodes in self.tree.content]
        for node, link in self.links:
            link.annotation["StructParent"] = len(places)
            places.append(self.elements[node].reference)
        mapping = self.pdf.objects[number_of(root["ParentTree"])]
        mapping["Nums"] = pydyf.Array(part for number, place in enumerate(places) for part in (number, place))
        root["ParentTreeNextKey"] = len(places)
        return root

    def fill(self, element: pydyf.Dictionary, node: Node) -> None:
        """Write what is in a node into its element."""
        self.elements[node] = element
        page = next((kid.page for kid in node.kids if isinstance(kid, Piece)), None)
        if page is not None:
            element["Pg"] = self.pages[page]
        element["K"] = pydyf.Array(dict.fromkeys(self.kid(kid, node, page) for kid in node.kids))

    def kid(self, kid: Node | Piece | Link, node: Node, page: int | None) -> bytes:
        """Return a kid of a node as its element names it."""
        if isinstance(kid, Node):
            return self.create(kid, node)
        if isinstance(kid, Link):
            self.links.append((node, kid))
            return b"<</Type /OBJR /Obj %s /Pg %s>>" % (kid.annotation.reference, self.pages[kid.page])
        if kid.page == page:
            return b"%d" % kid.number
        return b"<</Type /MCR /Pg %s /MCID %d>>" % (self.pages[kid.page], kid.number)

    def create(self, node: Node, parent: Node) -> bytes:
        """Write a node and all below it; return its reference."""
        element = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{self.role_of(node)}", **node.entries})
        element["P"] = self.elements[parent].reference
        self.pdf.add_object(element)
        self.fill(element, node)
        return element.reference

    def role_of(self, node: Node) -> str:
        """Return the role of a node; a heading is at most one level below the one before it."""
        if node.role not in HEADINGS:
            return node.role
        self.level = min(HEADINGS.index(node.role), self.level) + 1
        return HEADINGS[self.level - 1]
