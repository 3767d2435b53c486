"""The symbols that patterns are written with. What they mean is in `wlnet.patterns`."""

from __future__ import annotations

from wlnet.kernel import constant
from wlnet.terms import attributes as flags


@constant("Blank", category="Patterns")
def blank() -> None:
    """Blank[] or _ stands for any expression in a pattern.
    Blank[h] or _h stands for any expression with the head h.

    Examples:
        >> MatchQ[7, _Integer]
        = True
    """


@constant("BlankSequence", category="Patterns")
def blank_sequence() -> None:
    """BlankSequence[] or __ stands for one or more expressions in a pattern.
    BlankSequence[h] or __h stands for one or more with the head h.

    Examples:
        >> f[1, 2, 3] /. f[x_, y__] :> {y}
        = {2, 3}
    """


@constant("BlankNullSequence", category="Patterns")
def blank_null_sequence() -> None:
    """BlankNullSequence[] or ___ stands for any number of expressions, also none.
    BlankNullSequence[h] or ___h stands for any number with the head h.

    Examples:
        >> f[] /. f[x___] :> {x}
        = {}
    """


@constant("Pattern", category="Patterns", attributes=flags.HOLD_FIRST)
def pattern() -> None:
    """Pattern[x, p] or x:p names x what the pattern p matches; x_ is short for x:_.

    Examples:
        >> f[1, 2] /. f[x_, y:_Integer] :> {y, x}
        = {2, 1}
        >> MatchQ[{a, b}, {x_, x_}]
        = False
    """


@constant("Alternatives", category="Patterns")
def alternatives() -> None:
    """Alternatives[p1, p2, …] or p1 | p2 | … matches what any of the patterns matches.

    Examples:
        >> Cases[{a, b, c}, a | c]
        = {a, c}
    """


@constant("PatternTest", category="Patterns", attributes=flags.HOLD_REST)
def pattern_test() -> None:
    """PatternTest[p, test] or p?test matches what p matches if test gives True on it.

    Examples:
        >> Cases[{1, 2, 3, 4}, _?EvenQ]
        = {2, 4}
    """


@constant("Condition", category="Patterns", attributes=flags.HOLD_ALL)
def condition() -> None:
    """Condition[p, test] or p /; test matches what p matches if test is True; on the right side of a rule
    or definition it decides whether the rule applies.

    Examples:
        >> Cases[{{1, 2}, {2, 1}}, {x_, y_} /; x < y]
        = {{1, 2}}
        >> {1, -1} /. n_Integer :> pos /; n > 0
        = {pos, -1}
    """


@constant("Except", category="Patterns")
def except_() -> None:
    """Except[p] matches anything that p does not.
    Except[p, q] matches what q matches and p does not.

    Examples:
        >> Cases[{1, a, 2}, Except[_Integer]]
        = {a}
        >> Cases[{1, 2, 3}, Except[2, _Integer]]
        = {1, 3}
    """


@constant("Optional", category="Patterns")
def optional() -> None:
    """Optional[p, v] or p:v matches p, or nothing, the name in p then standing for v.
    Optional[p] or x_. takes the default value of the function it stands in.

    Examples:
        >> f[1] /. f[x_, y_:5] :> {x, y}
        = {1, 5}
        >> a /. n_. a :> n
        = 1
    """


@constant("Repeated", category="Patterns")
def repeated() -> None:
    """Repeated[p] or p.. matches one or more expressions that each match p.
    Repeated[p, {m, n}] matches from m to n of them.

    Examples:
        >> MatchQ[{1, 2, 3}, {_Integer ..}]
        = True
    """


@constant("RepeatedNull", category="Patterns")
def repeated_null() -> None:
    """RepeatedNull[p] or p... matches any number of expressions that each match p, also none.

    Examples:
        >> MatchQ[{}, {_Integer ...}]
        = True
    """


@constant("PatternSequence", category="Patterns")
def pattern_sequence() -> None:
    """PatternSequence[p1, p2, …] matches a run of arguments.

    Examples:
        >> f[1, 2, 3] /. f[x : PatternSequence[_, _], _] :> {x}
        = {1, 2}
        >> {1, 3, 2, 5} /. {x : PatternSequence[Longest[__?OddQ]], ___} :> {x}
        = {1, 3}
    """


@constant("OrderlessPatternSequence", category="Patterns")
def orderless_pattern_sequence() -> None:
    """OrderlessPatternSequence[p1, p2, …] matches a run of arguments that p1, p2, … match in some order.

    Examples:
        >> f[OrderlessPatternSequence[n_Integer, s_String], rest___] := {n, s, rest}
        >> {f[1, "a"], f["a", 1, x], f[1, 2]}
        = {{1, "a"}, {1, "a", x}, f[1, 2]}
        >> Cases[{{1, 2, 3}, {3, 1, 2}, {2, 2}}, {OrderlessPatternSequence[1, 2, ___]}]
        = {{1, 2, 3}, {3, 1, 2}}
    """


@constant("Verbatim", category="Patterns")
def verbatim() -> None:
    """Verbatim[expr] matches expr itself, with no part of it acting as a pattern.

    Examples:
        >> MatchQ[_, Verbatim[_]]
        = True
        >> MatchQ[1, Verbatim[_]]
        = False
    """


@constant("Longest", category="Patterns")
def longest() -> None:
    """Longest[p] matches the longest run of arguments that it can.

    Examples:
        >> {a, b, c} /. {x : Longest[___], y___} :> {{x}, {y}}
        = {{a, b, c}, {}}
    """


@constant("Shortest", category="Patterns")
def shortest() -> None:
    """Shortest[p] matches the shortest run of arguments that it can, which is the default.

    Examples:
        >> {a, b, c} /. {x : Shortest[___], y___} :> {{x}, {y}}
        = {{}, {a, b, c}}
    """


@constant("OptionsPattern", category="Patterns")
def options_pattern() -> None:
    """OptionsPattern[] matches any run of rules; OptionValue[name] then gives the value of one, or the
    default from Options[f].
    OptionsPattern[f] takes the defaults from the options of f.

    Examples:
        >> Options[h] = {"Size" -> 1};
        >> h[x_, OptionsPattern[]] := {x, OptionValue["Size"]}
        >> {h[a], h[a, "Size" -> 9]}
        = {{a, 1}, {a, 9}}
    """


@constant("KeyValuePattern", category="Patterns")
def key_value_pattern() -> None:
    """KeyValuePattern[{k1 -> p1, …}] matches associations and lists of rules that have, among others, such
    elements.

    Examples:
        >> MatchQ[<|"x" -> 1, "y" -> 2|>, KeyValuePattern[{"y" -> _Integer}]]
        = True
    """
