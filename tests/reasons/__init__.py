"""Every reason provoked where users meet it: in the practice world, through Cedar, the endpoint and the record."""
