"""NetFlatten, NetRename and NetReplace: nets made flat, renamed, and with other layers in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wlnet.builtins.lists.levels import levels_of
from wlnet.builtins.nets.constructors.arrays import net_argument
from wlnet.builtins.nets.constructors.containers import layer_name
from wlnet.builtins.nets.constructors.layers import as_layer
from wlnet.builtins.nets.paths import child_of
from wlnet.builtins.nets.surgery.places import port_at
from wlnet.builtins.nets.surgery.speaking import surgery
from wlnet.errors import NetError
from wlnet.kernel import Kernel, builtin
from wlnet.nets import Net
from wlnet.nets.assembly import CONTAINERS
from wlnet.nets.flattening import flatten
from wlnet.nets.renaming import rename_layers, rename_ports
from wlnet.nets.replacing import is_like, replace_layers
from wlnet.nets.structure import Structure
from wlnet.patterns import NO_MATCH, CompiledRule, is_rule
from wlnet.terms import TRUE, Expression, S, Symbol, Term, elements, is_head, is_list


@builtin("NetFlatten", category="Surgery", options={"AllowedHeads": S.Automatic})
def net_flatten(kernel: Kernel, net: Term, depth: Term = S.Infinity, *, options: Mapping[str, Term]) -> Term | None:
    """NetFlatten[net] gives the net with the layers of all chains and graphs inside in place of these.
    NetFlatten[net, n] does so for n levels.

    Details: A graph whose layers follow one another becomes a chain, a chain with a graph inside a graph. The nets that
    operators such as NetMapOperator apply are made flat too. A named layer gets its path as its name: "block/conv".

    Examples:
        >> Head /@ Normal[NetFlatten[NetChain[{2, {Ramp, {3, Tanh}}}]]]
        = {LinearLayer, ElementwiseLayer, LinearLayer, ElementwiseLayer}
        >> Head /@ Normal[NetFlatten[NetChain[{2, {Ramp, {3, Tanh}}}], 1]]
        = {LinearLayer, ElementwiseLayer, NetChain}
        >> Keys[Normal[NetFlatten[NetChain[<|"block" -> NetChain[<|"a" -> 2, "b" -> Ramp|>], "end" -> 3|>]]]]
        = {"block/a", "block/b", "end"}
        >> Head[NetFlatten[NetGraph[{2, Ramp}, {1 -> 2}]]]
        = NetChain
        >> Head[NetFlatten[NetChain[{2, NetGraph[{Ramp, Tanh, Plus}, {NetPort["Input"] -> {1, 2} -> 3}]}]]]
        = NetGraph
    Options: AllowedHeads:
        >> Head /@ Normal[NetFlatten[NetChain[{{2, Ramp}, NetGraph[{Tanh}, {}]}], AllowedHeads -> NetChain]]
        = {LinearLayer, ElementwiseLayer, NetGraph}
    Possible issues:
        >> NetFlatten[NetChain[{2, {Ramp}}], -1]
        = $Failed
        message: NetFlatten::level
        >> NetFlatten[NetChain[{2, {Ramp}}], AllowedHeads -> LinearLayer]
        = $Failed
        message: NetFlatten::option
    Source: https://reference.wolfram.com/language/ref/NetFlatten.html
    """
    found = net_argument("NetFlatten", net)
    if depth is not S.Infinity and not is_head(depth, S.DirectedInfinity) and not (type(depth) is int and depth >= 0):
        raise NetError("`1` is not a number of levels", tag="level", terms=(depth,))
    heads = options["AllowedHeads"]
    names = {layer_name(head) for head in (elements(heads) if is_list(heads) else (heads,))}
    chosen = CONTAINERS if heads is S.Automatic else names
    if not chosen <= CONTAINERS:
        raise NetError(
            "AllowedHeads must be NetChain, NetGraph, or a list of both, not `1`", tag="option", terms=(heads,)
        )
    with surgery(kernel, "NetFlatten"):
        return flatten(found, depth if type(depth) is int else None, chosen)


@builtin("NetRename", category="Surgery")
def net_rename(kernel: Kernel, net: Term, rules: Term, level: Term = 1) -> Term | None:
    """NetRename[net, "old" -> "new"] gives the net with another name for a layer.
    NetRename[net, NetPort["old"] -> NetPort["new"]] renames a port of the net.
    NetRename[net, {rule1, rule2, …}] makes several changes.
    NetRename[net, f] gives each layer the name that the function f gives for its name.
    NetRename[net, rules, levelspec] renames layers inside: on the levels 1 to n for n, on level n for {n}.

    Details: A layer may be told by its number, too: 1 -> "new", "1" -> "new", or -1 -> "new" for the last. A port can be
    renamed in a graph; a chain or layer becomes one. The left side of a rule may be a pattern.

    Examples:
        >> net = NetChain[<|"a" -> 2, "b" -> NetChain[<|"a" -> Ramp, "c" -> 3|>]|>];
        >> Keys[Normal[NetRename[net, "a" -> "first"]]]
        = {"first", "b"}
        >> Keys[Normal[NetRename[net, "a" -> "first", 2][["b"]]]]
        = {"first", "c"}
        >> Keys[Normal[NetRename[net, {"a" -> "x", "c" -> "y"}, {2}][["b"]]]]
        = {"x", "y"}
        >> Keys[Normal[NetRename[net, {"a" -> "b", "b" -> "a"}]]]
        = {"b", "a"}
        >> Keys[Normal[NetRename[net, ToUpperCase]]]
        = {"A", "B"}
        >> Keys[Normal[NetRename[NetChain[{2, Ramp}], {1 -> "linear", 2 -> "ramp"}]]]
        = {"linear", "ramp"}
        >> Keys[Normal[NetRename[NetChain[{2, Ramp, 3}], {"1" -> "linear", -1 -> "end"}]]]
        = {"linear", "2", "end"}
        >> Keys[Normal[NetRename[net, 2 -> "second"]]]
        = {"a", "second"}
        >> Information[NetRename[net, NetPort["Input"] -> NetPort["x"]], "InputPortNames"]
        = {"x"}
    Possible issues:
        >> NetRename[NetChain[<|"a" -> 2, "b" -> Ramp|>], "a" -> "b"]
        = $Failed
        message: NetRename::name
        >> NetRename[NetChain[<|"a" -> 2, "b" -> Ramp|>], "c" -> "d"]
        = $Failed
        message: NetRename::nolayer
        >> NetRename[NetChain[{2}], NetPort["x"] -> NetPort["y"]]
        = $Failed
        message: NetRename::noport
        >> NetRename[NetChain[<|"a" -> 2|>], Length]
        = $Failed
        message: NetRename::newname
        >> NetRename[NetChain[{2}], 1 -> "a", -1]
        = $Failed
        message: NetRename::level
    Source: https://reference.wolfram.com/language/ref/NetRename.html
    """
    found = net_argument("NetRename", net)
    levels = levels_of(level)
    if levels is None or levels.first < 0 or levels.last < 0:
        raise NetError("`1` is not a level specification such as 2, {2} or {1, 2}", tag="level", terms=(level,))
    given = elements(rules) if is_list(rules) else (rules,)
    ports = [rule for rule in given if is_head(rule, S.Rule, 2) and is_head(rule.args[0], S.NetPort)]
    layers = [rule for rule in given if not any(rule is port for port in ports)]
    renaming = Renaming(kernel, layers)
    with surgery(kernel, "NetRename"):
        if layers:
            found = rename_layers(found, renaming, levels.first, levels.last)
            renaming.require_all(net)
        if ports:
            found = rename_ports(found, dict(new_port_name(found, rule) for rule in ports))
    return found


class Renaming:
    """A function from a layer to its new name, made of rules or of a function of the language."""

    def __init__(self, kernel: Kernel, rules: Sequence[Term]) -> None:
        self.kernel = kernel
        self.function = rules[0] if len(rules) == 1 and not is_rule(rules[0]) else None
        self.rules = [] if self.function is not None else compiled(rules)
        self.unused = [rule.left for rule in self.rules if is_place(rule.left)]

    def __call__(self, around: Structure, name: str) -> str:
        old: Term = name if around.named else int(name)
        new = self.renamed(around, name, old)
        if new is NO_MATCH or new is old:
            return name
        if type(new) is not str or not new:
            raise NetError("the new name of the layer `1` is not a string but `2`", tag="newname", terms=(old, new))
        return new

    def renamed(self, around: Structure, name: str, old: Term) -> Term:
        if self.function is not None:
            return self.kernel.evaluate(Expression(self.function, (old,)))
        children = list(around.children)
        for rule in self.rules:
            if is_place(rule.left):
                new = rule.right if child_of(children, rule.left) == name else NO_MATCH
                self.unused = [left for left in self.unused if new is NO_MATCH or left is not rule.left]
            else:
                new = rule.apply(old, self.kernel)
            if new is not NO_MATCH:
                return self.kernel.evaluate(new)
        return NO_MATCH

    def require_all(self, net: Net) -> None:
        """Raises NetError for a rule with a name that no layer has."""
        if self.unused:
            shown = ", ".join(net.structure.children) or "none"
            raise NetError(
                f"there is no layer `1` on these levels; the outermost layers are {shown}",
                tag="nolayer",
                terms=(self.unused[0],),
            )


def new_port_name(net: Net, rule: Term) -> tuple[str, str]:
    left, right = rule.args
    old = port_at(net, left)
    if old.child is not None or not is_head(right, S.NetPort, 1):
        raise NetError(
            '`1` is not a rule NetPort["old"] -> NetPort["new"] for a port of the net', tag="noport", terms=(rule,)
        )
    return old.port, layer_name(right.args[0])


def is_place(left: Term) -> bool:
    """Tells whether the left side of a rule is a layer's name or number, and no pattern."""
    return type(left) in (int, str, Symbol)


def compiled(rules: Sequence[Term]) -> list[CompiledRule]:
    """Gives rules ready to be applied; raises NetError for what is none."""
    for rule in rules:
        if not is_rule(rule):
            raise NetError("`1` is not a rule old -> new", tag="args", terms=(rule,))
    return [CompiledRule(rule.args[0], rule.args[1], rule.head is S.RuleDelayed) for rule in rules]


def first_result(rules: Sequence[CompiledRule], term: Term, kernel: Kernel) -> Term:
    """Gives what the first rule that applies makes of a term, or NO_MATCH. A net on the left matches what is like it."""
    for rule in rules:
        if isinstance(rule.left, Net):
            if isinstance(term, Net) and is_like(term, rule.left):
                return rule.right
            continue
        found = rule.apply(term, kernel)
        if found is not NO_MATCH:
            return found
    return NO_MATCH


@builtin("NetReplace", category="Surgery", options={"FlattenInPlace": TRUE})
def net_replace(kernel: Kernel, net: Term, rules: Term, *, options: Mapping[str, Term]) -> Term | None:
    """NetReplace[net, patt -> layer] gives the net with all layers inside that match a pattern replaced.
    NetReplace[net, {rule1, rule2, …}] uses the first rule that matches.

    Details: Layers match at any depth, the outermost first. _ElementwiseLayer matches all layers of that kind; a layer
    as it is written matches those with the same arguments, options and arrays, whatever their dimensions. Nothing leaves a
    layer out; a new chain inside a chain is spliced into it. Where nothing matches, the net is given as it is.

    Examples:
        >> net = NetChain[{2, Ramp, {3, Tanh}}, "Input" -> 2];
        >> NetReplace[net, _ElementwiseLayer -> SoftmaxLayer[]] // {Head[#[[2]]], Head[#[[3, 2]]]} &
        = {SoftmaxLayer, SoftmaxLayer}
        >> NetExtract[NetReplace[net, ElementwiseLayer[Tanh] -> LogisticSigmoid], {3, 2, "Function"}]
        = LogisticSigmoid
        >> Head /@ Normal[NetReplace[net, ElementwiseLayer[Ramp] -> Nothing]]
        = {LinearLayer, NetChain}
        >> NetExtract[NetReplace[net, l_LinearLayer :> LinearLayer[2 NetExtract[l, "Output"]]], "Output"]
        = 6
        >> NetReplace[net, {_LinearLayer -> 5, _ElementwiseLayer -> Ramp}] // NetExtract[#, "Output"] &
        = 5
        >> Head /@ Normal[NetReplace[NetChain[{2, Ramp}], _ElementwiseLayer -> NetChain[{Tanh, SoftmaxLayer[]}]]]
        = {LinearLayer, ElementwiseLayer, SoftmaxLayer}
    Options: FlattenInPlace:
        >> Head /@ Normal[NetReplace[NetChain[{2, Ramp}], _ElementwiseLayer -> NetChain[{Tanh}], FlattenInPlace -> False]]
        = {LinearLayer, NetChain}
    Possible issues:
        >> NetReplace[NetChain[{2, Ramp}], _SoftmaxLayer -> Tanh] === NetChain[{2, Ramp}]
        = True
        message: NetReplace::norep
        >> NetReplace[NetChain[{2, Ramp}], _ElementwiseLayer -> MeanSquaredLossLayer[]]
        = $Failed
        message: NetReplace::ports
        >> NetReplace[NetChain[{LinearLayer[2, "Output" -> 2], 3, Ramp}], LinearLayer[3] -> Nothing]
        = $Failed
        message: NetReplace::dims
    Source: https://reference.wolfram.com/language/ref/NetReplace.html
    """
    found = net_argument("NetReplace", net)
    finder = Finder(kernel, compiled(elements(rules) if is_list(rules) else (rules,)))
    with surgery(kernel, "NetReplace"):
        made = replace_layers(found, finder, splice=options["FlattenInPlace"] is TRUE)
    if not finder.count:
        kernel.message("NetReplace", "norep", rules, text="No layer of the net matches `1`.")
    return made


class Finder:
    """A function from a layer to what the rules put in its place (None for Nothing); it counts the layers that match."""

    def __init__(self, kernel: Kernel, rules: Sequence[CompiledRule]) -> None:
        self.kernel = kernel
        self.rules = rules
        self.count = 0

    def __call__(self, net: Net) -> Net | None:
        found = first_result(self.rules, net, self.kernel)
        if found is NO_MATCH:
            return net
        self.count += 1
        found = self.kernel.evaluate(found)
        return None if found is S.Nothing else as_layer(self.kernel, found, "NetReplace")
