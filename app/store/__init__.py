"""The durable record: what Cedar said, what was meant, what the books answered, and who moved what when."""
