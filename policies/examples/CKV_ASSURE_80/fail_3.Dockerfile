FROM debian:12.5
RUN CI=1 python3 -m pip install flask
