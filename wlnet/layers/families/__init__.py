"""The families of layers; every module here is found by walking the package."""
