"""What a user may set when triggering a DAG; Airflow makes a form of it.

What a schema can refuse is refused as the form is sent; what only the registry knows (a place without
a portal, a pattern that fits none) fails the run's first task with one clear line.
"""

from typing import Any, Final

from airflow.sdk import Param

STANDINGS: Final = ("failed", "blocked", "never_seen", "late")
"""The words of `nianbao.crawl.standing`, which is too heavy to be imported here."""

YEARS: Final = Param(
    None,
    title="报告年度 Report years",
    description_md="如 `[2021, 2022]`。空：一至四月的定时运行只采集上一年度；五月起的"
    "定时运行和手动运行采集所有可能有更新的年度。\n\n"
    "Empty: a scheduled run asks for last year's reports until April; from May on, and by hand, a run "
    "asks for all that may be new.",
    type=["null", "array"],
    # The duty to report began with the year 2008.
    items={"type": "integer", "minimum": 2008, "maximum": 2100},
)
PLACES: Final = Param(
    None,
    title="地区 Places",
    description_md="六位行政区划代码，如 `330300`（温州市）或 `330000`（浙江省，含全部下级）。空：全部。\n\n"
    "Division codes; a province or prefecture takes in all below it. Empty: everywhere.",
    type=["null", "array"],
    items={"type": "string", "pattern": "^[0-9]{6}$"},
)
PORTALS: Final = Param(
    "",
    title="门户 Portals",
    description_md="编号的通配符，用逗号分隔，如 `zhejiang/*, henan/zheng*`。空：全部。\n\n"
    "Patterns of portal ids, parted by commas; `*` stands for anything. Empty: all.",
    type="string",
    pattern="^[a-z0-9_/*?\\[\\]!, -]*$",
    maxLength=1000,
)
ONLY: Final = Param(
    [],
    title="仅限 Only",
    description_md="仅采集处于所选状态之一的门户：上次失败、被拦截、从未取得报告、上一年度报告逾期未见。\n\n"
    "Only portals of which one of these holds: the last harvest failed, was blocked, no report was "
    "ever had, last year's reports are late.",
    type=["null", "array"],
    items={"type": "string", "enum": list(STANDINGS)},
    examples=list(STANDINGS),
    values_display={
        "failed": "采集失败 failed",
        "blocked": "被网站拦截 blocked",
        "never_seen": "从未取得报告 never seen",
        "late": "逾期未见 late",
    },
)
DRY_RUN: Final = Param(
    False,
    title="试运行 Dry run",
    description_md="只读取列表页，在日志中列出将要采集的地址；不取报告，不写入任何数据。\n\n"
    "Asks list pages only and lists in the log what would be asked for; writes nothing.",
    type="boolean",
)
HARVEST_PARAMS: Final[dict[str, Any]] = {
    "years": YEARS,
    "places": PLACES,
    "portals": PORTALS,
    "only": ONLY,
    "dry_run": DRY_RUN,
}

HEALTH_PARAMS: Final[dict[str, Any]] = {
    "stale_days": Param(
        None,
        title="多少天未采集视为停滞 Days that make a portal stale",
        description_md="空：上一次应有的定时采集之后再无采集，即为停滞。\n\n"
        "Empty: a portal is stale where the last scheduled harvest did not ask it.",
        type=["null", "integer"],
        minimum=1,
        maximum=1000,
    ),
    "fail_on": Param(
        "error",
        title="何时使运行失败 What fails the run",
        description_md="发现此级别或更严重的问题时，运行显示为失败。消息照发。\n\n"
        "The run fails where there is a problem of this severity, or a worse one; the digest is "
        "sent either way.",
        type="string",
        enum=["error", "warning", "never"],
    ),
}
DEADLINES_PARAMS: Final[dict[str, Any]] = {
    "day": Param(
        None,
        title="日期 Day",
        description_md="以此日之前的最后一个法定期限为准；空：今天。\n\n"
        "The list is for the last statutory deadline before this day; empty: today.",
        type=["null", "string"],
        format="date",
    ),
}
HOUSEKEEPING_PARAMS: Final[dict[str, Any]] = {
    "keep_versions": Param(
        None,
        title="保留的版本数 Versions that stay",
        description_md="空：按设置 `NIANBAO_VERSIONS_KEPT`。校验报告随版本保留或删除。\n\n"
        "Empty: as in the settings. A version's expectation reports stay and go with it.",
        type=["null", "integer"],
        minimum=2,
        maximum=1000,
    ),
    "export_days": Param(
        90,
        title="旧版本导出文件保留天数 Days that exports of old versions stay",
        type="integer",
        minimum=0,
        maximum=10_000,
    ),
    "run_days": Param(
        400,
        title="Airflow 运行记录保留天数 Days that Airflow's runs stay",
        description_md="默认保留一个完整的年报季再多一些。\n\nA whole season and some weeks by default.",
        type="integer",
        minimum=30,
        maximum=10_000,
    ),
    "log_days": Param(
        120,
        title="任务日志保留天数 Days that task logs stay",
        type="integer",
        minimum=7,
        maximum=10_000,
    ),
    "dry_run": Param(
        False,
        title="试运行 Dry run",
        description_md="只列出将要删除的内容。归档从不删除。\n\n"
        "Only lists what would go. The archive is never pruned.",
        type="boolean",
    ),
}
