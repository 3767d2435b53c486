"""Work on the pixels of images: color spaces, sizes, files. Both columns use it, and it knows neither.

May import `terms` and `errors`; Pillow and `av` are imported when a file is read or written. Arrays of pixels have the
channels last. Read `spaces`, `resampling`, `fitting`, `files`.
"""
