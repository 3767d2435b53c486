(* Category: Colors *)

(* RandomColor[] gives a color by chance; RandomColor[n] a list of n, RandomColor[{n, m, …}] an array.
   RandomColor[space] and RandomColor[space, n] take it from a space such as "RGB", "Hue" or "Grayscale".

   Examples:
       >> {Head[RandomColor[]], Length[RandomColor[3]], Map[Head, RandomColor["Grayscale", 2]]}
       = {RGBColor, 3, {GrayLevel, GrayLevel}}
   Source: https://reference.wolfram.com/language/ref/RandomColor.html
*)
RandomColor[] := RandomColor["RGB"]
RandomColor[size : _Integer | _List] := RandomColor["RGB", size]
RandomColor["RGB" | RGBColor] := RGBColor @@ RandomReal[1, 3]
RandomColor["HSB" | "Hue" | Hue] := Hue @@ RandomReal[1, 3]
RandomColor["Grayscale" | "GrayLevel" | GrayLevel] := GrayLevel[RandomReal[]]
RandomColor[space_String, size_] := Array[RandomColor[space] &, size]
