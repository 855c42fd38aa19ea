"""The QuickBooks Web Connector: its envelopes, its sessions and the endpoint it calls."""
