"""The names that make nets: layers, containers, operators, arrays, built-in nets."""
