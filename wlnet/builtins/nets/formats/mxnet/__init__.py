"""Nets of MXNet: graphs of its operators made nets, and nets made graphs of its operators.

Read `table`, `reading`, `writing`, `rules` (what one operator and one layer have in common, once for both directions), then the
families `layers`, `normalization`, `elementwise`, `shapes`, `parts` and `sequences`; `elements` is what Import gives, and Export writes.
MXNet's first axis is the batch: its axis n is the level n here, and an operator that touches axis 0 has no layer.
"""
