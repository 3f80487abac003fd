"""Checkov policies on identities."""
