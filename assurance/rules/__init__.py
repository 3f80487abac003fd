"""Records → findings; pure. Absent is empty (`""`, `()`, `0`), never `None`; unknown raises."""
