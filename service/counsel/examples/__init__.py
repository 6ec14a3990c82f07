"""Examples: run, measured, and tried against slips of the pen."""
