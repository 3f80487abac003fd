"""Checkov policies on load balancers."""
