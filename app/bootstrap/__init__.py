"""The only place where objects are built and wired, and where start and stop have their order.

``installation`` is one home, ``connection_kit`` one connection of it; the other modules do one thing each with them.
"""
