"""The main window: banner, filters, the list of rows, one row in detail, left-out money and the reconciliation."""
