(* Category: Functional programming *)

(* ParallelMap[f, list] gives Map[f, list].

   Examples:
       >> ParallelMap[f, {a, b}]
       = {f[a], f[b]}
   Differs: The elements are taken one after the other.
*)
ParallelMap[f_, list_, levels___, Method -> _] := ParallelMap[f, list, levels]
ParallelMap[f_, list_, levels___] := Map[f, list, levels]

(* ParallelTable[expr, {i, n}, …] gives Table[expr, {i, n}, …].

   Examples:
       >> ParallelTable[i^2, {i, 3}]
       = {1, 4, 9}
   Differs: The elements are made one after the other.
*)
SetAttributes[ParallelTable, HoldAll]
ParallelTable[expr_, ranges__, Method -> _] := Table[expr, ranges]
ParallelTable[expr_, ranges__] := Table[expr, ranges]

(* ParallelDo[expr, {i, n}, …] does Do[expr, {i, n}, …].

   Examples:
       >> s = 0; ParallelDo[s += i, {i, 3}]; s
       = 6
   Differs: One comes after the other.
*)
SetAttributes[ParallelDo, HoldAll]
ParallelDo[expr_, ranges__] := Do[expr, ranges]

(* ParallelSum[expr, {i, n}, …] gives Sum[expr, {i, n}, …].

   Examples:
       >> ParallelSum[i, {i, 10}]
       = 55
   Differs: The terms are taken one after the other.
*)
SetAttributes[ParallelSum, HoldAll]
ParallelSum[expr_, ranges__] := Sum[expr, ranges]

(* ParallelEvaluate[expr] gives the list of the value of expr on each kernel, of which there is one.

   Examples:
       >> ParallelEvaluate[1 + 1]
       = {2}
*)
SetAttributes[ParallelEvaluate, HoldAll]
ParallelEvaluate[expr_, ___] := {expr}

(* Parallelize[expr] gives expr.

   Examples:
       >> Parallelize[Map[f, {a, b}]]
       = {f[a], f[b]}
   Differs: It changes nothing.
*)
SetAttributes[Parallelize, HoldFirst]
Parallelize[expr_, ___] := expr

(* DistributeDefinitions[f, g, …] gives the list of the symbols; there is one kernel, which knows them.

   Examples:
       >> DistributeDefinitions[f, g]
       = {f, g}
*)
SetAttributes[DistributeDefinitions, HoldAll]
DistributeDefinitions[names___] := {names}

(* LaunchKernels[] gives the kernels that were started: none, since one does all the work.

   Examples:
       >> LaunchKernels[]
       = {}
   Differs: There is one kernel.
*)
LaunchKernels[___] := {}

(* CloseKernels[] gives the kernels that were closed: none.

   Examples:
       >> CloseKernels[]
       = {}
   Differs: There is one kernel.
*)
CloseKernels[___] := {}

(* SetSharedVariable[x, y, …] gives Null: there is one kernel, and all see its variables.

   Examples:
       >> SetSharedVariable[x]
       = Null
*)
SetAttributes[SetSharedVariable, HoldAll]
SetSharedVariable[___] := Null

(* SetSharedFunction[f, g, …] gives Null: there is one kernel, and all see its functions.

   Examples:
       >> SetSharedFunction[f]
       = Null
*)
SetAttributes[SetSharedFunction, HoldAll]
SetSharedFunction[___] := Null

(* ParallelSubmit[expr] gives the value of expr, at once; ParallelSubmit[{x, …}, expr] keeps the values of variables.

   Examples:
       >> WaitAll[Table[ParallelSubmit[{i}, i^2], {i, 3}]]
       = {1, 4, 9}
*)
SetAttributes[ParallelSubmit, HoldAll]
ParallelSubmit[expr_] := expr
ParallelSubmit[variables_List, expr_] := expr

(* WaitAll[expr] gives what ParallelSubmit in expr has given.

   Examples:
       >> WaitAll[{ParallelSubmit[1 + 1]}]
       = {2}
*)
WaitAll[expr_] := expr
