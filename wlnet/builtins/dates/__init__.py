"""Dates and times: what terms mean as `moments`, `dates` made of them, their `elements`, and `steps` from one to another."""
