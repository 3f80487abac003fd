FROM debian:12.5
RUN --network=none <<END
pip install flask
END
