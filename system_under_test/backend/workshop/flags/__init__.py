"""Feature flags through OpenFeature; which provider answers is a matter of configuration."""
