FROM debian:12.5 AS base
RUN apk add curl
FROM base
CMD ["/app"]
