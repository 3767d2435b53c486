(* Category: Elementary functions *)

(* SquareWave[x] gives the wave of period 1 that is 1 in the first half of each period and -1 in the second.
   SquareWave[{y1, y2}, x] has the values y1 in the second half and y2 in the first.

   Examples:
       >> {SquareWave[{0, 0.25, 0.5, 0.75, 1.2}], SquareWave[{0, 3}, 0.6]}
       = {{1, 1, -1, -1, 1}, 0}
*)
SetAttributes[SquareWave, NumericFunction]
SquareWave[x_List] := Map[SquareWave, x]
SquareWave[x_?NumericQ] := (-1)^Floor[2 x] /; Im[x] == 0
SquareWave[{low_, high_}, x_] := With[{wave = SquareWave[x]}, If[wave == 1, high, low] /; NumericQ[wave]]

(* TriangleWave[x] gives the wave of period 1 that goes from 0 up to 1, down to -1 and back in straight lines.
   TriangleWave[{y1, y2}, x] goes between y1 and y2.

   Examples:
       >> {TriangleWave[{0, 0.25, 0.5, 0.75, 0.9}], TriangleWave[{0, 1}, 1/8]}
       = {{0, 1., 0., -1., -0.4}, 3/4}
*)
SetAttributes[TriangleWave, NumericFunction]
TriangleWave[x_List] := Map[TriangleWave, x]
TriangleWave[x_?NumericQ] := 1 - 4 Abs[1/2 - FractionalPart[Mod[x + 1/4, 1]]] /; Im[x] == 0
TriangleWave[{low_, high_}, x_] := (low + high)/2 + (high - low)/2 TriangleWave[x]

(* SawtoothWave[x] gives the wave of period 1 that goes from 0 up to 1 in each period.
   SawtoothWave[{y1, y2}, x] goes from y1 up to y2.

   Examples:
       >> {SawtoothWave[{0, 0.25, 1.5, -0.25}], SawtoothWave[{1, 3}, 1/4]}
       = {{0, 0.25, 0.5, 0.75}, 3/2}
*)
SetAttributes[SawtoothWave, NumericFunction]
SawtoothWave[x_List] := Map[SawtoothWave, x]
SawtoothWave[x_?NumericQ] := Mod[x, 1] /; Im[x] == 0
SawtoothWave[{low_, high_}, x_] := low + (high - low) SawtoothWave[x]

(* HeavisidePi[x] gives 1 where -1/2 < x < 1/2 and 0 where Abs[x] > 1/2; elsewhere it stays as it is.

   Examples:
       >> HeavisidePi[{0, 0.6, 1/2}]
       = {1, 0, HeavisidePi[1/2]}
*)
SetAttributes[HeavisidePi, Listable]
HeavisidePi[x_?NumericQ] := Boole[Abs[x] < 1/2] /; Abs[x] != 1/2

(* HeavisideLambda[x] gives 1 - Abs[x] where -1 < x < 1, else 0.

   Examples:
       >> HeavisideLambda[{-0.5, 0, 2}]
       = {0.5, 1, 0}
*)
SetAttributes[HeavisideLambda, Listable]
HeavisideLambda[x_?NumericQ] := UnitTriangle[x]

(* DiracDelta[x] stands for the distribution that is 0 where x is not 0, with the integral 1.

   Examples:
       >> {DiracDelta[1.5], DiracDelta[0], DiracDelta[1, x]}
       = {0, DiracDelta[0], 0}
*)
SetAttributes[DiracDelta, Listable]
DiracDelta[numbers__] := 0 /; AnyTrue[{numbers}, NumericQ[#] && # != 0 &]

(* RealAbs[x] gives the absolute value of a real number.

   Examples:
       >> {RealAbs[{-2, 3.5}], RealAbs[I]}
       = {{2, 3.5}, RealAbs[I]}
*)
SetAttributes[RealAbs, {Listable, NumericFunction}]
RealAbs[x_?NumericQ] := Abs[x] /; Im[x] == 0

(* RealSign[x] gives -1, 0 or 1 as a real number is negative, zero or positive.

   Examples:
       >> {RealSign[{-2, 0, 3.5}], RealSign[I]}
       = {{-1, 0, 1}, RealSign[I]}
*)
SetAttributes[RealSign, {Listable, NumericFunction}]
RealSign[x_?NumericQ] := Sign[x] /; Im[x] == 0
