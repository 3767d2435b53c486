"""Probability: distributions, what is known of them, random values, estimates, expectations and tests.

A distribution is a block in one of the `.wl` files, which says what is known of it in private functions of the language:
`valid` (whether its parameters are in their range), `domain` (the ends of its support), `kind` ("Continuous", "Discrete" or
"Multivariate"), `density`, `cumulative`, `inverse` (of the cumulative one), `mean`, `variance`, `skewness`, `kurtosis`,
`characteristic`, `fit` (the parameters of greatest likelihood, where there is a formula), `draws` (random values: what method
of NumPy's generators gives them, or a program), and `scipy`: the name and parameters of SciPy's form. What a block does
not say is worked out numerically. Read `facts`, `made` (forms in SciPy's manner of what has none there), `functions`, the
rest in any order.
"""
