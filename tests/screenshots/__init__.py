"""Pictures of all a person sees, as a command: ``python -m tests.screenshots OUT_DIR``; somebody looks at them."""
