(* Category: Calculus *)

(* Dt[f] gives the total differential of f: Dt[x] stands for that of a variable x.
   Dt[f, x] gives the total derivative with respect to x, in which Dt[y, x] stands for that of another variable.

   Details: The option Constants names variables that do not change; numbers, and symbols with the attribute Constant, do not
   either.

   Examples:
       >> {Dt[x^2 y], Dt[x^2 y, x], Dt[Pi]}
       = {2 x y Dt[x] + x^2 Dt[y], 2 x y + x^2 Dt[y, x], 0}
   Options: "Constants":
       >> Dt[a x^2, x, Constants -> {a}]
       = 2 a x
   Source: https://reference.wolfram.com/language/ref/Dt.html
*)
Options[Dt] = {"Constants" -> {}}
Dt[list_List, rest___] := Map[Dt[#, rest] &, list]
Dt[_?NumericQ, ___] := 0
Dt[name_Symbol, x_ : Null, OptionsPattern[]] :=
  If[name === x, 1, 0] /; name === x || isFixed[name, OptionValue["Constants"]]
Dt[f : Except[_Symbol | _Rule], options : OptionsPattern[]] := Total[Map[D[f, #] Dt[#] &, changing[f, OptionValue[Dt, {options}, "Constants"]]]]
Dt[f : Except[_Symbol], x : Except[_Rule], options : OptionsPattern[]] :=
  Total[Map[D[f, #] If[# === x, 1, Dt[#, x]] &, changing[f, OptionValue[Dt, {options}, "Constants"]]]]
isFixed[name_, constants_] := MemberQ[Flatten[{constants}], name] || MemberQ[Attributes[name], Constant]
changing[f_, constants_] := Select[DeleteDuplicates[Cases[f, _Symbol, {-1}]], ! NumericQ[#] && ! isFixed[#, constants] &]

(* InverseFunction[f] gives the inverse of a function: InverseFunction[f][f[x]] is x.

   Examples:
       >> {InverseFunction[Sin], InverseFunction[Log][2], InverseFunction[f][f[x]], InverseFunction[InverseFunction[f]]}
       = {ArcSin, E^2, x, f}
       >> InverseFunction[TranslationTransform[{1, 2}]][{1, 2}]
       = {0, 0}
   Source: https://reference.wolfram.com/language/ref/InverseFunction.html
*)
InverseFunction[InverseFunction[f_]] := f
InverseFunction[TransformationFunction[m_]] := TransformationFunction[Inverse[m]]
InverseFunction[f_Symbol] := With[{found = Lookup[inverses[], f, Null]}, found /; found =!= Null]
InverseFunction[f_][f_[x_]] := x
inverses[] := With[{names = {
    Sin -> ArcSin, Cos -> ArcCos, Tan -> ArcTan, Cot -> ArcCot, Sec -> ArcSec, Csc -> ArcCsc, Sinh -> ArcSinh, Cosh -> ArcCosh,
    Tanh -> ArcTanh, Coth -> ArcCoth, Sech -> ArcSech, Csch -> ArcCsch, Exp -> Log, Erf -> InverseErf, Identity -> Identity,
    Minus -> Minus, Conjugate -> Conjugate, Reverse -> Reverse
  }},
  Association[Join[names, Map[Reverse, names]]]
]
