"""Small changes to a source file, each of which a test should notice.

What is not changed: texts for people (a string with a blank), what a class says beside its methods, but for numbers
(fields of models, names of templates), decorators, and what only decides how quick a query is. That writes happen in
one transaction, other tests show.
"""

import ast
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType

ROOT = Path(__file__).resolve().parent.parent.parent
SWAPPED = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.Add: ast.Sub, ast.Sub: ast.Add,
    ast.Mult: ast.Add, ast.Mod: ast.Mult, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
NARROWING = {"filter", "exclude", "strip", "lower", "usable", "published", "shared", "own", "submitted", "waiting"}
"""Methods whose call may be left out of a chain."""
FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef
NOT_CHANGED = {"annotation", "returns", "decorator_list"}
REMOVED = None


@dataclass
class Mutant:
    """One change: where it is, what it says, and the file compiled with it."""

    path: str
    where: str
    line: int
    change: str
    number: int  # from the second on where the same stands there more than once
    function: tuple[str, int] | None  # the outermost one around the change; None where it takes effect at the import
    compiled: Callable[[], CodeType]

    @property
    def key(self) -> str:
        return f"{self.where}: {self.change}" + (f" ({self.number})" if self.number > 1 else "")


@dataclass(frozen=True)
class Place:
    """Where in the tree a node stands, and what is around it."""

    holder: ast.AST
    field: str
    index: int | None
    around: tuple[str, ...]
    function: tuple[str, int] | None

    def put(self, node: ast.AST | None) -> None:
        if self.index is None:
            setattr(self.holder, self.field, node)
            return
        nodes = list(getattr(self.holder, self.field))
        nodes[self.index : self.index + 1] = [node] if node else []
        setattr(self.holder, self.field, nodes)


def mutants_of(path: str, names: tuple[str, ...] = ()) -> list[Mutant]:
    """Every change to the file; with names only to these functions and classes („Event.may_be_joined_by“)."""
    tree = ast.parse((ROOT / path).read_text())
    wanted = [tuple(name.split(".")) for name in names] or [()]
    found: list[Mutant] = []
    for node, place in list(walk(tree)):
        if any(place.around[: len(name)] == name for name in wanted):
            new = [*instead(node, place), *(() if is_settled(node, place) else changed(node))]
            found += [mutant(path, tree, node, each, place) for each in new]
    seen = Counter()
    for each in found:
        seen[each.where, each.change] += 1
        each.number = seen[each.where, each.change]
    return found


def mutant(path: str, tree: ast.Module, old: ast.AST, new: ast.AST | None, place: Place) -> Mutant:
    """One change, which is made only while the file is compiled with it."""

    def compiled() -> CodeType:
        siblings = getattr(place.holder, place.field)
        place.put(new and ast.copy_location(new, old))
        try:
            return compile(ast.fix_missing_locations(tree), str(ROOT / path), "exec")
        finally:
            setattr(place.holder, place.field, siblings)

    change = f"{place.field} {shown(old)} → {shown(new)}" if place.field == "test" else f"{shown(old)} → {shown(new)}"
    return Mutant(path, ".".join(place.around), old.lineno, change, 1, place.function, compiled)


def shown(node: ast.AST | None) -> str:
    text = " ".join(ast.unparse(node).split()) if node else "nothing"
    return text if len(text) <= 120 else f"{text[:80]} … {text[-39:]}"


def walk(
    holder: ast.AST, around: tuple[str, ...] = (), function: tuple[str, int] | None = None
) -> Iterator[tuple[ast.AST, Place]]:
    """Every node that may be changed, with its place."""
    for field, value in ast.iter_fields(holder):
        if field in NOT_CHANGED or (isinstance(holder, ast.ClassDef) and field == "keywords"):
            continue
        inside = function
        if isinstance(holder, FUNCTIONS) and field == "body":
            inside = function or (".".join(around), first_line(holder))
        for index, node in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(node, ast.AST) and not stays(node, holder, inside):
                yield node, Place(holder, field, index if isinstance(value, list) else None, around, inside)
                yield from walk(node, (*around, *name_of(node, inside)), inside)


def first_line(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Where Python says that it begins: at its first decorator."""
    return min([function.lineno, *(each.lineno for each in function.decorator_list)])


def name_of(node: ast.AST, function: tuple[str, int] | None) -> list[str]:
    """What a node that defines something is called; a variable only where it belongs to a module or a class."""
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)) if function is None:
            return [name]
    return []


def stays(node: ast.AST, holder: ast.AST, function: tuple[str, int] | None) -> bool:
    """Whether a node and all within it stay as they are."""
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Import() | ast.ImportFrom() | ast.Slice(step=ast.AST()):
            return True
        case ast.JoinedStr(values=parts):
            return any(isinstance(part, ast.Constant) and has_blank(part.value) for part in parts)
        case ast.ClassDef(name="Meta"):
            return True
        case ast.ClassDef(bases=bases):
            return any("Choices" in ast.unparse(base) for base in bases)
        case ast.Assign(value=value) | ast.AnnAssign(value=value) if function is None:
            return isinstance(holder, ast.ClassDef) and not is_number(value)
    return False


def is_settled(node: ast.AST, place: Place) -> bool:
    """Whether other changes say more (conditions are made true and false anyhow) or none has to (words)."""
    match node:
        case ast.UnaryOp(op=ast.Not()) | ast.Compare(ops=[ast.Eq() | ast.NotEq() | ast.Is() | ast.IsNot()]):
            return place.field == "test"
        case ast.Constant(value=str()):
            return place.function is not None and not isinstance(place.holder, ast.Compare | ast.Set | ast.List)
    return False


def is_number(node: ast.AST | None) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, int)


def has_blank(text: str) -> bool:
    return any(map(str.isspace, text))


def changed(node: ast.AST) -> Iterator[ast.AST]:
    """What may stand for a node, by its kind."""
    match node:
        case ast.Constant(value=value):
            yield from changed_value(value)
        case ast.FormattedValue():
            yield ast.Constant("")
        case ast.Compare(left=left, ops=[operator], comparators=others) if type(operator) in SWAPPED:
            yield ast.Compare(left, [SWAPPED[type(operator)]()], others)
        case ast.BinOp(left=left, op=operator, right=right) if type(operator) in SWAPPED:
            yield ast.BinOp(left, SWAPPED[type(operator)](), right)
        case ast.BoolOp(op=operator, values=values):
            for each in values:
                rest = [value for value in values if value is not each]
                yield ast.BoolOp(operator, rest) if len(rest) > 1 else rest[0]
        case ast.UnaryOp(op=ast.Not() | ast.Invert(), operand=operand):
            yield operand
        case ast.Call():
            yield from changed_call(node)


def changed_value(value) -> Iterator[ast.Constant]:
    """Another value of the same kind."""
    match value:
        case bool():
            yield ast.Constant(not value)
        case int() | float():
            yield ast.Constant(value + 1)
        case str() if not has_blank(value):
            yield ast.Constant(f"XX{value}XX")


def changed_call(node: ast.Call) -> Iterator[ast.AST]:
    """The call without one of its named arguments, and what it is called on."""
    for each in node.keywords:
        if each.arg:
            yield ast.Call(node.func, node.args, [other for other in node.keywords if other is not each])
    is_one_name = len(node.keywords) == 1 and node.keywords[0].arg and not node.args  # then that is the same
    if isinstance(node.func, ast.Attribute) and node.func.attr in NARROWING and not is_one_name:
        yield node.func.value


def instead(node: ast.AST, place: Place) -> Iterator[ast.AST | None]:
    """What may stand in a place, by what the place is for."""
    match place.holder, place.field, node:
        case ast.If() | ast.IfExp(), "test", _:
            yield from [ast.Constant(True), ast.Constant(False)]
        case _, "ifs", _:
            yield ast.Constant(True)
        case ast.ClassDef(bases=[*_, last]), "bases", _ if node is not last:
            yield REMOVED
        case ast.Return(), "value", _ if not isinstance(node, ast.Constant):
            yield ast.Constant(None)
        case _, _, ast.Expr(value=ast.Call()) | ast.Raise() | ast.Delete() | ast.AugAssign():
            yield ast.Pass()
        case _, _, ast.Assign(targets=[ast.Attribute() | ast.Subscript()]) if place.function:
            yield ast.Pass()
