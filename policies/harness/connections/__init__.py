"""Checkov policies on connectors and secrets."""
