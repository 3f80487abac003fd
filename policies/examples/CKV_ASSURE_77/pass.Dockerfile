FROM debian:12.5
HEALTHCHECK --interval=5s CMD ["/app", "check"]
