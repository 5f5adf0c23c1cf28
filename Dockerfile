# Built in two steps, so that what builds it is not in what runs. BASE names another Python image with the same tools.
ARG BASE=python:3.13-slim
FROM ${BASE} AS build
WORKDIR /build
RUN python -m venv /opt/vendorbot
COPY requirements/run.txt requirements/run.txt
RUN /opt/vendorbot/bin/pip install --disable-pip-version-check --no-cache-dir --no-compile --require-hashes --requirement requirements/run.txt
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY store store
RUN /opt/vendorbot/bin/pip install --disable-pip-version-check --no-cache-dir --no-deps --no-build-isolation . \
    && /opt/vendorbot/bin/python -m compileall -q /opt/vendorbot/lib

FROM ${BASE}
RUN useradd --system --uid 10001 --home-dir /var/lib/vendorbot --create-home vendorbot
COPY --from=build /opt/vendorbot /opt/vendorbot
ENV PATH=/opt/vendorbot/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DATABASE_URL=sqlite:////var/lib/vendorbot/vendorbot.db LISTEN_ADDRESS=0.0.0.0 LISTEN_PORT=8080
# The root file system may be read-only: only this folder is written to, and only where the database is SQLite.
VOLUME /var/lib/vendorbot
WORKDIR /var/lib/vendorbot
USER vendorbot
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:' + os.environ['LISTEN_PORT'] + '/health', timeout=4)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["vendorbot"]
CMD ["run"]
