"""Archive and parsed data in an S3 store on loopback, through the clients that an installation uses."""

from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from nianbao.archive import Archive, read_log
from nianbao.archive.log import write_part
from nianbao.archive.place import Place
from nianbao.errors import ReadError
from nianbao.pipeline.storage import ParsedStore
from nianbao.reports.parsed import Reading, to_table
from nianbao_airflow.deploy.prepare import make_bucket
from support.world import report

pytestmark = [
    # The server's and the client's own; ours are errors in all other tests.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def store() -> Iterator[str]:
    """Give the URL of a bucket that an installation has made."""
    server = pytest.importorskip("moto.server")
    pytest.importorskip("s3fs")
    running = server.ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {
            "AWS_ENDPOINT_URL_S3": f"http://{host}:{port}",
            "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_DEFAULT_REGION": "us-east-1",
        }.items():
            patch.setenv(name, value)
        for _ in range(2):
            make_bucket("s3://nianbao/archive")
        yield "s3://nianbao"
        fsspec.filesystem("s3").clear_instance_cache()
    running.stop()


def test_bytes_are_kept_under_their_hash(store: str) -> None:
    archive = Archive(f"{store}/archive")
    sha256 = archive.put("年报".encode())
    assert archive.put("年报".encode()) == sha256
    assert archive.get(sha256).decode() == "年报"
    with pytest.raises(ReadError, match="the archive has no"):
        archive.get("0" * 64)


def test_what_another_worker_wrote_meanwhile_is_seen(store: str, tmp_path: Path) -> None:
    root = f"{store}/archive"
    for runs in (1, 2):
        write_part(root, f"manual__2026-01-20T00:00:0{runs}+00:00", "part", [])
        assert read_log(root, cache=tmp_path).num_rows == 0
        assert len(Place.at(root).listed("log", ".parquet")) == runs


def test_parsed_parts_come_as_files_that_the_database_reads(store: str, tmp_path: Path) -> None:
    parsed = ParsedStore(f"{store}/parsed", tmp_path)
    parsed.write("3", "part-a", to_table([Reading("one", found=(report(),))]))
    [part] = parsed.parts()
    assert Path(part).is_file()
    assert part.endswith("/3/part-a.parquet")
    assert parsed.documents("3") == {"one"}
    assert parsed.documents("2") == set()
