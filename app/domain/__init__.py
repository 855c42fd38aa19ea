"""What Cedar Sync means by its words: charges, invoices, sales orders, states, reasons.

Pure: no files, sockets or clocks.
"""
