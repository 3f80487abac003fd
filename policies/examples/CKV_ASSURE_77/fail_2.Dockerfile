FROM debian:12.5 AS build
HEALTHCHECK CMD ["/app"]
FROM debian:12.5
COPY --from=build /app /app
