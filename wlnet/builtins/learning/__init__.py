"""Learning around nets: clusters, fewer dimensions, features, and classifiers and predictors by other methods than nets.

Read `vectors`, `criteria`, then `features` (rows of numbers of any examples), `training_data`, `methods`, `supervised`,
`classify`, `predict`; then `clusters`, `dimensions` and `extraction`. What measures classifiers is in `nets/training`, beside
what measures nets. A function that has learned is, as a term, the examples and the method that make it again.
"""
