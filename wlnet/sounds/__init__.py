"""Work on the samples of sounds: rates, partitions, Fourier transforms, mel filters, files. Both columns use it, and it
knows neither.

May import `terms` and `errors`; SciPy and soundfile are imported where they are used. Read `signals`, `windows`,
`quantities`, `files`.
"""
