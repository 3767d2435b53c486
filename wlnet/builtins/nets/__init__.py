"""Nets in the language: constructors, application, surgery, information, training, tracing, files.

The modules are loaded when a program first uses a name that the rest of the language does not have, so that a program
without nets does not wait for them. Here lies what a net does in the language: `apply` and its `batches`, `ports` and
`states`, `gradients`, `coders`, and nets as `text` and as terms (`net_terms`); each folder is one subject.
"""
