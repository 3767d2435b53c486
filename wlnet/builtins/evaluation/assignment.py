"""Set, SetDelayed and the definitions that belong to other symbols: UpSet, TagSet and their delayed forms."""

from __future__ import annotations

from wlnet.builtins.evaluation.assigning import MESSAGES, Assignment, add_rule, assign, evaluated_left, up_owners
from wlnet.kernel import Kernel, Message, builtin
from wlnet.patterns import unwrap
from wlnet.patterns.renaming import symbols_of
from wlnet.terms import FAILED, NULL, Expression, Symbol, Term
from wlnet.terms import attributes as flags

HELD_LEFT = flags.HOLD_FIRST | flags.SEQUENCE_HOLD
HELD = flags.HOLD_ALL | flags.SEQUENCE_HOLD


def having(*tags: str) -> dict[str, str]:
    """Gives the templates of these messages."""
    return {tag: MESSAGES[tag] for tag in tags}


@builtin(
    "Set",
    category="Assignment",
    attributes=HELD_LEFT,
    messages=having("wrsym", "write", "setraw", "shape", "noval", "setps", "messg"),
)
def set_(kernel: Kernel, left: Term, right: Term) -> Term:
    """Set[x, value] or x = value gives x the value.
    Set[f[x_], value] defines f with the value that the right side has now.
    Set[{x, y, …}, {a, b, …}] gives several symbols values; x[[i]] = value changes a part of the value of x.

    Details: a["key"] = value changes or adds an element where a holds an association. f::tag = "text" defines
    a message.

    Examples:
        >> x = 2 + 3
        = 5
        >> {a, b} = {1, 2}; {b, a}
        = {2, 1}
        >> v = {1, 2, 3}; v[[2]] = x; v
        = {1, 5, 3}
        >> m = {{1, 2}, {3, 4}}; m[[All, 1]] = 0; m
        = {{0, 2}, {0, 4}}
        >> s = <|"k" -> 1|>; s["n"] = 2; s
        = <|"k" -> 1, "n" -> 2|>
        >> fac[0] = 1; fac[n_] := fac[n] = n fac[n - 1]; fac[5]
        = 120
    Possible issues:
        >> Pi = 3
        = 3
        message: Set::wrsym
        >> Sin[0] = 1
        = 1
        message: Set::write
        >> 5 = 6
        = 6
        message: Set::setraw
        >> {a, b} = {1, 2, 3}
        = {1, 2, 3}
        message: Set::shape
        >> unset[[1]] = 1
        = 1
        message: Set::noval
        >> {1, 2}[[1]] = 3
        = 3
        message: Set::setps
        >> f::tag = 5
        = 5
        message: Set::messg
    """
    finished = type(right) is Expression and right.stamp in (kernel.version, kernel.firm)
    if type(left) is Symbol and not kernel.definitions[left].attributes & flags.PROTECTED:
        kernel.set_own(left, right)
    else:
        try:
            assign(Assignment(kernel, delayed=False), left, right)
        except Message as raised:
            kernel.message(raised.symbol or "Set", raised.tag, *raised.arguments, text=raised.text)
    if finished and right.stamp != kernel.firm and not any(left is name for name in symbols_of(right)):
        # An assignment makes what is not firm count as unfinished; its own value must not be evaluated twice.
        right.stamp = kernel.version
    return right


@builtin(
    "SetDelayed",
    category="Assignment",
    attributes=HELD,
    messages=having("wrsym", "write", "setraw", "shape"),
)
def set_delayed(kernel: Kernel, left: Term, right: Term) -> Term:
    """SetDelayed[f[x_], expr] or f[x_] := expr defines f; expr is evaluated each time the definition is used.
    SetDelayed[x, expr] gives x the value expr, unevaluated.

    Examples:
        >> f[x_] := x^2; f[3]
        = 9
        >> g[x_ /; x > 0] := pos; {g[1], g[-1]}
        = {pos, g[-1]}
        >> h[a_][b_] := {a, b}; h[1][2]
        = {1, 2}
        >> (k /; on)[x_] := -x; {k[1], on = True; k[1]}
        = {k[1], -1}
        >> m /: g[m[_]] := 0; v = {m[1]}; m /: {m[x_]} := x; v
        = 1
        >> n = 1; later := n; n = 2; later
        = 2
    Possible issues:
        >> Sin[x_] := x
        = $Failed
        message: SetDelayed::write
        >> True := 1
        = $Failed
        message: SetDelayed::wrsym
        >> 1 := 2
        = $Failed
        message: SetDelayed::setraw
        >> {a, b} := {1}
        = $Failed
        message: SetDelayed::shape
    """
    return _defined(Assignment(kernel, delayed=True), left, right)


def _defined(making: Assignment, left: Term, right: Term) -> Term:
    """Makes a definition and gives Null; $Failed with the message raised."""
    try:
        assign(making, left, right)
    except Message as raised:
        raise Message(raised.tag, *raised.arguments, result=FAILED, symbol=raised.symbol, text=raised.text) from raised
    return NULL


def _up_defined(kernel: Kernel, left: Term, right: Term, delayed: bool) -> None:
    left = evaluated_left(kernel, left)
    core = unwrap(left)
    owners = up_owners(core) if type(core) is Expression else []
    if not owners:
        raise Message("nosym", left, result=FAILED)
    for owner in owners:
        add_rule(kernel, owner, "up", left, right, delayed)


@builtin("UpSet", category="Assignment", attributes=HELD_LEFT, messages=having("write", "nosym"))
def up_set(kernel: Kernel, left: Term, right: Term) -> Term:
    """UpSet[f[g[x_]], value] or f[g[x_]] ^= value defines the value with g, not with f.

    Examples:
        >> size[box] ^= 3; size[box]
        = 3
    Possible issues:
        >> 1 ^= 2
        = $Failed
        message: UpSet::nosym
        >> f[Sin] ^= 2
        = f[Sin] ^= 2
        message: UpSet::write
    """
    _up_defined(kernel, left, right, delayed=False)
    return right


@builtin("UpSetDelayed", category="Assignment", attributes=HELD, messages=having("write", "nosym"))
def up_set_delayed(kernel: Kernel, left: Term, right: Term) -> Term:
    """UpSetDelayed[f[g[x_]], expr] or f[g[x_]] ^:= expr defines with g what f[g[…]] is; expr is evaluated when used.

    Examples:
        >> area[square[x_]] ^:= x^2; area[square[3]]
        = 9
        >> UpValues[square] === {}
        = False
        >> table[rows_][[name : _String | {__String}]] ^:= {rows, name}; table[5][["a"]]
        = {5, "a"}
    Possible issues:
        >> 1 ^:= 2
        = $Failed
        message: UpSetDelayed::nosym
        >> f[Sin] ^:= 2
        = f[Sin] ^:= 2
        message: UpSetDelayed::write
    """
    _up_defined(kernel, left, right, delayed=True)
    return NULL


@builtin(
    "TagSet",
    category="Assignment",
    attributes=flags.HOLD_ALL | flags.SEQUENCE_HOLD,
    messages=having("wrsym", "write", "tagnf", "tagpos"),
)
def tag_set(kernel: Kernel, tag: Term, left: Term, right: Term) -> Term | None:
    """TagSet[g, f[g[x_]], value] or g /: f[g[x_]] = value defines the value with g.

    Examples:
        >> g /: f[g[x_]] = hit; {f[g[1]], f[1]}
        = {hit, f[1]}
    Possible issues:
        >> g /: f[1] = 2
        = $Failed
        message: TagSet::tagnf
        >> g /: f[k[k[g]]] = 2
        = $Failed
        message: TagSet::tagpos
        >> Sin /: f[Sin] = 2
        = $Failed
        message: TagSet::write
        >> True /: True = 2
        = $Failed
        message: TagSet::wrsym
    """
    if type(tag) is not Symbol:
        return None
    value = kernel.evaluate(right)
    made = _defined(Assignment(kernel, False, tag), left, value)
    return value if made is NULL else made


@builtin(
    "TagSetDelayed",
    category="Assignment",
    attributes=HELD,
    messages=having("wrsym", "write", "tagnf", "tagpos"),
)
def tag_set_delayed(kernel: Kernel, tag: Term, left: Term, right: Term) -> Term | None:
    """TagSetDelayed[g, f[g[x_]], expr] or g /: f[g[x_]] := expr defines with g what f[g[…]] is.

    Examples:
        >> z /: z[a_] + z[b_] := z[a + b]; z[1] + z[2]
        = z[3]
        >> w /: Join[all__w] := w @@ Join @@ List @@@ {all}; Join[w[1], w[2, 3]]
        = w[1, 2, 3]
    Possible issues:
        >> g /: f[1] := 2
        = $Failed
        message: TagSetDelayed::tagnf
        >> g /: f[k[k[g]]] := 2
        = $Failed
        message: TagSetDelayed::tagpos
        >> Sin /: f[Sin] := 2
        = $Failed
        message: TagSetDelayed::write
        >> True /: True := 2
        = $Failed
        message: TagSetDelayed::wrsym
    """
    return _defined(Assignment(kernel, True, tag), left, right) if type(tag) is Symbol else None
