(* Category: Strings *)

(* StringPartition["text", n] gives the pieces of n characters of a text.
   StringPartition["text", n, d] gives those that begin d characters apart.

   Examples:
       >> {StringPartition["abcdef", 2], StringPartition["abcd", 3, 1], StringPartition["abcde", UpTo[2]]}
       = {{"ab", "cd", "ef"}, {"abc", "bcd"}, {"ab", "cd", "e"}}
*)
StringPartition[text_String, sizes__] := Map[StringJoin, Partition[Characters[text], sizes]]
StringPartition[texts_List, sizes__] := Map[StringPartition[#, sizes] &, texts]

(* StringRotateLeft["text", n] moves the first n characters to the end; without n, one.

   Examples:
       >> {StringRotateLeft["abcd"], StringRotateLeft["abcd", 2]}
       = {"bcda", "cdab"}
*)
StringRotateLeft[text_String, n_Integer : 1] := StringJoin[RotateLeft[Characters[text], n]]

(* StringRotateRight["text", n] moves the last n characters to the beginning; without n, one.

   Examples:
       >> {StringRotateRight["abcd"], StringRotateRight["abcd", 2]}
       = {"dabc", "cdab"}
*)
StringRotateRight[text_String, n_Integer : 1] := StringJoin[RotateRight[Characters[text], n]]

(* StringReplacePart["text", "new", {m, n}] puts a new text in the place of the characters from m to n.
   StringReplacePart["text", "new", {{m1, n1}, …}] does so at several places.
   StringReplacePart["text", {"new1", …}, {{m1, n1}, …}] puts another text at each.

   Examples:
       >> {StringReplacePart["abcdef", "X", {2, 3}], StringReplacePart["abcdef", "X", {{1, 1}, {-1, -1}}]}
       = {"aXdef", "XbcdeX"}
       >> StringReplacePart["abcd", {"1", "2"}, {{1, 1}, {3, 4}}]
       = "1b2"
*)
StringReplacePart[text_String, new_String, span : {_Integer, _Integer}] := StringReplacePart[text, {new}, {span}]
StringReplacePart[text_String, new_String, spans : {{_, _} ..}] :=
  StringReplacePart[text, ConstantArray[new, Length[spans]], spans]
StringReplacePart[text_String, new : {__String}, spans : {{_Integer, _Integer} ..}] := Fold[
  StringTake[#1, First[#2] - 1] <> Last[#2] <> StringDrop[#1, #2[[2]]] &, text,
  ReverseSortBy[MapThread[Append, {spans /. n_Integer?Negative :> StringLength[text] + 1 + n, new}], First]
] /; Length[new] == Length[spans]

(* StringReplaceList["text", rules] gives the texts in which a rule was applied at one place.

   Examples:
       >> StringReplaceList["abcabc", "a" -> "X"]
       = {"Xbcabc", "abcXbc"}
*)
StringReplaceList[text_String, rules_] := Flatten[Map[
  rule |-> Map[StringReplacePart[text, StringReplace[StringTake[text, #], rule], #] &, StringPosition[text, First[rule]]],
  Flatten[{rules}]
]]

(* Decapitalize["text"] gives the text with its first letter small.

   Examples:
       >> Decapitalize["ABC"]
       = "aBC"
*)
SetAttributes[Decapitalize, Listable]
Decapitalize[""] = ""
Decapitalize[text_String] := ToLowerCase[StringTake[text, 1]] <> StringDrop[text, 1]

(* CharacterCounts["text"] gives an association of how often each character occurs, the most frequent first.

   Examples:
       >> CharacterCounts["banana"]
       = <|"a" -> 3, "n" -> 2, "b" -> 1|>
*)
CharacterCounts[text_String] := ReverseSort[Counts[Characters[text]]]

(* LetterCounts["text"] gives an association of how often each letter occurs, the most frequent first.

   Examples:
       >> LetterCounts["to be."]
       = <|"t" -> 1, "o" -> 1, "b" -> 1, "e" -> 1|>
*)
LetterCounts[text_String] := ReverseSort[Counts[Select[Characters[text], LetterQ]]]

(* WordCount["text"] gives the number of words in a text.

   Examples:
       >> WordCount["To be, or not to be."]
       = 6
*)
SetAttributes[WordCount, Listable]
WordCount[text_String] := Length[TextWords[text]]

(* WordCounts["text"] gives an association of how often each word occurs, the most frequent first.

   Examples:
       >> WordCounts["to be or not to be"]
       = <|"to" -> 2, "be" -> 2, "or" -> 1, "not" -> 1|>
   Options: "IgnoreCase":
       >> WordCounts["To go to", IgnoreCase -> True]
       = <|"to" -> 2, "go" -> 1|>
*)
Options[WordCounts] = {"IgnoreCase" -> False}
WordCounts[text_String, OptionsPattern[]] :=
  ReverseSort[Counts[TextWords[If[TrueQ[OptionValue["IgnoreCase"]], ToLowerCase[text], text]]]]

(* TextSentences["text"] gives the sentences of a text.

   Examples:
       >> TextSentences["One is. Is two? Three is!"]
       = {"One is.", "Is two?", "Three is!"}
*)
TextSentences[text_String] := Map[StringTrim, StringSplit[text, RegularExpression["(?<=[.!?])\\s+"]]]

(* Alphabet[] gives the list of the letters from a to z.

   Examples:
       >> {Length[Alphabet[]], Take[Alphabet[], 3]}
       = {26, {"a", "b", "c"}}
*)
Alphabet[] := CharacterRange["a", "z"]

(* LetterNumber["c"] gives the place of a letter in the alphabet, 0 for what is no letter.
   LetterNumber["text"] gives a list of them.

   Examples:
       >> {LetterNumber["C"], LetterNumber["ab-"]}
       = {3, {1, 2, 0}}
*)
SetAttributes[LetterNumber, Listable]
LetterNumber[text_String] := With[
  {numbers = Map[First[Flatten[Position[Alphabet[], #]], 0] &, Characters[ToLowerCase[text]]]},
  If[Length[numbers] == 1, First[numbers], numbers]
]

(* FromLetterNumber[n] gives the n-th letter of the alphabet.

   Examples:
       >> FromLetterNumber[{1, 26}]
       = {"a", "z"}
*)
SetAttributes[FromLetterNumber, Listable]
FromLetterNumber[n_Integer] := Alphabet[][[n]] /; 1 <= Abs[n] <= 26

(* RomanNumeral[n] gives an integer in Roman numerals.

   Examples:
       >> RomanNumeral[{4, 1994, 2026}]
       = {"IV", "MCMXCIV", "MMXXVI"}
*)
SetAttributes[RomanNumeral, Listable]
RomanNumeral[0] = "N"
RomanNumeral[n_Integer?Positive] := StringJoin[Last[Fold[
  {state, digit} |-> {Mod[First[state], digit[[1]]], Append[Last[state], StringRepeat[digit[[2]], Quotient[First[state], digit[[1]]]]]},
  {n, {}}, romanDigits[]
]]] /; n < 5000
romanDigits[] = {
  {1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"},
  {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}
}

(* FromRomanNumeral["text"] gives the integer that Roman numerals stand for.

   Examples:
       >> FromRomanNumeral[{"IV", "MCMXCIV"}]
       = {4, 1994}
*)
SetAttributes[FromRomanNumeral, Listable]
FromRomanNumeral[text_String] := Total[StringCases[ToUpperCase[text], Apply[Rule[#2, #1] &, romanValues[], {1}]]]
romanValues[] = {
  {900, "CM"}, {400, "CD"}, {90, "XC"}, {40, "XL"}, {9, "IX"}, {4, "IV"},
  {1000, "M"}, {500, "D"}, {100, "C"}, {50, "L"}, {10, "X"}, {5, "V"}, {1, "I"}
}

(* PrintableASCIIQ["text"] gives True if all characters of a text are printable ones of ASCII.

   Examples:
       >> {PrintableASCIIQ["a b!"], PrintableASCIIQ["ä"]}
       = {True, False}
*)
SetAttributes[PrintableASCIIQ, Listable]
PrintableASCIIQ[text_String] := AllTrue[ToCharacterCode[text], 32 <= # <= 126 &]

(* InsertLinebreaks["text", n] breaks a text between words so that no line has more than n characters.

   Details: Without n, lines have up to 78 characters. A longer word stays whole.

   Examples:
       >> InsertLinebreaks["one two three four", 9]
       = "one two\nthree\nfour"
*)
InsertLinebreaks[text_String, n_Integer : 78] := StringRiffle[Map[brokenLine[n], StringSplit[text, "\n", All]], "\n"]
brokenLine[n_][line_] := StringRiffle[Fold[
  {lines, word} |-> If[
    lines =!= {} && StringLength[Last[lines]] + 1 + StringLength[word] <= n,
    Append[Most[lines], Last[lines] <> " " <> word], Append[lines, word]
  ], {}, StringSplit[line]
], "\n"]

(* LongestCommonSubsequence[a, b] gives the longest run of neighbors that two texts or lists have in common.

   Examples:
       >> {LongestCommonSubsequence["abcde", "xbcdy"], LongestCommonSubsequence[{1, 2, 3}, {2, 3, 4}]}
       = {"bcd", {2, 3}}
*)
LongestCommonSubsequence[a_String, b_String] := StringJoin[LongestCommonSubsequence[Characters[a], Characters[b]]]
LongestCommonSubsequence[a_List, b_List] := Module[{before = ConstantArray[0, Length[b] + 1], now, best = {0, 0}},
  Do[
    now = Prepend[MapIndexed[If[#1 === a[[i]], before[[First[#2]]] + 1, 0] &, b], 0];
    If[Max[now] > First[best], best = {Max[now], i}];
    before = now,
    {i, Length[a]}
  ];
  Take[a, {Last[best] - First[best] + 1, Last[best]}]
]

(* StringTakeDrop["text", n] gives the first n characters of a text, and the rest.
   StringTakeDrop["text", seq] takes what StringTake does.

   Examples:
       >> {StringTakeDrop["abcde", 2], StringTakeDrop["abcde", -1]}
       = {{"ab", "cde"}, {"e", "abcd"}}
*)
StringTakeDrop[text_String, part_] := {StringTake[text, part], StringDrop[text, part]}

(* WordFrequency["text", "word"] gives the share of the words of a text that are this one.
   WordFrequency["text", {word1, …}] gives an association of the shares of several.

   Examples:
       >> {WordFrequency["to be or not to be", "to"], WordFrequency["a b a b", {"a", "c"}]}
       = {0.333333, <|"a" -> 0.5, "c" -> 0.|>}
   Options: "IgnoreCase":
       >> WordFrequency["To go to it", "to", IgnoreCase -> True]
       = 0.5
*)
Options[WordFrequency] = {"IgnoreCase" -> False}
WordFrequency[text_String, words_List, options : OptionsPattern[]] := AssociationMap[WordFrequency[text, #, options] &, words]
WordFrequency[text_String, word_String, OptionsPattern[]] :=
  With[{form = If[TrueQ[OptionValue["IgnoreCase"]], ToLowerCase, Identity]},
    N[Count[TextWords[form[text]], form[word]]/Max[1, Length[TextWords[text]]]]]

(* DeleteStopwords["text"] gives a text without the frequent words of English that say little, such as "the" and "of".
   DeleteStopwords[{word1, …}] deletes them from a list.

   Differs: The list of words is a short one of our own.

   Examples:
       >> {DeleteStopwords["the cat and the dog"], DeleteStopwords[{"To", "sleep", "or", "dream"}]}
       = {"cat dog", {"sleep", "dream"}}
*)
DeleteStopwords[words_List] := Select[words, ! MemberQ[stopWords[], ToLowerCase[#]] &]
DeleteStopwords[text_String] :=
  StringTrim[StringReplace[text, WordBoundary ~~ word : LetterCharacter .. ~~ WordBoundary ~~ Whitespace | EndOfString /;
    MemberQ[stopWords[], ToLowerCase[word]] -> ""]]
stopWords[] = StringSplit["a about after all also an and any are as at be because been before but by can could did do does for
  from had has have he her here him his how i if in into is it its just me more most my no not now of on only or other our out
  over she so some such than that the their them then there these they this those through to too under up us very was we were
  what when where which while who why will with would you your"]

(* IntegerName[n] gives the English name of an integer.

   Examples:
       >> {IntegerName[0], IntegerName[42], IntegerName[-1205], IntegerName[3000017]}
       = {"zero", "forty-two", "negative one thousand two hundred five", "three million seventeen"}
*)
SetAttributes[IntegerName, Listable]
IntegerName[0] := "zero"
IntegerName[n_Integer?Negative] := "negative " <> IntegerName[-n]
IntegerName[n_Integer] := StringRiffle[Reverse[DeleteCases[
  MapIndexed[StringTrim[If[#1 == 0, "", hundreds[#1] <> " " <> scaleNames[][[First[#2]]]]] &, Reverse[IntegerDigits[n, 1000]]], ""]], " "] /; n < 10^18
hundreds[n_] := StringTrim[If[n >= 100, smallNames[][[Quotient[n, 100]]] <> " hundred ", ""] <> belowHundred[Mod[n, 100]]]
belowHundred[0] := ""
belowHundred[n_] := If[n < 20, smallNames[][[n]],
  tensNames[][[Quotient[n, 10] - 1]] <> If[Mod[n, 10] == 0, "", "-" <> smallNames[][[Mod[n, 10]]]]]
scaleNames[] = {"", "thousand", "million", "billion", "trillion", "quadrillion"}
smallNames[] = StringSplit["one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
  seventeen eighteen nineteen"]
tensNames[] = {"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"}

(* Pluralize["noun"] gives the plural of a noun of English, by its ending.
   Pluralize["noun", n] gives the noun as it stands after a number n; Pluralize[{singular, plural}, n] chooses between two.

   Examples:
       >> {Pluralize["net"], Pluralize["class"], Pluralize["entry"], Pluralize["layer", 1], Pluralize[{"mouse", "mice"}, 2]}
       = {"nets", "classes", "entries", "layer", "mice"}
*)
Pluralize[noun_String] := Which[
  StringEndsQ[noun, Except[Characters["aeiou"], LetterCharacter] ~~ "y"], StringDrop[noun, -1] <> "ies",
  StringEndsQ[noun, "s" | "x" | "z" | "ch" | "sh"], noun <> "es",
  True, noun <> "s"]
Pluralize[noun_String, n_?NumericQ] := Pluralize[{noun, Pluralize[noun]}, n]
Pluralize[{singular_String, plural_String}, n_?NumericQ] := If[n == 1, singular, plural]
