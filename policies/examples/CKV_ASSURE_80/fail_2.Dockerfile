FROM debian:12.5
RUN cd /app && npm install
