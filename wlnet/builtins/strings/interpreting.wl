(* Category: Strings *)

(* Interpreter["type"] gives a function that reads a text as a value of a type; a Failure where the text is none.
   Interpreter["type", test] wants a value that passes a test, too.
   Interpreter[Restricted["type", {low, high}]] wants a number in a range.

   Details: Types are "Number", "Integer", "Real", "Boolean", "String", "Expression", "Color" (its name) and "Date". Lists of
   texts are read one by one. Other types need servers that are not reached from here.

   Examples:
       >> {Interpreter["Number"]["-3.5e2"], Interpreter["Integer"][{"42", " 7 "}], Interpreter["Boolean"]["yes"]}
       = {-350., {42, 7}, True}
       >> {Interpreter["Color"]["red"], Interpreter["Expression"]["1/2 + 1/3"], Interpreter["Date"]["2024-02-29"]}
       = {RGBColor[1, 0, 0], 5/6, DateObject[{2024, 2, 29}, "Day"]}
       >> {Interpreter["Integer", EvenQ]["6"], Interpreter[Restricted["Number", {0, 10}]]["7.5"]}
       = {6, 7.5}
       >> Interpreter["Integer"]["six"]["Input"]
       = "six"
   Possible issues:
       >> Interpreter["City"]["Oslo"]
       = Failure["UnknownType", <|"MessageTemplate" -> "Values of the type `Type` are not known here.", "MessageParameters" -> <|"Type" -> "City"|>|>]
   Source: https://reference.wolfram.com/language/ref/Interpreter.html
*)
Interpreter[type_, test_ : (True &)][texts_List] := Map[Interpreter[type, test], texts]
Interpreter[Restricted[type_, {low_, high_}], test_ : (True &)][text_String] := Interpreter[type, low <= # <= high && TrueQ[test[#]] &][text]
Interpreter[type_String, test_ : (True &)][text_String] := With[
  {value = interpreted[type][StringTrim[text]]},
  If[FailureQ[value] || TrueQ[test[value]], Replace[value, $Failed :> notOfType[type, text]], notOfType[type, text]]
]
notOfType[type_, text_] := Failure["InterpretationFailure", <|
  "MessageTemplate" -> "`Input` is no value of the type `Type`.", "MessageParameters" -> <|"Input" -> text, "Type" -> type|>,
  "Input" -> text, "Type" -> type
|>]
interpreted["Integer"][text_] := If[StringMatchQ[text, ("+" | "-" | "") ~~ DigitCharacter ..], ToExpression[text], $Failed]
interpreted["Real"][text_] := Replace[interpreted["Number"][text], number : Except[$Failed] :> N[number]]
interpreted["Number"][text_] := If[
  StringMatchQ[text, NumberString ~~ ("" | (("e" | "E") ~~ ("+" | "-" | "") ~~ DigitCharacter ..))],
  ToExpression[StringReplace[text, ("e" | "E") ~~ ("+" | "") -> "*^"]],
  $Failed
]
interpreted["Boolean"][text_] := Lookup[
  <|"true" -> True, "yes" -> True, "on" -> True, "1" -> True, "false" -> False, "no" -> False, "off" -> False, "0" -> False|>,
  ToLowerCase[text], $Failed
]
interpreted["String"][text_] := text
interpreted["Expression"][text_] := If[SyntaxQ[text], ToExpression[text], $Failed]
interpreted["Color"][text_] := If[
  StringMatchQ[text, LetterCharacter ..], Replace[ToExpression[Capitalize[ToLowerCase[text]]], Except[_RGBColor | _GrayLevel] :> $Failed], $Failed
]
interpreted["Date"][text_] := Quiet[Check[DateObject[text], $Failed]]
interpreted[type_][_] := Failure["UnknownType", <|
  "MessageTemplate" -> "Values of the type `Type` are not known here.", "MessageParameters" -> <|"Type" -> type|>
|>]
