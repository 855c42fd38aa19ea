"""Setting up: the first-run wizard and the settings window.

Rule: the flow, the checks and the keeping know no Qt and are tested without it; widgets only show and ask; every word
stands in `texts`. Nothing is sent to QuickBooks before the wizard's last page says so.
"""
