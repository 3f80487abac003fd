"""Outside → evidence documents; collectors never judge."""
