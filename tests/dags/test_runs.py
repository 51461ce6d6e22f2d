"""DAGs run for real on one metadata database, and the scheduler's answer to many asset events."""

import json
from datetime import UTC, datetime
from time import sleep

import pytest
import yaml

from nianbao.archive.log import write_part
from nianbao.errors import ConfigurationError
from nianbao.model import Fetch, Portal
from nianbao.sample.exchange import Answer
from nianbao.sample.loopback import serving
from nianbao_airflow.names import (
    DEADLINES_DAG,
    HARVEST_DAG,
    HEALTH_DAG,
    HOUSEKEEPING_DAG,
    WAREHOUSE_DAG,
)
from support.world import World

pytestmark = pytest.mark.filterwarnings("ignore")  # Airflow's own, by the dozen


@pytest.fixture(scope="module")
def stored(bag):
    """The DAGs in a metadata database, switched on."""
    from airflow.dag_processing.bundles.manager import DagBundlesManager
    from airflow.dag_processing.dagbag import sync_bag_to_db
    from airflow.models.dag import DagModel
    from airflow.utils.db import initdb
    from airflow.utils.session import create_session

    initdb()
    DagBundlesManager().sync_bundles_to_db()
    sync_bag_to_db(bag, "dags-folder", None)
    with create_session() as session:
        session.query(DagModel).update({DagModel.is_paused: False})
    return bag.dags


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A place of work whose registry is empty."""
    (tmp_path / "portals" / "henan").mkdir(parents=True)
    monkeypatch.setenv("NIANBAO_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NIANBAO_PORTALS_DIR", str(tmp_path / "portals"))
    return tmp_path


def states(run):
    return {ti.task_id: str(ti.state) for ti in run.get_task_instances()}


def result(run, task_id):
    [found] = [ti for ti in run.get_task_instances() if ti.task_id == task_id]
    return found.xcom_pull(task_ids=task_id)


def write_record(folder, stem="site", **values):
    record = {
        "name": "某市人民政府",
        "family": "static",
        "hosts": ["www.example.gov.cn"],
        "start_urls": ["http://www.example.gov.cn/nb/"],
        "politeness": {"seconds_between_requests": 0, "retries": 0},
        **values,
    }
    path = folder / "portals" / "henan" / f"{stem}.yaml"
    path.write_text(yaml.safe_dump(record, allow_unicode=True), "utf-8")


class Scheduler:
    """The scheduler's own code, driven step by step."""

    def __init__(self):
        from airflow.jobs.job import Job
        from airflow.jobs.scheduler_job_runner import SchedulerJobRunner

        self.runner = SchedulerJobRunner(job=Job())

    def event(self):
        from airflow.assets.manager import asset_manager
        from airflow.models.asset import AssetModel
        from airflow.utils.session import create_session
        from sqlalchemy import select

        with create_session() as session:
            asset = session.scalar(select(AssetModel).where(AssetModel.name == "nianbao_parsed"))
            asset_manager.register_asset_change(asset=asset, session=session)

    def turn(self):
        from airflow.utils.session import create_session
        from airflow.utils.sqlalchemy import prohibit_commit

        with create_session() as session, prohibit_commit(session) as guard:
            self.runner._create_dagruns_for_dags(guard, session)
            self.runner._start_queued_dagruns(session)
            guard.commit()

    def turns_until(self, wanted):
        """Go on until the runs are as wanted: the scheduler looks at queued runs at intervals."""
        for _ in range(50):
            self.turn()
            if self.runs() == wanted:
                return
            sleep(0.2)
        assert self.runs() == wanted

    def runs(self):
        from airflow.models.dagrun import DagRun
        from airflow.utils.session import create_session
        from sqlalchemy import select

        query = select(DagRun).where(DagRun.dag_id == WAREHOUSE_DAG).order_by(DagRun.id)
        with create_session() as session:
            return [str(run.state) for run in session.scalars(query)]

    def finish(self):
        from airflow.models.dagrun import DagRun
        from airflow.utils.session import create_session

        with create_session() as session:
            active = session.query(DagRun).filter_by(dag_id=WAREHOUSE_DAG, state="running")
            active.update({DagRun.state: "success"})


def test_ten_harvests_during_a_refresh_are_one_refresh_more(stored):
    scheduler = Scheduler()
    scheduler.event()
    scheduler.turns_until(["running"])
    for _ in range(10):
        scheduler.event()
        scheduler.turn()
    assert scheduler.runs() == ["running"]
    scheduler.finish()
    # One for all ten: a build reads whatever is there when it begins.
    scheduler.turns_until(["success", "running"])
    scheduler.finish()


def test_a_dry_harvest_lists_what_it_would_ask_for_and_writes_nothing(stored, home):
    title = "某市{}年政府信息公开工作年度报告"
    links = (f'<li><a href="/nb/{y}.html">{title.format(y)}</a></li>' for y in (2023, 2024))
    page = "".join(links).encode()
    asked = []

    def answer(request):
        asked.append(request.path)
        if request.path != "/nb/":
            return Answer(404)
        return Answer(body=b"<html><ul>" + page * 20 + b"</ul></html>")

    with serving(answer, "127.0.0.1") as site:
        host = site.netloc
        write_record(
            home, hosts=[host], networks=["127.0.0.0/8"], start_urls=[f"http://{host}/nb/"]
        )
        conf = {"dry_run": True, "years": [2024], "portals": "henan/*"}
        run = stored[HARVEST_DAG].test(run_conf=conf)
    assert {path for path in asked if path != "/robots.txt"} == {"/nb/"}
    assert states(run) == {
        **dict.fromkeys(["plan", "harvest", "tally"], "success"),
        **dict.fromkeys(["pending", "read", "announce"], "skipped"),
    }
    assert not (home / "home" / "archive").exists()
    assert result(run, "tally")["outcomes"] == {"would_be_new": 1}


def test_without_a_plan_nothing_else_runs_and_the_warehouse_is_not_started(stored, home):
    write_record(home)
    run = stored[HARVEST_DAG].test(run_conf={"portals": "hunan/*"})
    assert str(run.state) == "failed"
    assert states(run) == {
        "plan": "failed",
        "harvest": "upstream_failed",
        **dict.fromkeys(["tally", "pending", "read"], "skipped"),
        "announce": "upstream_failed",
    }


def test_what_other_shards_brought_is_told_and_read_where_one_is_lost(stored, home, monkeypatch):
    told, shards = [], [["henan/lost"], ["henan/well"]]
    monkeypatch.setattr("nianbao.pipeline.harvest.plan", lambda *_, **__: shards)
    monkeypatch.setattr("nianbao_airflow.tasks.alerts.digest", lambda *digest: told.append(digest))

    def harvest(_settings, shard, *_, **__):
        if shard == ["henan/lost"]:
            raise ConfigurationError("a fault of ours")
        return {"portals": 1, "hosts": 1, "outcomes": {"fetched": 1}, "trouble": []}

    monkeypatch.setattr("nianbao.pipeline.harvest.harvest", harvest)
    # In full: `test` keeps what the run before it was given.
    run = stored[HARVEST_DAG].test(run_conf={"dry_run": False, "years": None, "portals": ""})
    assert str(run.state) == "failed"
    ended = {(ti.task_id, ti.map_index): str(ti.state) for ti in run.get_task_instances()}
    assert ended == {
        ("plan", -1): "success",
        ("harvest", 0): "failed",
        ("harvest", 1): "success",
        ("tally", -1): "failed",
        ("pending", -1): "success",
        ("read", -1): "skipped",
        ("announce", -1): "success",
    }
    [(kind, summary)] = told
    assert (kind, summary["portals"], summary["outcomes"]) == ("harvest", 1, {"fetched": 1})


def test_a_sick_portal_fails_the_health_run_and_is_in_its_summary(stored, home):
    now = datetime.now(UTC)
    write_record(home)
    write_record(home, "well", name="某县人民政府")
    fetches = [
        Fetch(f"henan/{name}", f"http://{name}/nb/", "list", outcome, now, 5)
        for name, outcome in (("site", "blocked"), ("well", "fetched"))
    ]
    write_part(str(home / "home" / "archive"), "today", "part", fetches)
    run = stored[HEALTH_DAG].test(run_conf={"stale_days": 30})
    assert states(run) == {"examine": "success", "judge": "failed"}
    summary = result(run, "examine")
    assert (summary["portals"], summary["healthy"], summary["error"]) == (2, 1, 1)
    [line] = summary["blocked"]
    assert line.startswith("某市人民政府（henan/site）：最近一次采集被网站拦截")
    json.dumps(summary)


def test_the_deadlines_list_the_absent_and_never_those_of_a_portal_that_was_not_read(stored, home):
    world = World(home)
    agency = {"id": "org-a", "name": "某市教育局", "division": "410100", "kind": "department"}
    blocked = {"id": "org-b", "name": "某市民政局", "division": "410100", "kind": "department"}
    world.portals = (
        Portal(id="p/site", name="s", family="static", agencies=(agency,), years={"first": 2024}),
        Portal(id="p/shut", name="b", family="static", agencies=(blocked,), years={"first": 2024}),
    )
    world.harvest_on("2026-02-01")
    world.ask("http://s/list")
    world.ask("http://b/list", "blocked", "p/shut")
    world.finish()
    version = home / "home" / "warehouse" / "versions" / "20260201T120000Z-00000000"
    version.mkdir(parents=True)
    world.build().replace(version / "nianbao.duckdb")
    publish(home / "home" / "warehouse", version)
    run = stored[DEADLINES_DAG].test(run_conf={"day": "2026-02-02"})
    assert states(run) == {"lists": "success"}
    found = result(run, "lists")
    assert (found["year"], found["absent"], found["unreadable"] >= 1) == (2025, 1, True)
    lists = sorted((home / "home" / "deadlines").iterdir())
    assert [path.name for path in lists] == [
        "2025-0131-as-of-2026-02-01.csv",
        "2025-0131-as-of-2026-02-01.xlsx",
    ]
    text = lists[0].read_text("utf-8-sig")
    assert "某市教育局,未公布,absent" in text
    assert "某市民政局,暂不能判断,not_seen" in text


def publish(root, version):
    """Make a folder the version that readers see, as publishing does."""
    (root / "current").symlink_to(version)
    entry = {"id": version.name, "content_hash": "", "inputs_hash": "", "counts": {}}
    entry["published_at"] = "2026-02-01T12:00:00+00:00"
    (root / "versions.json").write_text(json.dumps({"versions": [entry], "rollback": None}))


def test_a_dry_housekeeping_removes_nothing(stored, home, monkeypatch):
    from airflow.sdk.configuration import conf

    folder = home / "logs" / "dag_id=a" / "run_id=b"
    folder.mkdir(parents=True)
    monkeypatch.setenv("AIRFLOW__LOGGING__BASE_LOG_FOLDER", str(home / "logs"))
    assert conf.get("logging", "base_log_folder") == str(home / "logs")
    monkeypatch.delenv("NIANBAO_METADATA_URL", raising=False)
    run = stored[HOUSEKEEPING_DAG].test(run_conf={"dry_run": True, "log_days": 7})
    assert states(run) == {"versions": "success", "runs": "skipped", "logs": "success"}
    assert folder.exists()
