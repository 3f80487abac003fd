FROM debian:12.5
RUN /opt/app/bin/pip install --no-cache-dir --require-hashes -r lock.txt && pip uninstall --yes pip
RUN python -m pip install --no-deps .
RUN ["npm", "ci"]
RUN yarn install --immutable
