"""Checkov policies on triggers."""
