(* Category: Predicates *)

(* DateObjectQ[x] tells whether x is a date, DateObject[…].

   Examples:
       >> {DateObjectQ[DateObject[{2020, 1, 2}]], DateObjectQ[2020]}
       = {True, False}
   Source: https://reference.wolfram.com/language/ref/DateObjectQ.html
*)
DateObjectQ[x_] := Head[x] === DateObject

(* ByteArrayQ[x] tells whether x is a ByteArray.

   Examples:
       >> {ByteArrayQ[ByteArray[{1, 2}]], ByteArrayQ[{1, 2}]}
       = {True, False}
   Source: https://reference.wolfram.com/language/ref/ByteArrayQ.html
*)
ByteArrayQ[x_] := Head[x] === ByteArray
