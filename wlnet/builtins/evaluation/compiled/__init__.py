"""Terms that compute with explicit numbers alone, compiled to closures.

A closure runs the very functions that the evaluator would run, the short cuts for machine numbers and the built-ins
themselves, and leaves out what is round about them: terms, attributes, the search for rules. So it gives what the
evaluator gives, or raises `Leave` where that is not sure: at a value that is no number, text, list, rule, association, True,
False or Null, at a message, at whatever needs the kernel. Variables are read from and written to an `Env` only, so that a step
that was left can be done again by the evaluator as if nothing had happened. For that, what is changed in place is written
in a journal: parts of lists, values at keys, what was sown, the state of the random generator before the first draw.

Read `values`, `code` (what compiled terms are), `operations`, `compiler`, the tables of what is more than a function of
values (`forms`, `assignments`, `keyed`, `effects`, `scopes`, `iterated`, `functions`), `routines` (functions of the user's),
`remembered`, and `loops`, which is what the loops of the language call.
"""
