"""What the elements of HTML are in a PDF (ISO 32000-1, 14.8.4)."""

import pydyf

ROLES = {
    "section": "Sect", "article": "Art", "blockquote": "BlockQuote",
    "h1": "H1", "h2": "H2", "h3": "H3", "h4": "H4", "h5": "H5", "h6": "H6", "p": "P", "pre": "P",
    "ul": "L", "ol": "L", "dl": "L", "li": "LI", "dt": "Lbl", "dd": "LBody",
    "table": "Table", "caption": "Caption", "thead": "THead", "tbody": "TBody", "tfoot": "TFoot",
    "tr": "TR", "th": "TH", "td": "TD", "q": "Quote", "code": "Code",
}  # fmt: skip
"""Elements that are not here (``div``, ``strong`` …) are none in the PDF: what they hold belongs to what holds them."""
HEADINGS = ["H1", "H2", "H3", "H4", "H5", "H6"]
INLINE = {"Span", "Quote", "Code", "Link"}
WRAPPERS = {
    "Document": "P", "Sect": "P", "Art": "P", "BlockQuote": "P", "L": "LI", "LI": "LBody",
    "Table": "TR", "THead": "TR", "TBody": "TR", "TFoot": "TR", "TR": "TD",
}  # fmt: skip
"""What stands between these and a text that they hold themselves."""
ROWS = {"Table", "THead", "TBody", "TFoot"}
FRAMES = {"L", "LI", "TR", *ROWS}
"""What holds nothing but its own kind of parts."""
PARENTS = {
    "LI": {"L"}, "Lbl": {"L"}, "LBody": {"L"},
    "Caption": {"Table"}, "THead": {"Table"}, "TBody": {"Table"}, "TFoot": {"Table"},
    "TR": ROWS, "TH": {"TR"}, "TD": {"TR"},
}  # fmt: skip
"""The only places where these may stand; elsewhere they are nothing."""
KEPT_EMPTY = {"TH", "TD"}
LIST_STYLES = {
    "disc": "Disc", "circle": "Circle", "square": "Square", "decimal": "Decimal",
    "lower-alpha": "LowerAlpha", "upper-alpha": "UpperAlpha", "lower-roman": "LowerRoman", "upper-roman": "UpperRoman",
}  # fmt: skip
SVG = "{http://www.w3.org/2000/svg}"


def role_of(box) -> str | None:
    """Return the structure type of one of WeasyPrint's boxes; None when it is none and only its content counts."""
    element = box.element
    if element.tag == "a":
        return "Link" if box.link_annotation else None
    if element.tag in ("img", f"{SVG}svg"):
        return "Figure" if hasattr(box, "replacement") else None
    if role := ROLES.get(element.tag):
        return role
    if "title" in element.attrib and element.tag == "abbr":
        return "Span"
    if "lang" in element.attrib and element.tag not in ("html", "body"):
        return "Span" if box.style["display"][0] == "inline" else "Sect"
    return None


def entries_of(role: str, box, parent, height: float) -> dict:
    """Return what the dictionary of a structure element says beside its role and its content.

    ``parent`` is the node that it stands in, ``height`` that of the page in CSS pixels.
    """
    element = box.element
    if role == "Figure":
        return {"Alt": pydyf.String(alternative_of(element)), "A": layout_of(box, height)}
    if role == "Span" and element.tag == "abbr":
        return {"E": pydyf.String(element.get("title"))}
    if role not in ("TH", "TD"):
        return {}
    spans = {name: value for name, value in [("ColSpan", box.colspan), ("RowSpan", box.rowspan)] if value != 1}
    scope = {"Scope": scope_of(element, parent)} if role == "TH" else {}
    return {"A": pydyf.Dictionary({"O": "/Table", **scope, **spans})} if scope or spans else {}


def layout_of(box, height: float) -> pydyf.Dictionary:
    """Return where a picture is on its page: in points from the lower left corner, not in pixels from the upper one."""
    left, bottom = box.content_box_x(), height - box.content_box_y() - box.height
    corners = [0.75 * value for value in (left, bottom, left + box.width, bottom + box.height)]
    return pydyf.Dictionary({"O": "/Layout", "BBox": pydyf.Array(corners)})


def scope_of(element, row) -> str:
    """Return whether a ``th`` heads its row or its column."""
    scope = element.get("scope") or ("col" if row.parent.role == "THead" else "row")
    return "/Row" if scope.startswith("row") else "/Column"


def numbering_of(box) -> dict:
    """Return how the items of a list are numbered, as an entry of the list."""
    style = LIST_STYLES.get(box.style["list_style_type"])
    return {"A": pydyf.Dictionary({"O": "/List", "ListNumbering": f"/{style}"})} if style else {}


def alternative_of(element) -> str:
    """Return the words for a picture; one without any is decoration."""
    title = element.findtext(f"{SVG}title")
    return " ".join((title or element.get("alt") or element.get("aria-label") or "").split())


def description_of(element) -> str:
    """Return what a link says; where it shows its address only, say what that is."""
    text = " ".join((element.get("title") or "".join(element.itertext())).split())
    scheme, _, rest = element.get("href", "").partition(":")
    if scheme in ("mailto", "tel") and text in (rest, f"{scheme}:{rest}"):
        return f"E-Mail an {rest}" if scheme == "mailto" else f"Anruf bei {rest}"
    if "://" in text or not text:
        return f"Internetseite {rest.lstrip('/').partition('/')[0]}"
    return text
