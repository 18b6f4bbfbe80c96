"""A meeting about a plan: one process that holds the session, and a page on this machine alone.

Only this package knows Tornado, which comes with the extra ``[review]``: it has tokens against
forged requests and web sockets built in, and depends on nothing.
"""
