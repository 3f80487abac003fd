"""Checkov policies on what holds a delivery back."""
