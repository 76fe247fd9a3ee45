"""A page that is painted as WeasyPrint does it and then marked anew, for our structure instead of WeasyPrint's."""

from io import BytesIO

from fontTools.ttLib import TTFont
from weasyprint.document import Page
from weasyprint.formatting_structure.boxes import LineBox

from .roles import SVG
from .tree import Piece, Tree
from .words import text_of

SPACES: dict[str, tuple[int, float] | None] = {}
"""The spaces of fonts, number and width, which a process looks up once."""


class Sheet(Page):
    """A page of a document whose structure the tree takes in."""

    def __init__(self, page: Page, tree: Tree) -> None:
        self.__dict__.update(vars(page))
        self.links = [link for link in page.links if can_be_clicked(*link[2:])]
        self.tree = tree

    def paint(self, stream, scale=1) -> None:
        """Paint the page; leave WeasyPrint nothing to tag."""
        put_labels_in_order(self._page_box)
        super().paint(stream, scale)
        pieces = {piece.box: piece for piece in self.tree.read(self._page_box)}
        marked = {mark["mcid"]: pieces[box] for box, mark in stream._tags.items()}
        stream.stream = Marking(stream, marked, self.tree.content[-1]).items
        stream._tags.clear()
        self._page_box = self._page_box.copy_with_children([])


def can_be_clicked(rectangle: tuple, box) -> bool:
    """Whether a link is worth a place in the file: an empty one is not, nor one more for an element within a link."""
    has_content = text_of(box.element) or box.element.find(f".//{SVG}svg") is not None
    return bool(box.element_tag == "a" and rectangle[0] != rectangle[2] and has_content)


def put_labels_in_order(box) -> None:
    """Have the labels of list items painted before the items; WeasyPrint, which lets them hang, paints them last."""
    children = []
    for child in box.children:
        label = getattr(child, "_box", child)  # WeasyPrint's placeholder for what hangs
        if label.is_outside_marker:
            label.style["position"] = "static"
            children += label.children if isinstance(box.children[-1], LineBox) else [label]
        else:
            put_labels_in_order(label)
            children.append(child)
    box.children = children


class Marking:
    """The content of a page, marked anew."""

    def __init__(self, stream, pieces: dict[int, Piece], content: list) -> None:
        self.items: list = []
        self.fonts = {font.hash.encode(): font for font in stream._fonts.values()}
        self.content = content
        self.mark, self.closed_at = None, 0
        self.copy(stream.stream, pieces)

    def copy(self, items: list, pieces: dict[int, Piece]) -> None:
        """Take over the items of a stream; each marked content belongs to a piece."""
        piece, start = None, 0
        for item in items:
            if item == b"BDC":
                piece = pieces[self.items.pop()["MCID"]]
                self.items.pop()
                start = self.begin(piece)
            elif item == b"EMC" and piece:
                self.end(piece, start)
                piece = None
            else:
                self.items.append(item)

    def begin(self, piece: Piece) -> int:
        """Begin the piece's marked content, or go on with the one before when that is the same; return where."""
        if mark := piece.mark:
            if mark is self.mark and self.closed_at == len(self.items):
                self.items.pop()
            else:
                self.items.append(self.operator(mark))
            self.mark = mark
            piece.number = len(self.content) - 1
        return len(self.items)

    def operator(self, mark) -> bytes:
        """Return the operator that begins the content of a node or an artifact."""
        if isinstance(mark, str):
            return f"{mark} BDC".encode()
        self.content.append(mark)
        return f"/{mark.role} <</MCID {len(self.content) - 1}>> BDC".encode()

    def end(self, piece: Piece, start: int) -> None:
        """End the piece's marked content, behind a space where it needs one."""
        if piece.needs_space:
            self.add_space(start)
        if piece.mark:
            self.items.append(b"EMC")
            self.closed_at = len(self.items)

    def add_space(self, start: int) -> None:
        """Draw a space behind the text that was drawn last."""
        for index in range(len(self.items) - 1, start - 1, -1):
            if self.items[index].endswith(b"] TJ"):
                font = next(item for item in reversed(self.items[:index]) if item.endswith(b" Tf"))
                glyph = space_in(self.fonts[font.split()[0][1:]])
                if glyph is not None:
                    self.items[index] = self.items[index][:-4] + b"<%04x>] TJ" % glyph
                return


def space_in(font) -> int | None:
    """Return the number of the font's space, which the document's copy of the font gets to know; None without one."""
    if font.hash not in SPACES:
        SPACES[font.hash] = find_space(font)
    if SPACES[font.hash] is None:
        return None
    glyph, width = SPACES[font.hash]
    font.to_unicode[glyph] = " "
    font.widths.setdefault(glyph, width)
    return glyph


def find_space(font) -> tuple[int, float] | None:
    """Return number and width of the font's space."""
    file = TTFont(BytesIO(font.file_content), fontNumber=font.index)
    name = (file.getBestCmap() or {}).get(0x20)
    if name is None or font.bitmap:
        return None
    return file.getGlyphID(name), round(file["hmtx"][name][0] * 1000 / font.upem)
