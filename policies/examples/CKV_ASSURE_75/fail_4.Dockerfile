FROM debian:12.5 AS build
USER 10001
FROM debian:12.5
COPY --from=build /app /app
