"""Learning without nets, around them: clusters of vectors, and vectors of fewer dimensions.

Read `vectors`, then the others.
"""
