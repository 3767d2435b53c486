"""The kinds of coders; every module here is found by walking the package."""
