"""QuickBooks Desktop: qbXML messages, carried by the QuickBooks Web Connector."""
