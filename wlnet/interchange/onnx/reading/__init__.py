"""From a file to a net: `files` checks it and takes it apart, `reader` goes over its nodes, of which `rules` say the layers,
and `nets` makes those and connects them.
"""
