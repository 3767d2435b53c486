"""From a net to a file. Read `tracing`, `recording`, `graph`, `declare`, `steps`, `files`; the rules are in `rules`."""
