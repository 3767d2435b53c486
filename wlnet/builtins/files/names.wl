(* Category: Files *)

(* FileNameSplit["name"] gives the list of the parts of a file's name.

   Examples:
       >> {FileNameSplit["a/b.txt"], FileNameSplit["/usr/lib"]}
       = {{"a", "b.txt"}, {"", "usr", "lib"}}
*)
FileNameSplit[name_String] := StringSplit[name, $PathnameSeparator, All]

(* FileNameDrop["name", n] gives a file's name without its first n parts, its last ones where n is negative.
   FileNameDrop["name"] drops the last part.

   Examples:
       >> {FileNameDrop["a/b/c.txt"], FileNameDrop["a/b/c.txt", 1]}
       = {"a/b", "b/c.txt"}
*)
FileNameDrop[name_String, n_Integer : -1] := StringRiffle[Drop[FileNameSplit[name], n], $PathnameSeparator]

(* ParentDirectory["directory"] gives the directory in which a directory lies; without an argument, that of the current one.

   Examples:
       >> {ParentDirectory["/usr/lib"], ParentDirectory[] === ParentDirectory[Directory[]]}
       = {"/usr", True}
*)
ParentDirectory[] := ParentDirectory[Directory[]]
ParentDirectory[name_String] := FileNameDrop[ExpandFileName[name]]

(* AbsoluteFileName["name"] gives the full name of a file that is there, else $Failed.

   Examples:
       >> {AbsoluteFileName["."] === Directory[], AbsoluteFileName["no such file"]}
       = {True, $Failed}
*)
AbsoluteFileName[name_String] := If[FileExistsQ[name], ExpandFileName[name], $Failed]

(* FileSize["name"] gives the size of a file as a quantity of bytes; FileByteCount gives the number.

   Examples:
       >> file = CreateFile[]; Export[file, "abc", "Text"]; FileSize[file] === Quantity[3, "Bytes"]
       = True
   Source: https://reference.wolfram.com/language/ref/FileSize.html
*)
FileSize[name : _String | _File] := Replace[FileByteCount[name], count_Integer :> Quantity[count, "Bytes"]]
