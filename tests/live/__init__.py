"""The contract with QuickBooks Online, kept by the practice service and, where its keys are given, by the real one."""
