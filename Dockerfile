# Caveat in a container that writes nothing.
#
#   docker build --tag caveat .
#   docker run --read-only --tmpfs /tmp:rw,noexec,nosuid,nodev,size=64m --cap-drop ALL \
#     --security-opt no-new-privileges --ulimit core=0 --publish 127.0.0.1:8080:8080 caveat
#
# Settings are CAVEAT_* variables, or flags after `caveat serve --bind 0.0.0.0:8080`. To serve rules of your own, mount
# them read-only over /app/rules. The interpreter is the one that the tests run on.

FROM python:3.11-slim-bookworm AS build
WORKDIR /app
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
COPY requirements.lock ./
RUN python -m venv .venv && .venv/bin/python -m pip install --require-hashes -r requirements.lock
COPY pyproject.toml LICENSE NOTICE ./
COPY service service
# Installed where it stands, because the service finds rules and data beside itself; then nothing can install any more.
RUN .venv/bin/python -m pip install --no-deps --no-build-isolation --editable . \
 && .venv/bin/python -m compileall -q service \
 && .venv/bin/python -m pip uninstall --yes flit_core pip
COPY rules rules
COPY data data

# A rule set with a mistake in it makes no image: the last stage copies from here.
FROM build AS check
ENV PYTHONDONTWRITEBYTECODE=1
RUN .venv/bin/caveat check

FROM python:3.11-slim-bookworm
ENV PATH=/app/.venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
WORKDIR /app
COPY --from=check /app /app
USER 10001:10001
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=3s --start-period=20s \
  CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8080/healthz', timeout=2)"]
ENTRYPOINT ["caveat"]
CMD ["serve", "--bind", "0.0.0.0:8080"]
