"""Checkov policies on what runs in the end."""
