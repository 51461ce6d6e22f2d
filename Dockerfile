# Everything that reading needs: LibreOffice for .doc and .wps, a program for .rar, and the packages for scans.
#   docker build -t nianbao .
#   docker run --rm -v "$PWD:/data" -w /data nianbao parse report.doc
FROM python:3.11-slim-bookworm

RUN apt-get update \
 && apt-get install --yes --no-install-recommends \
      fonts-noto-cjk libarchive-tools libreoffice-writer-nogui \
 && rm -rf /var/lib/apt/lists/*

# The lock first: a change of the code does not install everything anew.
WORKDIR /opt/nianbao
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock

COPY pyproject.toml README.md LICENSE ./
COPY include ./include
COPY great_expectations ./great_expectations
RUN pip install --no-cache-dir --no-deps --no-build-isolation -e .

# Nothing here needs to be root, and what publishers wrote is read here.
RUN useradd --create-home --uid 50000 nianbao
USER nianbao
ENTRYPOINT ["nianbao"]
