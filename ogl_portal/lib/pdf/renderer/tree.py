"""The structure of a document, read from WeasyPrint's boxes page by page.

WeasyPrint makes boxes for each page and each line. What stays the same through all of them is the element of the
HTML that a box came from: it gets one node, wherever its boxes stand.
"""

from dataclasses import dataclass, field

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from . import roles
from .words import is_one_word, text_of

PAGINATION = "/Artifact <</Type /Pagination>>"
DECORATION = "/Artifact <</Type /Layout>>"


@dataclass(eq=False, slots=True)
class Node:
    """A structure element; ``kids`` are nodes, pieces and links in reading order."""

    role: str
    element: object = None
    parent: "Node | None" = None
    kids: list = field(default_factory=list)
    entries: dict = field(default_factory=dict)
    """Further entries of its dictionary, texts or dictionaries."""
    words: str | None = None
    letters: int = 0
    """How many of its text's have been drawn."""

    def add(self, role: str, element) -> "Node":
        """Append a new node."""
        node = Node(role, element, self)
        self.kids.append(node)
        if element.get("lang") and element.tag not in ("html", "body"):
            node.entries["Lang"] = pydyf.String(element.get("lang"))
        return node

    def span(self) -> "Node":
        """Return where to put more text: behind other elements it stands in one of its own, as readers expect."""
        if not self.last:
            return self
        return self.last if self.last.element is self.element else self.add("Span", self.element)

    def prune(self) -> bool:
        """Take out what holds nothing and what was never drawn; return whether there is something left."""
        self.kids = [kid for kid in self.kids if kid.prune() or getattr(kid, "role", None) in roles.KEPT_EMPTY]
        return bool(self.kids)

    @property
    def last(self) -> "Node | None":
        """The last of its nodes, unless something else follows it."""
        return self.kids[-1] if self.kids and isinstance(self.kids[-1], Node) else None

    @property
    def block(self) -> "Node":
        """The node of the whole text that this is a part of."""
        return self.parent.block if self.role in roles.INLINE else self

    @property
    def text(self) -> str:
        """All the text of the element."""
        if self.words is None:
            self.words = text_of(self.element)
        return self.words


@dataclass(eq=False, slots=True)
class Piece:
    """A text or a picture as it is drawn: content of the node, or an artifact."""

    box: boxes.Box
    page: int
    line: boxes.LineBox | None
    node: Node | None
    artifact: str | None
    is_blank: bool
    """Whether there is nothing to read."""
    needs_space: bool = False
    number: int | None = None
    """Which marked content of the page it is, once it is drawn."""

    def prune(self) -> bool:
        """Return whether it was drawn."""
        return self.number is not None

    @property
    def text(self) -> str:
        return getattr(self.box, "text", "")

    @property
    def mark(self) -> "Node | str | None":
        """What it is to be marked as; None where nothing is drawn."""
        if self.is_blank:
            return None if self.box.style["text_decoration_line"] == "none" else DECORATION
        return self.node or self.artifact


@dataclass(eq=False, slots=True)
class Link:
    """A rectangle that can be clicked."""

    page: int
    annotation: dict

    def prune(self) -> bool:
        """Return whether it is worth its place; it always is."""
        return True


class Tree:
    """The nodes of a document, and where its content is."""

    def __init__(self) -> None:
        self.root = Node("Document")
        self.nodes: dict = {}
        self.heads: dict = {}
        """The heads of tables with the pages that they stand on first."""
        self.content: list[list[Node]] = []
        """The nodes of each page's marked contents, by their numbers."""

    def read(self, page_box: boxes.PageBox) -> list[Piece]:
        """Take in the next page; return its pieces in reading order."""
        reading = Reading(self, len(self.content), page_box.margin_height())
        self.content.append([])
        for child in page_box.children:
            reading.visit(child, self.root)
        mark_spaces(reading.pieces)
        return reading.pieces

    def node(self, role: str, element, parent: Node) -> Node:
        """Return the element's node, appended to the parent when it is new."""
        if (element, role) not in self.nodes:
            self.nodes[element, role] = parent.add(role, element)
        return self.nodes[element, role]

    def holder(self, node: Node, element, is_blank: bool = False) -> Node:
        """Return the node that may hold text: the node itself or what has to stand in between, but not for blanks."""
        while role := roles.WRAPPERS.get(node.role):
            is_open = node.last and (node.last.role, node.last.element) == (role, element)
            if is_blank and not is_open:
                return node
            node = node.last if is_open else node.add(role, element)
        return node

    def item(self, node: Node, element) -> Node:
        """Return the list item for a ``dd``: that of the ``dt`` before it, if this has no other yet."""
        is_open = node.last and [kid.role for kid in node.last.kids] == ["Lbl"]
        return node.last if is_open else node.add("LI", element)


class Reading:
    """A walk through the boxes of one page."""

    def __init__(self, tree: Tree, page: int, height: float) -> None:
        self.tree, self.page, self.height = tree, page, height
        self.pieces: list[Piece] = []

    def visit(self, box, node: Node, line=None, artifact: str | None = None) -> None:
        """Take in a box and all that is in it."""
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if isinstance(box, boxes.LineBox):
            line, node = box, self.marker(node) if str(box.element_tag).endswith("::marker") else node
        elif isinstance(box, boxes.MarginBox):
            artifact = margin_artifact(box.at_keyword)
        elif not isinstance(box, boxes.TextBox) and box.element is not None:
            artifact = artifact or self.artifact(box)
            node = self.enter(box, node, line)
        if box.link_annotation:
            self.link(box, node)
        if isinstance(box, (boxes.TextBox, boxes.ReplacedBox)):
            self.take(box, node, line, artifact)
        for child in box.children:
            self.visit(child, node, line, artifact)

    def artifact(self, box) -> str | None:
        """Return how to mark what is no content: the head of a table that began on an earlier page, decoration."""
        if isinstance(box, boxes.TableRowGroupBox) and (box.is_header or box.is_footer):
            return PAGINATION if self.tree.heads.setdefault(box.element, self.page) != self.page else None
        is_decoration = isinstance(box, boxes.ReplacedBox) and not roles.alternative_of(box.element)
        return DECORATION if is_decoration or box.element.get("aria-hidden") == "true" else None

    def enter(self, box, node: Node, line) -> Node:
        """Return the node for what is in a box: the box's own, if it has one."""
        element, (_, _, pseudo) = box.element, box.element_tag.partition("::")
        if pseudo == "marker":
            return self.marker(node)
        if pseudo or element is node.element:
            return node
        role = roles.role_of(box)
        if role is None or node.role not in roles.PARENTS.get(role, {node.role}):
            return node
        return self.open(role, box, node, line)

    def open(self, role: str, box, node: Node, line) -> Node:
        """Return the element's node, with all that belongs to its role."""
        element, tree = box.element, self.tree
        if role == "LI":
            node.entries.update(roles.numbering_of(box))
            return tree.node("LBody", element, tree.node("LI", element, node))
        if (element, role) not in tree.nodes:
            if role == "Lbl":
                node = node.add("LI", element)
            elif role == "LBody":
                node = tree.item(node, element)
            elif role in roles.INLINE or (node.role in roles.FRAMES and role not in roles.PARENTS):
                node = tree.holder(node, line.element if line else element)
            tree.node(role, element, node).entries.update(roles.entries_of(role, box, node, self.height))
        return tree.nodes[element, role]

    def marker(self, node: Node) -> Node:
        """Return the label of a list item, whose body this node is."""
        if node.role != "LBody":
            return node
        item = node.parent
        if item.kids[0].role != "Lbl":
            item.kids.insert(0, Node("Lbl", item.element, item))
        return item.kids[0]

    def link(self, box, node: Node) -> None:
        """Take in a link, described in words."""
        box.link_annotation["Contents"] = pydyf.String(roles.description_of(box.element))
        node.kids.append(Link(self.page, box.link_annotation))

    def take(self, box, node: Node, line, artifact: str | None) -> None:
        """Take in a text or a picture."""
        is_text = isinstance(box, boxes.TextBox)
        piece = Piece(box, self.page, line, None if artifact else node, artifact, is_text and not box.text.strip())
        if piece.node and is_text:
            piece.node = self.tree.holder(node, line.element, piece.is_blank)
        self.pieces.append(piece)
        if piece.node and not piece.is_blank:
            piece.node = piece.node.span()
            piece.node.kids.append(piece)


def mark_spaces(pieces: list[Piece]) -> None:
    """Mark the pieces that lack a space behind them: WeasyPrint draws none where a line ends nor by itself."""
    blocks: dict[Node, list[Piece]] = {}
    for piece in pieces:
        if piece.node and isinstance(piece.box, boxes.TextBox):
            blocks.setdefault(piece.node.block, []).append(piece)
    for block, texts in blocks.items():
        before, is_apart = None, False
        for piece in texts:
            if piece.is_blank:
                is_apart = True
                continue
            if before and (is_apart or piece.line is not before.line):
                before.needs_space = ends_word(block, before, piece)
            before, is_apart = piece, False
            block.letters += letters_in(piece.text)
        if before and block.letters < letters_in(block.text):  # it goes on on the next page
            before.needs_space = ends_word(block, before)


def letters_in(text: str) -> int:
    """Return how many characters there are beside the spaces."""
    return sum(map(len, text.split()))


def ends_word(block: Node, piece: Piece, following: Piece | None = None) -> bool:
    """Whether a word ends with the piece and no space says so."""
    if piece.text[-1].isspace():
        return False
    beginning = following.text.split()[:1] if following else []
    return not is_one_word(block.text, piece.text.split()[-1], "".join(beginning))


def margin_artifact(at_keyword: str) -> str:
    """Return how to mark what stands in one of the margins of a page: its head, its foot or a watermark."""
    place = {"@top": "Header", "@bottom": "Footer"}.get(at_keyword.partition("-")[0], "Watermark")
    return f"/Artifact <</Type /Pagination /Subtype /{place}>>"
