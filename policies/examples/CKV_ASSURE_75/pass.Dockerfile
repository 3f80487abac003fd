FROM debian:12.5 AS base
USER 10001
FROM base
CMD ["/app"]
