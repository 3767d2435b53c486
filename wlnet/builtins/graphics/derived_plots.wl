(* Category: Plots *)

(* ListStepPlot[{y1, y2, …}] plots values as steps; the data are those of ListLinePlot.

   Details: Options are those of ListLinePlot.

   Examples:
       >> First[Cases[ListStepPlot[{1, 4}], Line[p_] :> p, Infinity]]
       = {{1., 1.}, {2., 4.}}
       >> Length[First[Cases[ListStepPlot[{1, 4, 2}], Line[p_] :> p, Infinity]]]
       = 5
*)
ListStepPlot[data_, options___Rule] := ListLinePlot[data, options, InterpolationOrder -> 0]

(* StackedListPlot[{{y11, y12, …}, {y21, …}, …}] plots lines, each as much above the one before as its values say.

   Details: Options are those of ListLinePlot.

   Examples:
       >> Cases[StackedListPlot[{{1, 2, 3}, {3, 4, 5}}], Line[p_] :> p[[All, 2]], Infinity]
       = {{1., 2., 3.}, {4., 6., 8.}}
*)
StackedListPlot[data : {__List}, options___Rule] := ListLinePlot[
  Accumulate[data], options, PlotRange -> All,
  Filling -> Table[n -> If[n == 1, Axis, {n - 1}], {n, Length[data]}]
]

(* ListPolarPlot[{r1, r2, …}] plots points at equal angles with these distances from the origin.
   ListPolarPlot[{{angle1, r1}, …}] plots points at given angles.

   Details: Options are those of ListPlot.

   Examples:
       >> Round[First[Cases[ListPolarPlot[{{0, 1}, {Pi/2, 2}}], Point[p_] :> p, Infinity]], 0.001]
       = {{1., 0.}, {0., 2.}}
*)
ListPolarPlot[data : {{_, _} ..}, options___Rule] := ListPlot[
  Map[Last[#] {Cos[First[#]], Sin[First[#]]} &, data], options, AspectRatio -> Automatic
]
ListPolarPlot[data_List, options___Rule] := ListPolarPlot[
  Transpose[{N[2 Pi Range[0, Length[data] - 1]/Length[data]], data}], options
]

(* DiscretePlot[f, {n, max}] plots the values of f for n from 1 to max as points on stems.
   DiscretePlot[f, {n, min, max, step}] takes other places.

   Details: Options are those of ListPlot.

   Examples:
       >> First[Cases[DiscretePlot[n^2, {n, 3}], Point[p_] :> p, Infinity]]
       = {{1., 1.}, {2., 4.}, {3., 9.}}
*)
SetAttributes[DiscretePlot, HoldAll]
DiscretePlot[f_, {n_Symbol, range__}, options___Rule] := ListPlot[Table[{n, f}, {n, range}], options, Filling -> Axis]

(* RegionPlot[cond, {x, min, max}, {y, min, max}] shows where a condition is True.

   Details: Options are those of DensityPlot.

   Examples:
       >> First[Cases[RegionPlot[x > y, {x, 0, 1}, {y, 0, 1}], Raster[c_, _] :> Length[Union[Flatten[c, 1]]], Infinity]] > 1
       = True
*)
SetAttributes[RegionPlot, HoldAll]
RegionPlot[condition_, x_List, y_List, options___Rule] := DensityPlot[
  Boole[condition], x, y, options, PlotPoints -> 120,
  ColorFunction -> Function[If[# > 0.5, RGBColor[0.62, 0.75, 0.93], RGBColor[1, 1, 1]]]
]

(* VectorPlot[{vx, vy}, {x, min, max}, {y, min, max}] shows the vectors {vx, vy} as arrows at places of a grid.

   Details: The longest arrow reaches from one place to the next. VectorPoints -> n takes n places in each direction;
   other options are those of Graphics.

   Examples:
       >> Length[Cases[VectorPlot[{y, -x}, {x, -1, 1}, {y, -1, 1}, VectorPoints -> 4], _Arrow, Infinity]]
       = 16
   Options: "VectorPoints":
       >> Length[Cases[VectorPlot[{1, 0}, {x, 0, 1}, {y, 0, 1}, VectorPoints -> 2], _Arrow, Infinity]]
       = 4
*)
SetAttributes[VectorPlot, HoldAll]
VectorPlot[v_, {x_Symbol, left_, right_}, {y_Symbol, below_, above_}, options___Rule] := With[
  {n = Replace[VectorPoints, Append[{options}, _ -> 13]]},
  vectorGraphic[
    Flatten[Table[{{x, y}, v}, {x, left, right, (right - left)/(n - 1)}, {y, below, above, (above - below)/(n - 1)}], 1],
    {right - left, above - below}/(n - 1), Sequence @@ DeleteCases[{options}, VectorPoints -> _]
  ]
]
vectorGraphic[pairs_, cell_, options___] := With[
  {most = Max[Map[Norm[N[Last[#]/cell]] &, pairs]]},
  Graphics[
    {Arrowheads[0.022], Map[
      {ColorData["Viridis"][0.85 Norm[N[Last[#]/cell]]/most],
        Arrow[{First[#] - Last[#]/most/2, First[#] + Last[#]/most/2}]} &,
      N[Select[pairs, Norm[N[Last[#]]] > 0 &]]
    ]},
    options, Frame -> True, AspectRatio -> 1
  ]
]

(* BubbleChart[{{x1, y1, z1}, …}] shows triples as disks at {x, y} whose areas are in proportion to z.

   Details: Options are those of Graphics.

   Examples:
       >> Cases[BubbleChart[{{1, 2, 4}, {2, 3, 1}}], AbsolutePointSize[d_] :> d, Infinity]
       = {40., 20.}
*)
BubbleChart[data : {{_?NumericQ, _?NumericQ, _?NumericQ} ..}, options___Rule] := With[
  {most = Max[data[[All, 3]]]},
  Graphics[
    {Opacity[0.6], ColorData[97][1],
      Map[{AbsolutePointSize[N[40 Sqrt[Max[#[[3]], 0]/most]]], Point[#[[{1, 2}]]]} &, SortBy[data, -Last[#] &]]},
    options, Frame -> True, AspectRatio -> 1/GoldenRatio, PlotRangePadding -> Scaled[0.12]
  ]
]

(* SmoothHistogram[{x1, x2, …}] plots a smooth density of numbers.
   SmoothHistogram[{data1, data2, …}] plots those of several data sets.
   SmoothHistogram[data, h] takes a normal density of this width around each number.

   Details: Where no width is given, it is 1.06 s n^(-1/5) for n numbers with the standard deviation s. Options are those of
   ListLinePlot.

   Examples:
       >> points = First[Cases[SmoothHistogram[{1, 2, 2, 4}], Line[p_] :> p, Infinity]];
       >> Abs[Total[points[[All, 2]]] (points[[2, 1]] - points[[1, 1]]) - 1] < 0.01
       = True
   Source: B. W. Silverman: Density estimation for statistics and data analysis (1986)
*)
SmoothHistogram[data : {__?NumericQ}, options___Rule] := SmoothHistogram[{data}, Automatic, options]
SmoothHistogram[data : {__?NumericQ}, width_?NumericQ, options___Rule] := SmoothHistogram[{data}, width, options]
SmoothHistogram[sets : {__List}, options___Rule] := SmoothHistogram[sets, Automatic, options]
SmoothHistogram[sets : {{__?NumericQ} ..}, width_, options___Rule] := ListLinePlot[
  Map[smoothCurve[N[#], If[NumericQ[width], N[width], normalWidth[N[#]]]] &, sets],
  options, PlotRange -> All, Filling -> Axis
]
normalWidth[data_] := Max[If[Length[data] > 1, 1.06 StandardDeviation[data] Length[data]^(-0.2), 0.], 1.*^-6 (1 + Max[Abs[data]])]
smoothCurve[data_, h_] := Table[
  {x, Total[Exp[-((x - data)/h)^2/2]]/(Length[data] h Sqrt[2. Pi])},
  {x, Min[data] - 4 h, Max[data] + 4 h, (Max[data] - Min[data] + 8 h)/200}
]

(* DateListPlot[{{date1, y1}, {date2, y2}, …}] plots values over dates.
   DateListPlot[{data1, data2, …}] plots several data sets; DateListPlot[{y1, y2, …}, start] has a value for each day from a date on.

   Details: Dates are what AbsoluteTime takes. Options are those of ListLinePlot.

   Examples:
       >> plot = DateListPlot[{{"2024-01-05", 1}, {"2024-03-20", 4}, {"2024-09-02", 2}}];
       >> StringContainsQ[ExportString[plot, "SVG"], "2024-05"]
       = True
       >> p = First[Cases[DateListPlot[{{{2024, 1, 1}, 1}, {{2024, 1, 2}, 4}}], Line[p_] :> p, Infinity]]; p[[2, 1]] - p[[1, 1]]
       = 86400.
*)
DateListPlot[values : {__?NumericQ}, start_, options___Rule] := DateListPlot[
  MapIndexed[{AbsoluteTime[start] + 86400 (First[#2] - 1), #1} &, values], options
]
DateListPlot[data : {{_, _?NumericQ} ..}, options___Rule] := DateListPlot[{data}, options]
DateListPlot[sets : {{{_, _?NumericQ} ..} ..}, options___Rule] := With[
  {points = Map[{AbsoluteTime[First[#]], Last[#]} &, sets, {2}]},
  ListLinePlot[points, options, Frame -> True, FrameTicks -> {dateTicks[MinMax[Flatten[points[[All, All, 1]]]]], Automatic}] /;
    MatchQ[points, {{{_?NumericQ, _} ..} ..}]
]
dateTicks[{low_, high_}] := With[{days = (high - low)/86400., first = DateList[low]},
  Which[
    days > 1500, ticksAt[{first[[1]] + #, 1, 1} &, days/365, {"Year"}],
    days > 100, ticksAt[{first[[1]], first[[2]] + #, 1} &, days/30, {"Year", "-", "Month"}],
    days > 4, ticksAt[{first[[1]], first[[2]], first[[3]] + #} &, days, {"Month", "-", "Day"}],
    days > 0.2, ticksAt[{first[[1]], first[[2]], first[[3]], first[[4]] + #} &, 24 days, {"Hour", ":00"}],
    True, ticksAt[{first[[1]], first[[2]], first[[3]], first[[4]], first[[5]] + #} &, 1440 days, {"Hour", ":", "Minute"}]
  ]
]
ticksAt[at_, count_, form_] := With[{step = Max[1, Ceiling[count/6]]},
  Table[With[{t = AbsoluteTime[at[k]]}, {t, DateString[t, form]}], {k, 0, Ceiling[count], step}]
]
