"""QuickBooks Online: estimates or invoices, pushed over HTTPS."""
