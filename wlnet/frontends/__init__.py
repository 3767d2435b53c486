"""How a user reaches a session: the command `wlnet` and its scripts.

May import everything; nobody imports it. Read `events`, `command`.
"""
