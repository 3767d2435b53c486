(* Category: Files *)

(* URLParse["address"] gives an association of the parts of an address: "Scheme", "User", "Domain", "Port", "Path", "Query"
   and "Fragment".
   URLParse["address", part] gives one of them.

   Examples:
       >> URLParse["https://a.org:80/b/c%20d?x=1&y=#top"]
       = <|"Scheme" -> "https", "User" -> None, "Domain" -> "a.org", "Port" -> 80, "Path" -> {"", "b", "c d"},
         "Query" -> {"x" -> "1", "y" -> ""}, "Fragment" -> "top"|>
       >> URLParse["http://a.org/b", "Path"]
       = {"", "b"}
*)
URLParse[address_String, part_String] := URLParse[address][part]
URLParse[URL[address_String], rest___] := URLParse[address, rest]
URLParse[address_String] := First[StringCases[address,
  RegularExpression["^(?:([^:/?#]+):)?(?://(?:([^@/?#]*)@)?([^:/?#]*)(?::([0-9]+))?)?([^?#]*)(?:\\?([^#]*))?(?:#(.*))?$"] :>
    <|"Scheme" -> orNone["$1"], "User" -> orNone["$2"], "Domain" -> orNone["$3"],
      "Port" -> If["$4" === "", None, FromDigits["$4"]], "Path" -> Map[URLDecode, StringSplit["$5", "/", All]],
      "Query" -> URLQueryDecode["$6"], "Fragment" -> orNone["$7"]|>, 1]]
orNone[text_] := If[text === "", None, text]

(* URLBuild[path, {"name" -> value, …}] puts an address together of a base, or a list of a base and what follows it, and a query.
   URLBuild[<|"Scheme" -> …, "Domain" -> …, "Path" -> …, "Query" -> …|>] is the inverse of URLParse.

   Examples:
       >> URLBuild[{"https://a.org", "b", "c d"}, {"x" -> 1, "y" -> "é"}]
       = "https://a.org/b/c%20d?x=1&y=%C3%A9"
       >> URLBuild[URLParse["https://a.org:80/b/c%20d?x=1#top"]]
       = "https://a.org:80/b/c%20d?x=1#top"
*)
URLBuild[parts_Association] := StringJoin[
  joinedPart["", parts["Scheme"], ":"],
  If[StringQ[parts["Domain"]], {"//", joinedPart["", parts["User"], "@"], parts["Domain"]}, ""],
  joinedPart[":", parts["Port"], ""],
  If[ListQ[parts["Path"]], StringRiffle[Map[URLEncode, parts["Path"]], "/"], joinedPart["", parts["Path"], ""]],
  If[ListQ[parts["Query"]] && parts["Query"] =!= {}, {"?", URLQueryEncode[parts["Query"]]}, ""],
  joinedPart["#", parts["Fragment"], ""]]
URLBuild[base_String, query_ : {}] := base <> If[Length[query] == 0, "", "?" <> URLQueryEncode[query]]
URLBuild[{base_String, rest___}, query_ : {}] :=
  URLBuild[StringRiffle[{StringTrim[base, "/" ~~ EndOfString], Splice[Map[URLEncode, {rest}]]}, "/"], query]
joinedPart[before_, part_, after_] := If[StringQ[part] || IntegerQ[part], before <> ToString[part] <> after, ""]

(* URLQueryEncode[{"name" -> value, …}] gives the query of an address; also of an association.

   Examples:
       >> URLQueryEncode[{"a" -> "x y", "b" -> 2}]
       = "a=x%20y&b=2"
*)
URLQueryEncode[rules : {___Rule} | _Association] := StringRiffle[
  KeyValueMap[URLEncode[ToString[#1]] <> "=" <> URLEncode[ToString[#2]] &, Association[rules]], "&"]

(* URLQueryDecode["query"] gives the list of rules that the query of an address stands for.

   Examples:
       >> URLQueryDecode["a=x%20y&b=2"]
       = {"a" -> "x y", "b" -> "2"}
*)
URLQueryDecode[""] := {}
URLQueryDecode[query_String] := Map[
  With[{parts = StringSplit[#, "=", All]}, Rule[decodedPlus[First[parts]], decodedPlus[StringRiffle[Rest[parts], "="]]]] &,
  StringSplit[query, "&"]]
decodedPlus[text_] := URLDecode[StringReplace[text, "+" -> " "]]

(* FileSystemMap[f, "dir"] gives an association of the names in a folder, with f of each full name.
   FileSystemMap[f, "dir", n] goes down n levels of folders.

   Examples:
       >> dir = CreateDirectory[]; Export[FileNameJoin[{dir, "a.txt"}], "hello"]; FileSystemMap[FileByteCount, dir]
       = <|"a.txt" -> 5|>
*)
FileSystemMap[f_, folder_String, level_ : 1] := Association[Map[
  FileNameTake[#] -> If[DirectoryQ[#] && level > 1, FileSystemMap[f, #, level - 1], f[#]] &, FileNames["*", folder]]]

(* FileSystemScan[f, "dir"] applies f to the full names in a folder.

   Examples:
       >> dir = CreateDirectory[]; Export[FileNameJoin[{dir, "a.txt"}], "hello"]; Reap[FileSystemScan[Sow[FileNameTake[#]] &, dir]]
       = {Null, {{"a.txt"}}}
*)
FileSystemScan[f_, folder_String] := Scan[f, FileNames["*", folder]]

(* FileNameDepth["name"] gives the number of parts of the name of a file.

   Examples:
       >> FileNameDepth["a/b/c.txt"]
       = 3
*)
FileNameDepth[name_String] := Length[FileNameSplit[name]]

(* GetEnvironment["NAME"] gives NAME -> value for a variable of the system; None for one that is not set.
   GetEnvironment[{name1, …}] gives a list of rules.

   Examples:
       >> SetEnvironment["WLNET_EXAMPLE" -> "1"]; GetEnvironment[{"WLNET_EXAMPLE", "WLNET_NO_SUCH"}]
       = {"WLNET_EXAMPLE" -> "1", "WLNET_NO_SUCH" -> None}
*)
GetEnvironment[name_String] := name -> Replace[Environment[name], $Failed -> None]
GetEnvironment[names_List] := Map[GetEnvironment, names]
