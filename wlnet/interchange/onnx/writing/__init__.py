"""From a net to a file: `recording` finds what the net does, `rules` say it in nodes, `graph` collects these, `files` writes."""
