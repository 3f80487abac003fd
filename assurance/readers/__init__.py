"""Evidence documents → records; pure."""
