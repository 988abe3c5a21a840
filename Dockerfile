# The image of web, worker, beat and migration. Every step is a stage of ops/setup, the script that `make` uses too,
# so that what is tested is what is built.

FROM debian:12-slim AS ground
WORKDIR /app
COPY ops/ ops/
RUN ops/setup production system && rm -rf /var/lib/apt/lists/* .lokal/logg

FROM ground AS build
COPY requirements.txt ./
RUN ops/setup production python
COPY package.json package-lock.json .npmrc ./
RUN ops/setup production frontend
COPY . .
RUN ops/setup production static && rm -rf node_modules .lokal/verktoy .lokal/logg

FROM ground
COPY --from=build /app /app
ENV PATH=/app/.lokal/venv/bin:$PATH PYTHONUNBUFFERED=1 LANG=C.UTF-8 XDG_CACHE_HOME=/tmp
# Uploads and made documents live in a volume that the services' user may write to.
RUN mkdir -p /filer && chown kompetanse: /filer
VOLUME /filer
USER kompetanse
EXPOSE 8000
CMD ["gunicorn", "kompetanse.wsgi", "--bind", "0.0.0.0:8000", "--workers", "4", "--preload", "--max-requests", "5000", "--max-requests-jitter", "500", "--timeout", "60", "--access-logfile", "-", "--logger-class", "kompetanse.logs.AccessLogger", "--forwarder-headers", "", "--no-control-socket"]
