"""Nets that are built in, untrained: what NetModel knows, each a declaration with the text of the program that makes it.

Imports declarations and terms alone; the bridge evaluates the programs. Read `declare`, then any family.
"""

from wlnet.models.declare import MODELS, Model, load_models, model

__all__ = ["MODELS", "Model", "load_models", "model"]
