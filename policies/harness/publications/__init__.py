"""Checkov policies on what enters a registry."""
