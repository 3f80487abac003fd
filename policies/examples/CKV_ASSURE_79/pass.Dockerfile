ARG VERSION=12.5
ARG BASE=debian:${VERSION}
FROM --platform=linux/amd64 ${BASE} AS build
FROM build AS test
FROM gcr.io/distroless/static@sha256:0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a
COPY --from=build /app /app
