"""FunctionLayer: what a function of the language means as a net."""
