"""Nets in files: what the files hold as terms."""
