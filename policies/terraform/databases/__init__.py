"""Checkov policies on databases."""
