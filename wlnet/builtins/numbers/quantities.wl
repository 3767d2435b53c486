(* Category: Numbers *)

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

   Details: It knows units of time, memory, length, mass and angle, and the short names of most, such as "MB", "ms", "km".

   Examples:
       >> {UnitConvert[Quantity[90, "Minutes"], "Hours"], UnitConvert[Quantity[2048, "Bytes"], "Kibibytes"]}
       = {Quantity[3/2, "Hours"], Quantity[2, "Kibibytes"]}
       >> UnitConvert[Quantity[32*10^6, "Bits"], "MB"]
       = Quantity[4, "Megabytes"]
       >> UnitConvert[Quantity[1, "Meters"], "Hours"]
       = UnitConvert[Quantity[1, "Meters"], "Hours"]
   Differs: Only these units are known.
*)
SetAttributes[UnitConvert, Listable]
UnitConvert[Quantity[n_, given_String], wanted_String] :=
  With[{from = Lookup[shortUnits[], given, given], to = Lookup[shortUnits[], wanted, wanted]},
    With[{kind = SelectFirst[kindsOfUnits[], KeyExistsQ[from]]},
      Quantity[n kind[from]/kind[to], to] /; AssociationQ[kind] && KeyExistsQ[kind, to]
    ]
  ]
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
