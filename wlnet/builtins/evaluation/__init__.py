"""What evaluation itself is made of: definitions, scoping, control, rules, options, messages, forms of output.

Every module here is found by walking the package.
"""
