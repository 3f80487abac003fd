"""Checkov policies on registries."""
