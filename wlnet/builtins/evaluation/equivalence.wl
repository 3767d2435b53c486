(* Category: Logic *)

(* Equivalent[a, b, …] is True if all its arguments are True, or all are False.

   Examples:
       >> {Equivalent[True, True], Equivalent[True, False], Equivalent[a, True], Equivalent[a, a], Equivalent[a, b]}
       = {True, False, a, True, Equivalent[a, b]}
   Source: https://reference.wolfram.com/language/ref/Equivalent.html
*)
SetAttributes[Equivalent, Orderless]
Equivalent[] := True
Equivalent[_] := True
Equivalent[True, rest__] := And[rest]
Equivalent[False, rest__] := And @@ Map[Not, {rest}]
Equivalent[a_, a_, rest___] := Equivalent[a, rest]

(* Xnor[a, b, …] is the opposite of Xor[a, b, …].

   Examples:
       >> {Xnor[True, True], Xnor[True, False], Xnor[True, True, True]}
       = {True, False, False}
   Source: https://reference.wolfram.com/language/ref/Xnor.html
*)
Xnor[parts___] := Not[Xor[parts]]

(* GreaterThan[y] gives a function that tells whether its argument is greater than y; GreaterThan[y][x] is x > y.

   Examples:
       >> Select[{1, 5, 3}, GreaterThan[2]]
       = {5, 3}
   Source: https://reference.wolfram.com/language/ref/GreaterThan.html
*)
GreaterThan[y_][x_] := x > y

(* GreaterEqualThan[y] gives a function that tells whether its argument is y or greater.

   Examples:
       >> Map[GreaterEqualThan[2], {1, 2, 3}]
       = {False, True, True}
   Source: https://reference.wolfram.com/language/ref/GreaterEqualThan.html
*)
GreaterEqualThan[y_][x_] := x >= y

(* LessThan[y] gives a function that tells whether its argument is less than y.

   Examples:
       >> Map[LessThan[2], {1, 2, 3}]
       = {True, False, False}
   Source: https://reference.wolfram.com/language/ref/LessThan.html
*)
LessThan[y_][x_] := x < y

(* LessEqualThan[y] gives a function that tells whether its argument is y or less.

   Examples:
       >> Map[LessEqualThan[2], {1, 2, 3}]
       = {True, True, False}
   Source: https://reference.wolfram.com/language/ref/LessEqualThan.html
*)
LessEqualThan[y_][x_] := x <= y

(* EqualTo[y] gives a function that tells whether its argument equals y.

   Examples:
       >> Map[EqualTo[2], {1, 2, 2.}]
       = {False, True, True}
   Source: https://reference.wolfram.com/language/ref/EqualTo.html
*)
EqualTo[y_][x_] := x == y

(* UnequalTo[y] gives a function that tells whether its argument differs from y.

   Examples:
       >> Map[UnequalTo[2], {1, 2}]
       = {True, False}
   Source: https://reference.wolfram.com/language/ref/UnequalTo.html
*)
UnequalTo[y_][x_] := x != y
