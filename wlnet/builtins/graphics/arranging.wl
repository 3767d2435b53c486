(* Category: Graphics *)

(* GraphicsRow[{g1, g2, …}] is graphics side by side.

   Examples:
       >> GraphicsRow[{a, b}]
       = GraphicsGrid[{{a, b}}]
*)
GraphicsRow[list_List, options___Rule] := GraphicsGrid[{list}, options]

(* GraphicsColumn[{g1, g2, …}] is graphics one below the other.

   Examples:
       >> GraphicsColumn[{a, b}]
       = GraphicsGrid[{{a}, {b}}]
*)
GraphicsColumn[list_List, options___Rule] := GraphicsGrid[Map[List, list], options]
