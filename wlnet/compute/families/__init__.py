"""The operations by family; every module here is found by walking the package."""
