"""Checkov policies on buckets."""
