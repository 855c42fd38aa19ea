"""The practice world: stand-ins for the services around the program, for the demo, for training and for tests.

Rule: the program proper imports nothing from here.
"""
