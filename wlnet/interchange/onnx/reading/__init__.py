"""From a file to a net. Read `files`, `flows`, `nodes`, `reader`, `nets`; the rules are in `rules`."""
