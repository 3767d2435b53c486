"""Options: Options, SetOptions, OptionValue, FilterRules."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from wlnet.builtins.evaluation.assigning import Assignment, assigns, refused
from wlnet.builtins.evaluation.definition_lists import owner_of
from wlnet.builtins.evaluation.matchers import matcher
from wlnet.builtins.evaluation.variables import is_protected
from wlnet.builtins.lists.choosing import rules_of
from wlnet.kernel import BUILTINS, Kernel, Message, builtin
from wlnet.terms import Expression, S, Symbol, Term, elements, is_head, is_list, list_of, symbol, to_list

OPTNF = "Unknown option `1` for `2`."
#: Where a session keeps how the options of symbols were named, by a symbol or a string.
NAMES = "option names"
#: Where a session keeps which options of which symbols were given by :>, which is shown again.
DELAYED = "delayed options"
REPS = "`1` is not a rule or a list of rules."


#: Type of an atom → function(atom) that gives the options it takes where it is applied, by name.
APPLIED: dict[type, Callable[[Term], dict[str, Term]]] = {}


def option_name(term: Term) -> str | None:
    """Gives the name that an option is known by; None for what cannot name one."""
    return term.name if type(term) is Symbol else term if type(term) is str else None


def options_of(kernel: Kernel, owner: Symbol) -> dict[str, Term]:
    """Gives the options of a symbol by name."""
    return kernel.definitions[owner].options or {}


def shown_name(kernel: Kernel, owner: Symbol, name: str) -> Term:
    """Gives an option's name as it was declared: a symbol where there is one, else a string."""
    given: dict[tuple[Symbol, str], Term] = kernel.state.get(NAMES, {})
    found = given.get((owner, name))
    if found is not None:
        return found
    return symbol(name) if symbol(name) in BUILTINS else name


@builtin("Options", category="Options", messages={"optnf": OPTNF, "sym": "`1` is not a symbol or a string."})
def options_(kernel: Kernel, owner: Term, names: Term = None) -> Term:
    """Options[f] gives the options of f with their defaults as a list of rules; Options[f] = {…} declares them.
    Options[f, name] gives the rule of one option.
    Options[net] gives the options that a net takes where it is applied to data.

    Examples:
        >> Options[f] = {"Size" -> 3, Method -> None}; Options[f]
        = {"Size" -> 3, Method -> None}
        >> Options[f, Method]
        = {Method -> None}
        >> Options[g] = {Seed :> RandomInteger[9]}
        = {Seed :> RandomInteger[9]}
        >> Options[LinearLayer[2]]
        = {BatchSize -> Automatic, NetEvaluationMode -> "Test", RandomSeeding -> Automatic, TargetDevice -> "CPU", WorkingPrecision -> "Real32"}
        >> Options[NetChain[{2, Ramp}], TargetDevice]
        = {TargetDevice -> "CPU"}
    Possible issues:
        >> Options[f, "Color"]
        = Options[f, "Color"]
        message: Options::optnf
        >> Options[5]
        = Options[5]
        message: Options::sym
    """
    if type(owner) in APPLIED:
        known = APPLIED[type(owner)](owner)
    else:
        while type(owner) is Expression:
            owner = owner.head
        owner = owner_of(kernel, owner)
        known = options_of(kernel, owner)
    wanted: Iterable[Term] = known if names is None else elements(names) if is_list(names) else (names,)
    found = []
    for item in wanted:
        name = option_name(item)
        if name is None or name not in known:
            raise Message("optnf", item, owner)
        head = S.RuleDelayed if (owner, name) in kernel.state.get(DELAYED, ()) else S.Rule
        found.append(Expression(head, (shown_name(kernel, owner, name), known[name])))
    return list_of(*found)


@assigns(S.Options)
def assign_options(making: Assignment, left: Expression, right: Term) -> None:
    """Makes `Options[f] = {name -> default, …}`."""
    kernel = making.kernel
    given = kernel.evaluate(right)
    pairs = rules_of(given)
    if pairs is None or len(left.args) != 1:
        raise refused("setraw", left)
    owner = owner_of(kernel, kernel.evaluate(left.args[0]))
    if is_protected(kernel, owner):
        raise refused("wrsym", owner)
    names = kernel.state.get(NAMES, {})
    for name in options_of(kernel, owner):
        names.pop((owner, name), None)
    kernel.definitions[owner].options = {}
    _put_options(kernel, owner, given)


def _put_options(kernel: Kernel, owner: Symbol, given: Term) -> None:
    known = dict(options_of(kernel, owner))
    names: dict[tuple[Symbol, str], Term] = kernel.state.setdefault(NAMES, {})
    delayed: set[tuple[Symbol, str]] = kernel.state.setdefault(DELAYED, set())
    for row in _rule_terms(given):
        left, value = row.args
        name = option_name(left)
        if name is not None:
            known[name] = value
            names.setdefault((owner, name), left)
            (delayed.add if row.head is S.RuleDelayed else delayed.discard)((owner, name))
    kernel.definitions[owner].options = known
    kernel.changed()


@builtin("SetOptions", category="Options", messages={"optnf": OPTNF, "rep": REPS})
def set_options(kernel: Kernel, owner: Term, *given: Term) -> Term | None:
    """SetOptions[f, name -> value, …] changes the defaults of options of f.
    SetOptions[{f, g, …}, name -> value, …] changes those of several symbols.

    Examples:
        >> Options[f] = {"Size" -> 3}; SetOptions[f, "Size" -> 5]
        = {"Size" -> 5}
        >> Options[g] = {"Size" -> 1, "Color" -> 2}; SetOptions[{f, g}, "Size" -> 7]
        = {{"Size" -> 7}, {"Size" -> 7, "Color" -> 2}}
    Possible issues:
        >> SetOptions[f, "Color" -> 1]
        = SetOptions[f, "Color" -> 1]
        message: SetOptions::optnf
        >> SetOptions[f, 1]
        = SetOptions[f, 1]
        message: SetOptions::rep
    """
    if is_list(owner):
        return list_of(*(Expression(S.SetOptions, (one, *given)) for one in elements(owner)))
    if type(owner) is not Symbol:
        return None
    pairs = rules_of(list_of(*given))
    if pairs is None:
        raise Message("rep", list_of(*given))
    known = options_of(kernel, owner)
    for name, _ in pairs:
        if option_name(name) not in known:
            raise Message("optnf", name, owner)
    _put_options(kernel, owner, list_of(*given))
    return Expression(S.Options, (owner,))


@builtin("OptionValue", category="Options", messages={"optnf": OPTNF, "nodef": OPTNF})
def option_value(
    kernel: Kernel, owner: Term, given: Term = None, name: Term = None, wrapper: Term = None
) -> Term | None:
    """OptionValue[name], in a definition with OptionsPattern[], gives the value of an option of the call.
    OptionValue[f, name] gives the default that f has for it; in a definition of f, the value of the call.
    OptionValue[f, {name -> value, …}, name] takes it from the rules, or else from the defaults of f.
    OptionValue[f, {name -> value, …}, name, h] wraps h around it before it is evaluated.
    OptionValue[f, {name -> value, …}, name -> part] gives the value of an option within that of another.

    Details: Instead of f may stand a list, nested or not, of symbols and of options.

    Examples:
        >> Options[f] = {"Size" -> 3, "Color" -> red};
        >> f[x_, OptionsPattern[]] := {x, OptionValue["Size"], OptionValue["Color"]}
        >> f[1, "Color" -> blue]
        = {1, 3, blue}
        >> OptionValue[f, "Size"]
        = 3
        >> f[x_, y_, OptionsPattern[]] := OptionValue[f, "Color"]; {f[1, 2, "Color" -> green], f[1, 2]}
        = {green, red}
        >> OptionValue[f, {"Size" -> 7}, {"Size", "Color"}]
        = {7, red}
        >> OptionValue[f, {"Size" :> 1 + 1}, "Size", Hold]
        = Hold[1 + 1]
        >> OptionValue[{{"Size" -> 1, g}, f}, {}, {"Size", "Color"}]
        = {1, red}
        >> OptionValue[{"Grid" -> {"x" -> 1, "y" -> 2}}, {"Grid" -> {"x" -> 5}}, {"Grid" -> "x", "Grid" -> "y"}]
        = {5, 2}
    Possible issues:
        >> OptionValue[f, "Width"]
        = "Width"
        message: OptionValue::optnf
        >> h[OptionsPattern[{"Size" -> 3}]] := OptionValue["Size"]; h["Width" -> 2]
        = 3
        message: OptionValue::nodef
    """
    if given is None:
        return None
    if name is None:
        given, name = list_of(), given
    names = elements(name) if is_list(name) else (name,)
    known = {option_name(left) for left, _ in _defaults(kernel, owner)}
    for left, _ in rules_of(given) or ():
        if option_name(left) not in known:
            kernel.message("OptionValue", "nodef", left, owner)
    values = [value_of_option(kernel, owner, given, item) for item in names]
    if wrapper is not None:
        values = [Expression(wrapper, (value,)) for value in values]
    return to_list(values) if is_list(name) else values[0]


def value_of_option(kernel: Kernel, owner: Term, given: Term, name: Term) -> Term:
    """Gives the value of an option among given rules, or its default; its name, with a message, if it has neither."""
    found = _found_option([*(rules_of(given) or ()), *_defaults(kernel, owner)], name)
    if found is None:
        kernel.message("OptionValue", "optnf", name, owner)
        return name
    return found


def _defaults(kernel: Kernel, owner: Term) -> list[tuple[Term, Term]]:
    """Gives the names and values of the options of an owner: a symbol, an option, or a list of these."""
    rows: list[tuple[Term, Term]] = []
    waiting = [owner]
    while waiting:
        item = waiting.pop()
        if is_list(item):
            waiting += reversed(elements(item))
        elif type(item) is Symbol:
            rows += options_of(kernel, item).items()
        else:
            rows += rules_of(item) or ()
    return rows


def _found_option(rows: Iterable[tuple[Term, Term]], name: Term) -> Term | None:
    """Gives the first value of an option, of `name -> part` that of an option among those which are its value."""
    outer, *inner = name.args if is_head(name, S.Rule, 2) or is_head(name, S.RuleDelayed, 2) else (name,)
    wanted = option_name(outer)
    if wanted is None:
        return name
    values = (value for left, value in rows if option_name(left) == wanted)
    if not inner:
        return next(values, None)
    found = (_found_option(rules_of(value) or (), inner[0]) for value in values)
    return next((value for value in found if value is not None), None)


@builtin("FilterRules", category="Options")
def filter_rules(kernel: Kernel, rules: Term, wanted: Term) -> Term | None:
    """FilterRules[rules, names] gives the rules whose left side is one of the names or matches a pattern.
    FilterRules[rules, Options[f]] gives those that are options of f.

    Examples:
        >> FilterRules[{a -> 1, "b" -> 2, c -> 3}, {a, b}]
        = {a -> 1, "b" -> 2}
        >> FilterRules[{a -> 1, "b" -> 2}, {a -> 0}]
        = {a -> 1}
        >> FilterRules[{a -> 1, "b" -> 2}, Except[{a}]]
        = {"b" -> 2}
    """
    pairs = rules_of(rules)
    if pairs is None:
        return None
    except_these = is_head(wanted, S.Except, 1) and is_list(wanted.args[0])
    given = wanted.args[0] if except_these else wanted
    items = elements(given) if is_list(given) else (given,)
    patterns = [item.args[0] if is_head(item, S.Rule, 2) or is_head(item, S.RuleDelayed, 2) else item for item in items]
    names = {option_name(item) for item in patterns} - {None}
    tests = [matcher(kernel, item) for item in patterns]
    kept = []
    for row in _rule_terms(rules):
        left = row.args[0]
        found = option_name(left) in names or any(test(left) for test in tests)
        if found is not except_these:
            kept.append(row)
    return list_of(*kept)


def _rule_terms(term: Term) -> list[Expression]:
    if is_head(term, S.Rule) or is_head(term, S.RuleDelayed):
        return [term]
    if is_list(term):
        return [row for item in elements(term) for row in _rule_terms(item)]
    return list(term.rules())
