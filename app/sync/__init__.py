"""The use cases: pull, plan, run, retry, and the facade the window and the command line speak to."""
