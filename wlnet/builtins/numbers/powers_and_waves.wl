(* Category: Algebra *)

(* PowerExpand[expr] multiplies out powers of products and powers, and logarithms of them, as for positive numbers.
   PowerExpand[expr, {x, y, …}] does so only where one of x, y, … is in them.

   Examples:
       >> {PowerExpand[Sqrt[x^2]], PowerExpand[(a b)^c], PowerExpand[Log[x^2 y]], PowerExpand[(x^a)^b]}
       = {x, a^c b^c, 2 Log[x] + Log[y], x^(a b)}
       >> {PowerExpand[Sqrt[a b] + Sqrt[c d], {a}], PowerExpand[ArcTan[Tan[x]]]}
       = {Sqrt[a] Sqrt[b] + Sqrt[c d], x}
   Source: https://reference.wolfram.com/language/ref/PowerExpand.html
*)
PowerExpand[expr_] := expr //. expanding[True &]
PowerExpand[expr_, names_] := With[{chosen = Alternatives @@ Flatten[{names}]}, expr //. expanding[! FreeQ[#, chosen] &]]
expanding[test_] := {
  Power[product_Times, c_] /; test[product] :> Map[#^c &, product],
  Power[Power[a_, b_], c_] /; test[a^b] :> a^(b c),
  Log[product_Times] /; test[product] :> Total[Map[Log, List @@ product]],
  Log[Power[a_, b_]] /; test[a^b] :> b Log[a],
  (ArcSin[Sin[x_]] | ArcCos[Cos[x_]] | ArcTan[Tan[x_]]) /; test[x] :> x
}

(* TrigToExp[expr] writes trigonometric and hyperbolic functions and their inverses with powers of E and logarithms.

   Examples:
       >> TrigToExp[{Cos[x], Sinh[x]}] === {(E^(-I x) + E^(I x))/2 // Expand, Expand[(E^x - E^-x)/2]}
       = True
       >> ToString[TrigToExp[ArcTanh[x]]]
       = "-Log[1 - x]/2 + Log[1 + x]/2"
   Source: https://reference.wolfram.com/language/ref/TrigToExp.html
*)
TrigToExp[expr_] := expr //. {
  Sin[x_] :> I E^(-I x)/2 - I E^(I x)/2, Cos[x_] :> E^(-I x)/2 + E^(I x)/2,
  Tan[x_] :> I (E^(-I x) - E^(I x))/(E^(-I x) + E^(I x)), Cot[x_] :> -I (E^(-I x) + E^(I x))/(E^(-I x) - E^(I x)),
  Sec[x_] :> 2/(E^(-I x) + E^(I x)), Csc[x_] :> -2 I/(E^(-I x) - E^(I x)),
  Sinh[x_] :> -E^-x/2 + E^x/2, Cosh[x_] :> E^-x/2 + E^x/2, Tanh[x_] :> (E^x - E^-x)/(E^x + E^-x),
  Coth[x_] :> (E^x + E^-x)/(E^x - E^-x), Sech[x_] :> 2/(E^-x + E^x), Csch[x_] :> 2/(E^x - E^-x),
  ArcSin[x_] :> -I Log[I x + Sqrt[1 - x^2]], ArcCos[x_] :> Pi/2 + I Log[I x + Sqrt[1 - x^2]],
  ArcTan[x_] :> I Log[1 - I x]/2 - I Log[1 + I x]/2, ArcSinh[x_] :> Log[x + Sqrt[1 + x^2]],
  ArcCosh[x_] :> Log[x + Sqrt[x - 1] Sqrt[x + 1]], ArcTanh[x_] :> Log[1 + x]/2 - Log[1 - x]/2
}

(* ExpToTrig[expr] writes powers of E with trigonometric and hyperbolic functions.

   Examples:
       >> {ExpToTrig[E^(I x)], ExpToTrig[E^x], ExpToTrig[(E^(I x) + E^(-I x))/2]}
       = {Cos[x] + I Sin[x], Cosh[x] + Sinh[x], Cos[x]}
   Source: https://reference.wolfram.com/language/ref/ExpToTrig.html
*)
ExpToTrig[expr_] := Expand[expr /. E^x_ :> turned[Expand[x]]]
turned[sum_Plus] := With[{imaginary = Select[sum, isImaginary]}, circular[imaginary] hyperbolic[sum - imaginary]]
turned[x_] := If[isImaginary[x], circular[x], hyperbolic[x]]
isImaginary[x_] := MatchQ[x, Complex[0, _] _.]
circular[x_] := With[{angle = Expand[-I x]}, Cos[angle] + I Sin[angle]]
hyperbolic[x_] := Cosh[x] + Sinh[x]

(* TrigReduce[expr] writes products and powers of sines and cosines as sums of those of sums of the angles.

   Examples:
       >> {TrigReduce[2 Cos[x]^2], TrigReduce[Sin[a] Cos[b]]}
       = {1 + Cos[2 x], Sin[a - b]/2 + Sin[a + b]/2}
   Source: https://reference.wolfram.com/language/ref/TrigReduce.html
*)
TrigReduce[(head : List | Equal | Rule)[parts___]] := Apply[head, Map[TrigReduce, {parts}]]
TrigReduce[expr_] := ExpToTrig[Expand[TrigToExp[expr]]]
