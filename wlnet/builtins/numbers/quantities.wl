(* Category: Numbers *)

(* Quantity[n, "unit"] stands for a number of units; a unit may be a product of powers, as in "Meters"/"Seconds"^2.
   Quantity["unit"] is Quantity[1, "unit"].

   Details: Sums are given in the smaller unit, so that whole numbers stay whole; products multiply the units, and those of
   the same kind become one. Comparisons, Min, Max, Abs and rounding know the units that UnitConvert knows.

   Examples:
       >> {Quantity[1, "Meters"] + Quantity[3, "Centimeters"], 2 Quantity[3, "Hours"], Quantity[5, "Bytes"] - Quantity[2, "Bytes"]}
       = {Quantity[103, "Centimeters"], Quantity[6, "Hours"], Quantity[3, "Bytes"]}
       >> {Quantity[6, "Meters"]/Quantity[2, "Seconds"], Quantity[6, "Meters"]/Quantity[2, "Centimeters"], Quantity[3, "Meters"]^2}
       = {Quantity[3, "Meters"/"Seconds"], 300, Quantity[9, "Meters"^2]}
       >> {Quantity[1, "Hours"] > Quantity[59, "Minutes"], Quantity[1, "Kilobytes"] == Quantity[1000, "Bytes"], Max[Quantity[2, "Feet"], Quantity[1, "Meters"]]}
       = {True, True, Quantity[1, "Meters"]}
       >> {Total[{Quantity[1, "Seconds"], Quantity[2, "Seconds"]}], Mean[{Quantity[1, "Days"], Quantity[2, "Days"]}], Round[Quantity[2.6, "Meters"]]}
       = {Quantity[3, "Seconds"], Quantity[3/2, "Days"], Quantity[3, "Meters"]}
       >> ToString[{Quantity[3, "Meters"], Quantity[9.8, "Meters"/"Seconds"^2], Quantity[2, "Days"]}]
       = "{3 m, 9.8 m/s^2, 2 days}"
   Possible issues:
       >> Quantity[1, "Meters"] + Quantity[1, "Seconds"]
       = Quantity[1, "Meters"] + Quantity[1, "Seconds"]
       message: Quantity::compat
       >> x + Quantity[1, "Meters"] + Quantity[1, "Seconds"]
       = x + Quantity[1, "Meters"] + Quantity[1, "Seconds"]
       message: Quantity::compat
       >> Quantity[1, "Meters"] < Quantity[1, "Seconds"]
       = Quantity[1, "Meters"] < Quantity[1, "Seconds"]
       message: Quantity::compat
*)
Quantity::compat = "`1` and `2` are units of different kinds."
Quantity[unit_String] := Quantity[1, unit]
Quantity[n_, number_?NumericQ] := n number
Quantity /: Plus[first : Quantity[_, unit_], more : Quantity[_, unit_] ..] := Quantity[Total[Map[First, {first, more}]], unit]
Quantity /: Quantity[a_, unit_] + Quantity[b_, unit_] := Quantity[a + b, unit]
Quantity /: Quantity[a_, unit_] + Quantity[b_, other_] := With[{ratio = unitRatio[unit, other]},
  If[Abs[ratio] >= 1, Quantity[a ratio + b, other], Quantity[a + b/ratio, unit]] /; OrderedQ[{unit, other}] && comparable[ratio, unit, other]
]
Quantity /: Quantity[a_, unit_] Quantity[b_, other_] := Quantity[a b, oneOfEachKind[unit other]]
Quantity /: x_?NumericQ Quantity[n_, unit_] := Quantity[x n, unit]
Quantity /: Power[Quantity[n_, unit_], power_?NumericQ] := Quantity[n^power, unitPower[unit, power]]
Quantity /: (relation : Less | LessEqual | Greater | GreaterEqual | Equal | Unequal)[Quantity[a_, unit_], Quantity[b_, other_]] :=
  With[{ratio = unitRatio[unit, other]}, relation[a ratio, b] /; comparable[ratio, unit, other]]
Quantity /: (extreme : Max | Min)[first_Quantity, more__Quantity] := With[{ratios = Map[unitRatio[Last[#], Last[first]] &, {first, more}]},
  First[If[extreme === Max, MaximalBy, MinimalBy][Transpose[{{first, more}, ratios}], First[First[#]] Last[#] &]][[1]] /;
    VectorQ[ratios, NumericQ]
]
Quantity /: (f : Abs | Floor | Ceiling | Round | IntegerPart | FractionalPart)[Quantity[n_, unit_]] := Quantity[f[n], unit]
Quantity /: Sign[Quantity[n_, _]] := Sign[n]
comparable[ratio_, unit_, other_] := NumericQ[ratio] || (Message[Quantity::compat, unit, other]; False)
unitRatio[unit_, unit_] := 1
unitRatio[unit_, other_] := inBaseUnits[unit]/inBaseUnits[other]
inBaseUnits[unit_] := unit /. name_String :> baseUnit[Lookup[shortUnits[], name, name]]
baseUnit[name_] := With[{kind = SelectFirst[kindsOfUnits[], KeyExistsQ[name]]},
  Which[
    AssociationQ[kind], kind[name] First[Keys[Select[kind, # === 1 &]]],
    KeyExistsQ[derivedUnits[], name], inBaseUnits[derivedUnits[][name]],
    True, name
  ]
]
unitPower[product_Times, power_] := Map[unitPower[#, power] &, product]
unitPower[Power[unit_, inner_], power_] := unit^(inner power)
unitPower[unit_, power_] := unit^power
oneOfEachKind[product_] := Fold[
  {done, name} |-> With[{ratios = Select[Map[# -> unitRatio[name, #] &, unitNames[done]], First[#] =!= name && NumericQ[Last[#]] &]},
    If[ratios === {}, done, done /. name -> ratios[[1, 2]] ratios[[1, 1]]]
  ],
  product, unitNames[product]
]
unitNames[product_] := Union[Cases[{product}, _String, Infinity]]
shortUnits[] = <|
  "ns" -> "Nanoseconds", "ms" -> "Milliseconds", "s" -> "Seconds", "min" -> "Minutes", "h" -> "Hours",
  "B" -> "Bytes", "kB" -> "Kilobytes", "KB" -> "Kilobytes", "MB" -> "Megabytes", "GB" -> "Gigabytes", "TB" -> "Terabytes",
  "KiB" -> "Kibibytes", "MiB" -> "Mebibytes", "GiB" -> "Gibibytes",
  "nm" -> "Nanometers", "mm" -> "Millimeters", "cm" -> "Centimeters", "m" -> "Meters", "km" -> "Kilometers",
  "mg" -> "Milligrams", "g" -> "Grams", "kg" -> "Kilograms"
|>
kindsOfUnits[] = {
  <|"Nanoseconds" -> 10^-9, "Microseconds" -> 10^-6, "Milliseconds" -> 1/1000, "Seconds" -> 1, "Minutes" -> 60, "Hours" -> 3600,
    "Days" -> 86400, "Weeks" -> 604800, "Years" -> 31536000|>,
  <|"Bits" -> 1/8, "Bytes" -> 1, "Kilobytes" -> 10^3, "Megabytes" -> 10^6, "Gigabytes" -> 10^9, "Terabytes" -> 10^12,
    "Kibibytes" -> 2^10, "Mebibytes" -> 2^20, "Gibibytes" -> 2^30|>,
  <|"Nanometers" -> 10^-9, "Micrometers" -> 10^-6, "Millimeters" -> 1/1000, "Centimeters" -> 1/100, "Meters" -> 1,
    "Kilometers" -> 1000, "Inches" -> 254/10000, "Feet" -> 3048/10000, "Yards" -> 9144/10000, "Miles" -> 1609344/1000|>,
  <|"Milligrams" -> 10^-6, "Grams" -> 1/1000, "Kilograms" -> 1, "Tonnes" -> 1000, "Pounds" -> 45359237/10^8|>,
  <|"Radians" -> 1, "Degrees" -> Pi/180, "AngularDegrees" -> Pi/180|>
}
derivedUnits[] = <|
  "Hertz" -> 1/"Seconds", "Newtons" -> "Kilograms" "Meters"/"Seconds"^2, "Pascals" -> "Kilograms"/("Meters" "Seconds"^2),
  "Joules" -> "Kilograms" "Meters"^2/"Seconds"^2, "Watts" -> "Kilograms" "Meters"^2/"Seconds"^3,
  "Liters" -> "Meters"^3/1000
|>

(* QuantityMagnitude[Quantity[n, "unit"]] gives n.
   QuantityMagnitude[quantity, "unit"] gives it in another unit.

   Examples:
       >> {QuantityMagnitude[Quantity[3, "Meters"]], QuantityMagnitude[Quantity[2, "Hours"], "Minutes"], QuantityMagnitude[5]}
       = {3, 120, 5}
*)
SetAttributes[QuantityMagnitude, Listable]
QuantityMagnitude[Quantity[n_, _]] := n
QuantityMagnitude[n_?NumericQ] := n
QuantityMagnitude[quantity_, unit_String] := QuantityMagnitude[UnitConvert[quantity, unit]]

(* QuantityUnit[Quantity[n, "unit"]] gives the unit.

   Examples:
       >> QuantityUnit[Quantity[3, "Meters"]]
       = "Meters"
*)
QuantityUnit[Quantity[_, unit_]] := unit

(* QuantityQ[x] gives True if x is a Quantity.

   Examples:
       >> {QuantityQ[Quantity[3, "Meters"]], QuantityQ[3]}
       = {True, False}
*)
QuantityQ[x_] := MatchQ[x, Quantity[_, _]]

(* UnitConvert[quantity, "unit"] gives a quantity in another unit of the same kind.
   UnitConvert[quantity] gives it in base units: meters, kilograms, seconds, radians and bytes.

   Details: It knows units of time, memory, length, mass and angle, those that are made of them, and the short names of most,
   such as "MB", "ms", "km".

   Examples:
       >> {UnitConvert[Quantity[90, "Minutes"], "Hours"], UnitConvert[Quantity[2048, "Bytes"], "Kibibytes"]}
       = {Quantity[3/2, "Hours"], Quantity[2, "Kibibytes"]}
       >> UnitConvert[Quantity[32*10^6, "Bits"], "MB"]
       = Quantity[4, "Megabytes"]
       >> {UnitConvert[Quantity[36, "Kilometers"/"Hours"], "Meters"/"Seconds"], UnitConvert[Quantity[1, "Liters"], "Centimeters"^3], UnitConvert[Quantity[1, "Hours"]]}
       = {Quantity[10, "Meters"/"Seconds"], Quantity[1000, "Centimeters"^3], Quantity[3600, "Seconds"]}
   Possible issues:
       >> UnitConvert[Quantity[1, "Meters"], "Hours"]
       = UnitConvert[Quantity[1, "Meters"], "Hours"]
       message: UnitConvert::compat
   Differs: Only these units are known.
*)
SetAttributes[UnitConvert, Listable]
UnitConvert::compat = "`1` and `2` are units of different kinds."
UnitConvert[Quantity[n_, unit_], wanted_] := With[{ratio = unitRatio[unit, wanted]},
  Quantity[n ratio, wanted /. shortUnits[]] /; NumericQ[ratio] || (Message[UnitConvert::compat, unit, wanted]; False)
]
UnitConvert[Quantity[n_, unit_]] := numberOfUnits[n inBaseUnits[unit]]
numberOfUnits[product_] := With[{unit = product /. _?NumericQ x_ :> x}, Quantity[product/unit, unit]]

(* UnitSimplify[quantity] gives a quantity in one unit for the product of units that it has, or else in base units.

   Examples:
       >> {UnitSimplify[Quantity[6, "Kilograms" "Meters"/"Seconds"^2]], UnitSimplify[Quantity[3, "Hours" "Kilometers"/"Seconds"]]}
       = {Quantity[6, "Newtons"], Quantity[10800, "Kilometers"]}
*)
UnitSimplify[Quantity[n_, unit_String]] := Quantity[n, unit]
UnitSimplify[Quantity[n_, unit_]] := With[{found = SelectFirst[Join[unitNames[unit], Keys[derivedUnits[]]], NumericQ[unitRatio[unit, #]] &]},
  If[MissingQ[found], UnitConvert[Quantity[n, unit]], UnitConvert[Quantity[n, unit], found]]
]

(* CompatibleUnitQ[quantity, "unit"] gives True if both are of the same kind; it takes any number of quantities and units.

   Examples:
       >> {CompatibleUnitQ[Quantity[3, "Bytes"], "Bits"], CompatibleUnitQ["Meters", "Seconds"]}
       = {True, False}
*)
CompatibleUnitQ[first_, more__] := AllTrue[{more}, NumericQ[unitRatio[unitOf[first], unitOf[#]]] &]
unitOf[Quantity[_, unit_]] := unit
unitOf[unit_] := unit
