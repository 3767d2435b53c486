"""The grammar of the language and the table of its operators: data only, read by `wlnet.syntax`."""
