FROM debian:12.5 AS build
FROM debian:latest
COPY --from=build /app /app
