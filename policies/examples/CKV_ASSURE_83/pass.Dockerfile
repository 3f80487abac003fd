FROM debian:12.5 AS build
RUN apt-get update && apt-get install -y gcc
FROM debian:12.5
RUN apt-get update \
 && apt-get install -y curl \
 && rm -rf /var/lib/apt/lists/*
RUN --mount=type=cache,target=/root/.cache pip install --require-hashes -r lock.txt
RUN apk add --no-cache curl
