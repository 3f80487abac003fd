FROM debian:12.5
RUN --network=none <<END
ENTRYPOINT ["/app"]
END
ENTRYPOINT ["/app"]
