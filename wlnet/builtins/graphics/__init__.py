"""Graphics: primitives, directives, options and the plots that are made of them, as expressions of the language.

A picture is `Graphics[primitives, options]`, an ordinary expression. `values`, `styles` and `primitives` read what stands
in it, `options` is the table of all options, `scenes` makes a scene of it (wlnet/drawings), which is shown as text or
written to a file. `plotting` is what the plots share; then come `list_plots`, `function_plots`, `fields`,
`charts`. Graphics in space are made of `solids`; `space` looks at them.
"""
