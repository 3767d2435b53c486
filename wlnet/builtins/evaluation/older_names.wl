(* Category: Functions *)

(* Random[] gives a number between 0 and 1; Random[Integer] 0 or 1.
   Random[kind, {min, max}] gives a number of a kind, Integer or Real, from a range. RandomReal and RandomInteger are newer.

   Examples:
       >> IntegerQ[Random[Integer, {3, 5}]] && 0 <= Random[] <= 1
       = True
   Source: https://reference.wolfram.com/language/ref/Random.html
*)
Random[] := RandomReal[]
Random[Real] := RandomReal[]
Random[Integer] := RandomInteger[]
Random[Real, range_, ___] := RandomReal[range]
Random[Integer, range_] := RandomInteger[range]

(* Date[] gives the current time as {year, month, day, hour, minute, second}; DateList is newer.

   Examples:
       >> Length[Date[]]
       = 6
   Source: https://reference.wolfram.com/language/ref/Date.html
*)
Date[] := DateList[]

(* ToFileName["folder", "name"] gives the name of a file in a folder, ToFileName[{"folder1", …}, "name"] in folders inside one
   another; FileNameJoin is newer.

   Examples:
       >> ToFileName[{"a", "b"}, "c.txt"]
       = "a/b/c.txt"
   Source: https://reference.wolfram.com/language/ref/ToFileName.html
*)
ToFileName[folder_String, name_String : ""] := ToFileName[{folder}, name]
ToFileName[folders_List, name_String : ""] := FileNameJoin[Append[folders, name]]

(* ToHeldExpression["text"] gives the expression that a text is, in Hold; ToExpression["text", InputForm, Hold] is newer.

   Examples:
       >> ToHeldExpression["1 + 1"]
       = Hold[1 + 1]
   Source: https://reference.wolfram.com/language/ref/ToHeldExpression.html
*)
ToHeldExpression[text_String] := ToExpression[text, InputForm, Hold]

(* URLSave["address", "file"] writes what a server gives to a file; URLDownload is newer.

   Examples:
       >> URLSave[5, "file"]
       = URLSave[5, "file"]
   Source: https://reference.wolfram.com/language/ref/URLSave.html
*)
URLSave[address_String, file_] := First[URLDownload[address, file]]

(* URLFetch["address"] gives the text that a server gives; URLRead is newer.

   Examples:
       >> URLFetch[5]
       = URLFetch[5]
   Source: https://reference.wolfram.com/language/ref/URLFetch.html
*)
URLFetch[address_String, ___] := URLRead[address]["Body"]

(* CompressedData["text"] is the expression that Compress made a text of, as notebooks keep it.

   Examples:
       >> CompressedData[Compress[{1, x}]]
       = {1, x}
   Source: https://reference.wolfram.com/language/ref/Uncompress.html
*)
CompressedData[text_String] := Uncompress[text]
