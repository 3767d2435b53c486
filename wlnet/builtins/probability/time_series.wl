(* Category: Statistics *)

(* TimeSeries[{{t1, v1}, {t2, v2}, …}] stands for values at times, which may be dates.
   TimeSeries[{v1, v2, …}] takes the times 0, 1, …; TimeSeries[{v1, …}, {t1}], {t1, t2}, {t1, t2, dt} and {{t1, t2, …}} say them.
   series[t] gives the value at a time, interpolated linearly between two; outside it is that at the end.
   series["property"] gives "Times", "Values", "Path", "FirstTime", "LastTime", "FirstValue", "LastValue" or "PathLength".

   Details: Arithmetic and numeric functions work on the values, of several series at the times of the first one.
   Mean, Median, Total, Variance, StandardDeviation, Min and Max give those of the values; Accumulate, Differences,
   MovingAverage, MovingMedian and MovingMap a series, each value at the last time that it is about. "Times" of dates are AbsoluteTime.

   Examples:
       >> ts = TimeSeries[{{1, 10}, {2, 20}, {4, 60}}]
       printed: TimeSeries[3 points from 1 to 4]
       >> {ts[2], ts[3], ts["Values"], ts["Times"], Normal[2 ts + 1], Mean[ts]}
       = {20, 40, {10, 20, 60}, {1, 2, 4}, {{1, 21}, {2, 41}, {4, 121}}, 30}
       >> Normal[TimeSeries[{5, 6, 8}, {2}]]
       = {{2, 5}, {3, 6}, {4, 8}}
       >> {Normal[MovingAverage[TimeSeries[{5, 6, 8}], 2]], Normal[Sqrt[TimeSeries[{4, 9}]]], TimeSeries[{1, 2}]["PathLength"]}
       = {{{1, 11/2}, {2, 7}}, {{0, 2}, {1, 3}}, 2}
       >> TimeSeries[{{DateObject[{2026, 1, 3}], 8}, {DateObject[{2026, 1, 1}], 4}}][DateObject[{2026, 1, 2}]]
       = 6
   Possible issues:
       >> TimeSeries[{1, 2}, {0, 1, 5}]
       message: TimeSeries::times
       = TimeSeries[{1, 2}, {0, 1, 5}]
       >> TimeSeries[{1, 2}]["Color"];
       message: TimeSeries::prop
*)
TimeSeries::times = "The times `1` are not as many as the `2` values."
TimeSeries::prop = "`1` is not a property of a time series; the properties are `2`."
TimeSeries[values_List] := TimeSeries[values, {0}] /; ! MatchQ[values, {} | {{_, _} ..}]
TimeSeries[path : {{_, _} ..}] := TimeSeries[SortBy[path, seconds[First[#]] &]] /; ! OrderedQ[Map[seconds, path[[All, 1]]]]
TimeSeries[values_List, times_] := With[{found = timesOf[times, Length[values]]},
  TimeSeries[Transpose[{found, values}]] /;
    (ListQ[found] && Length[found] == Length[values]) || (Message[TimeSeries::times, times, Length[values]]; False)
]
timesOf[Automatic, n_] := Range[0, n - 1]
timesOf[{times_List}, n_] := times
timesOf[{first_}, n_] := Range[first, first + n - 1]
timesOf[{first_, last_}, n_] := If[n == 1, {first}, Range[first, last, (last - first)/(n - 1)]]
timesOf[{first_, last_, step_}, n_] := Range[first, last, step]
seconds[date_DateObject] := AbsoluteTime[date]
seconds[time_] := time
TimeSeries[path_]["Path"] := path
TimeSeries[path_]["Values"] := path[[All, 2]]
TimeSeries[path_]["Times"] := Map[seconds, path[[All, 1]]]
TimeSeries[path_]["FirstTime"] := seconds[path[[1, 1]]]
TimeSeries[path_]["LastTime"] := seconds[path[[-1, 1]]]
TimeSeries[path_]["FirstValue"] := path[[1, 2]]
TimeSeries[path_]["LastValue"] := path[[-1, 2]]
TimeSeries[path_]["PathLength"] := Length[path]
TimeSeries[path_]["Properties"] := {"FirstTime", "FirstValue", "LastTime", "LastValue", "Path", "PathLength", "Times", "Values"}
TimeSeries[path : {{_, _} ..}][name_String] := Null /; (Message[TimeSeries::prop, name, TimeSeries[path]["Properties"]]; False)
TimeSeries[path : {{_, _} ..}][times_List] := Map[TimeSeries[path], times]
TimeSeries[path : {{_, _} ..}][time : _?NumericQ | _DateObject] := valueBetween[path, seconds[time]]
valueBetween[path_, t_] := With[{n = Count[path, {time_, _} /; seconds[time] <= t]}, Which[
  n == 0, path[[1, 2]],
  n == Length[path], path[[-1, 2]],
  True, With[{a = seconds[path[[n, 1]]], b = seconds[path[[n + 1, 1]]]},
    path[[n, 2]] + (path[[n + 1, 2]] - path[[n, 2]]) (t - a)/(b - a)]
]]
withValues[path_, values_] := TimeSeries[Transpose[{Take[path[[All, 1]], -Length[values]], values}]]
TimeSeries /: Normal[TimeSeries[path_List]] := path
TimeSeries /: (f : Plus | Times | Power)[before___, TimeSeries[path : {{_, _} ..}], after___] :=
  withValues[path, Apply[f, Map[valuesAt[#, path[[All, 1]]] &, {before, TimeSeries[path], after}]]]
valuesAt[series_TimeSeries, times_] := Map[series, times]
valuesAt[number_, times_] := number
TimeSeries /: (f_Symbol)[TimeSeries[path : {{_, _} ..}]] := withValues[path, Map[f, path[[All, 2]]]] /; MemberQ[Attributes[f], NumericFunction]
TimeSeries /: (f : Mean | Median | Total | Variance | StandardDeviation | Min | Max)[TimeSeries[path : {{_, _} ..}]] := f[path[[All, 2]]]
TimeSeries /: (f : Accumulate | Differences)[TimeSeries[path : {{_, _} ..}]] := withValues[path, f[path[[All, 2]]]]
TimeSeries /: (f : MovingAverage | MovingMedian)[TimeSeries[path : {{_, _} ..}], n_] := withValues[path, f[path[[All, 2]], n]]
TimeSeries /: MovingMap[f_, TimeSeries[path : {{_, _} ..}], n_] := withValues[path, MovingMap[f, path[[All, 2]], n]]
TimeSeries /: (f : ListPlot | ListLinePlot | ListStepPlot | DateListPlot)[TimeSeries[path : {{_, _} ..}], rest___] := f[path, rest]

(* TimeSeriesMap[f, series] applies f to each value of a time series.

   Examples:
       >> Normal[TimeSeriesMap[g, TimeSeries[{a, b}]]]
       = {{0, g[a]}, {1, g[b]}}
*)
TimeSeriesMap[f_, TimeSeries[path : {{_, _} ..}]] := TimeSeries[Map[{First[#], f[Last[#]]} &, path]]

(* TimeSeriesWindow[series, {t1, t2}] gives the part of a time series from one time to another.

   Examples:
       >> Normal[TimeSeriesWindow[TimeSeries[{5, 6, 8, 9}], {1, 2}]]
       = {{1, 6}, {2, 8}}
*)
TimeSeriesWindow[TimeSeries[path : {{_, _} ..}], {first_, last_}] := With[
  {chosen = Select[path, secondsOf[first] <= secondsOf[First[#]] <= secondsOf[last] &]},
  TimeSeries[chosen] /; chosen =!= {}
]
secondsOf[date_DateObject] := AbsoluteTime[date]
secondsOf[time_] := time

(* TimeSeriesResample[series, dt] gives the values at equal steps, from the first time on.
   TimeSeriesResample[series] takes the smallest step between two times.
   TimeSeriesResample[series, {t1, t2, dt}] and TimeSeriesResample[series, {{t1, t2, …}}] say the times.

   Examples:
       >> ts = TimeSeries[{{1, 10}, {2, 20}, {4, 60}}];
       >> {Normal[TimeSeriesResample[ts]], TimeSeriesResample[ts, {1, 4, 3/2}]["Values"], TimeSeriesResample[ts, {{0, 3}}]["Path"]}
       = {{{1, 10}, {2, 20}, {3, 40}, {4, 60}}, {10, 30, 60}, {{0, 10}, {3, 40}}}
*)
TimeSeriesResample[series_TimeSeries] := TimeSeriesResample[series, Min[Differences[series["Times"]]]] /; series["PathLength"] > 1
TimeSeriesResample[series_TimeSeries, {times_List}] := TimeSeries[Map[{#, series[#]} &, times]]
TimeSeriesResample[series_TimeSeries, {first_, last_, step_}] := TimeSeriesResample[series, {Range[first, last, step]}]
TimeSeriesResample[series_TimeSeries, step_?Positive] := TimeSeriesResample[series, {series["FirstTime"], series["LastTime"], step}]

(* TimeSeriesShift[series, shift] moves all times of a time series.

   Examples:
       >> Normal[TimeSeriesShift[TimeSeries[{5, 6}], 10]]
       = {{10, 5}, {11, 6}}
*)
TimeSeriesShift[TimeSeries[path : {{_, _} ..}], shift_] := TimeSeries[Map[{First[#] + shift, Last[#]} &, path]]

(* WeightedData[{x1, x2, …}, {w1, w2, …}] stands for data with weights.

   Details: Mean, Variance, StandardDeviation, Total, Median, Quantile, Min and Max take the weights into account: Variance is
   the weighted mean square of the distances from the mean, times n/(n - 1) for n data, and Quantile is the smallest of the data up to
   which the share of the weights is q.

   Examples:
       >> data = WeightedData[{1, 2, 6}, {1, 2, 1}];
       >> {Mean[data], Variance[data], Median[data], Quantile[data, 9/10], Total[data]}
       = {11/4, 177/32, 2, 6, 11}
       >> {data["Weights"], Max[data], Variance[WeightedData[{1, 3, 8}, {1, 1, 1}]] == Variance[{1, 3, 8}]}
       = {{1, 2, 1}, 6, True}
   Possible issues:
       >> WeightedData[{1, 2}, {3}]
       message: WeightedData::weights
       = WeightedData[{1, 2}, {3}]
*)
WeightedData::weights = "The weights `1` are not one number, 0 or more, for each of the `2` data, not all 0."
WeightedData[data_List, w_List] := Null /; ! weighted[data, w] && (Message[WeightedData::weights, w, Length[data]]; False)
WeightedData[data_List, f_] := WeightedData[data, Map[f, data]] /; ! ListQ[f] && VectorQ[Map[f, data], NumericQ]
WeightedData[data_List, w_List]["Data" | "InputData"] := data
WeightedData[data_List, w_List]["Weights"] := w
WeightedData /: Mean[WeightedData[data_List, w_List]] := w . data/Total[w] /; weighted[data, w]
WeightedData /: Total[WeightedData[data_List, w_List]] := w . data /; weighted[data, w]
WeightedData /: Variance[WeightedData[data_List, w_List]] := With[{n = Length[data]},
  n/(n - 1) w . (data - w . data/Total[w])^2/Total[w]
] /; weighted[data, w] && Length[data] > 1
WeightedData /: StandardDeviation[given : WeightedData[data_List, w_List]] := Sqrt[Variance[given]] /; weighted[data, w] && Length[data] > 1
WeightedData /: Median[given_WeightedData] := Quantile[given, 1/2]
WeightedData /: Quantile[WeightedData[data_List, w_List], q_] := Quantile[EmpiricalDistribution[w -> data], q] /; weighted[data, w]
WeightedData /: (f : Min | Max)[WeightedData[data_List, w_List]] := f[Pick[data, Map[Positive, w]]] /; weighted[data, w]
weighted[data_, w_] := Length[data] == Length[w] > 0 && VectorQ[w, NumericQ] && Apply[And, NonNegative[w]] && Total[w] > 0

(* RandomDate[] gives a random date of the last hundred years.
   RandomDate[n] gives n of them; RandomDate[{date1, date2}] and RandomDate[{date1, date2}, n] those between two dates.

   Details: Which dates RandomDate[] gives is our choice.

   Examples:
       >> {Head[RandomDate[]], Length[RandomDate[3]], AbsoluteTime[{2026, 1, 1}] <= AbsoluteTime[RandomDate[{{2026, 1, 1}, {2026, 2, 1}}]]}
       = {DateObject, 3, True}
*)
RandomDate[] := dateFrom[AbsoluteTime[] - 100*365.25*86400, AbsoluteTime[]]
RandomDate[n_Integer?NonNegative] := Table[RandomDate[], n]
RandomDate[{first_, last_}] := dateFrom[AbsoluteTime[first], AbsoluteTime[last]]
RandomDate[{first_, last_}, n_Integer?NonNegative] := Table[RandomDate[{first, last}], n]
dateFrom[low_, high_] := DateObject[Round[RandomReal[{low, high}]]]
