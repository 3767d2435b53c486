"""Nets taken apart and put together: every function makes a new net that shares the arrays of its sources."""
