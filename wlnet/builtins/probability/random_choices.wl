(* Category: Random numbers *)

(* RandomPrime[max] gives a random prime up to max.
   RandomPrime[{min, max}] takes other limits; RandomPrime[range, n] gives n primes, RandomPrime[range, dims] an array.

   Examples:
       >> {PrimeQ[RandomPrime[100]], RandomPrime[{8, 12}], Dimensions[RandomPrime[50, {2, 3}]]}
       = {True, 11, {2, 3}}
   Possible issues:
       >> RandomPrime[{8, 10}]
       message: RandomPrime::noprime
       = RandomPrime[{8, 10}]
*)
RandomPrime::noprime = "There are no primes from `1` to `2`."
RandomPrime[max_Integer, rest___] := RandomPrime[{2, max}, rest]
RandomPrime[{min_Integer, max_Integer}] := drawnPrime[min, max] /; hasPrimes[min, max]
RandomPrime[{min_Integer, max_Integer}, n_Integer?NonNegative] := Table[drawnPrime[min, max], n] /; hasPrimes[min, max]
RandomPrime[{min_Integer, max_Integer}, dims : {__Integer?NonNegative}] :=
  ArrayReshape[RandomPrime[{min, max}, Apply[Times, dims]], dims] /; hasPrimes[min, max]
hasPrimes[min_, max_] := NextPrime[min - 1] <= max || (Message[RandomPrime::noprime, min, max]; False)
drawnPrime[min_, max_] := With[{candidate = RandomInteger[{Max[min, 2], max}]},
  If[PrimeQ[candidate], candidate, drawnPrime[min, max]]
]

(* RandomPoint[region] gives a random point of a region.
   RandomPoint[region, n] gives n of them.

   Details: The regions are Disk, Circle, Rectangle, Triangle, and Line of two points; Ball and Sphere in any number of
   dimensions, and Cuboid.

   Examples:
       >> {Norm[RandomPoint[Disk[]]] <= 1, Dimensions[RandomPoint[Rectangle[{0, 0}, {2, 3}], 5]]}
       = {True, {5, 2}}
       >> Round[Norm[RandomPoint[Circle[{0, 0}, 2]]], 0.001]
       = 2.
       >> Round[RandomPoint[Line[{{0, 1}, {0, 1}}]], 0.001]
       = {0., 1.}
       >> {Norm[RandomPoint[Ball[]]] <= 1, Round[Norm[RandomPoint[Sphere[{0, 0, 0}, 3]]], 0.001], Dimensions[RandomPoint[Cuboid[], 4]]}
       = {True, 3., {4, 3}}
   Source: M. Muller, A note on a method for generating points uniformly on n-dimensional spheres, 1959.
*)
RandomPoint[region_, n_Integer?NonNegative] := Table[pointOf[region], n] /; isRegion[region]
RandomPoint[region_] := pointOf[region] /; isRegion[region]
isRegion[region_] := MatchQ[region,
  Disk[] | Circle[] | Rectangle[] | Rectangle[{_, _}] | Rectangle[{_, _}, {_, _}] | Line[{_List, _List}] | Triangle[{_List, _List, _List}] |
    (Disk | Circle)[{_, _}] | (Disk | Circle)[{_, _}, _?Positive] |
    (Ball | Sphere)[] | (Ball | Sphere)[_List] | (Ball | Sphere)[_List, _?Positive] |
    Cuboid[] | Cuboid[_List] | Cuboid[low_List, high_List] /; Length[low] == Length[high]
]
pointOf[Disk[center_ : {0, 0}, r_ : 1]] := center + r Sqrt[RandomReal[]] atAngle[RandomReal[2. Pi]]
pointOf[Circle[center_ : {0, 0}, r_ : 1]] := center + r atAngle[RandomReal[2. Pi]]
atAngle[angle_] := {Cos[angle], Sin[angle]}
pointOf[Rectangle[]] := RandomReal[1, 2]
pointOf[Rectangle[low_]] := low + RandomReal[1, 2]
pointOf[Rectangle[low_, high_]] := low + RandomReal[1, 2] (high - low)
pointOf[Line[{a_, b_}]] := a + RandomReal[] (b - a)
pointOf[Triangle[{a_, b_, c_}]] := With[{share = Sqrt[RandomReal[]], other = RandomReal[]},
  (1 - share) a + share ((1 - other) b + other c)
]
pointOf[Sphere[center_ : {0, 0, 0}, r_ : 1]] := center + r Normalize[RandomVariate[NormalDistribution[], Length[center]]]
pointOf[Ball[center_ : {0, 0, 0}, r_ : 1]] := pointOf[Sphere[center, r RandomReal[]^(1/Length[center])]]
pointOf[Cuboid[low_ : {0, 0, 0}]] := low + RandomReal[1, Length[low]]
pointOf[Cuboid[low_, high_]] := low + RandomReal[1, Length[low]] (high - low)
