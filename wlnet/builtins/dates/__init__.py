"""Dates and times: read from any of their forms, computed with, and written."""
