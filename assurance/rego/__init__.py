"""Requirements as policies that Harness enforces itself, and what escapes a policy."""
