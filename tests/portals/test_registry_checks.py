"""What the loader refuses beyond types: codes, places, names, with the line that is wrong."""

from pathlib import Path

import pytest

from nianbao.errors import ConfigurationError
from nianbao.model import Agency, Portal
from nianbao.model.credit_code import check_character, is_credit_code
from nianbao.portals.checks import registry_faults
from nianbao.portals.provinces import province_of, provinces
from nianbao.portals.registry import load_portal

CODE = "11370983004351377Y"
RECORD = """name: 某市人民政府
family: hanweb
hosts:
  - www.example.gov.cn
start_urls:
  - http://www.example.gov.cn/col/col1/index.html
agencies:
  - id: one
    name: 某市教育局
{agency}
"""


def load(folder: Path, agency: str = "", *, province: str = "shandong", more: str = "") -> Portal:
    path = folder / province / "example.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    indented = "".join(f"    {line}\n" for line in agency.splitlines())
    path.write_text(RECORD.format(agency=indented) + more, "utf-8")
    return load_portal(path, folder)


def refusal(folder: Path, *arguments: str, **more: str) -> str:
    with pytest.raises(ConfigurationError) as caught:
        load(folder, *arguments, **more)
    return str(caught.value).replace(str(folder), "")


@pytest.mark.parametrize(
    "code",
    [
        CODE,
        "11370900752680889G",
        "11370900004341478Q",
        "11370900MB2535551R",
        "11370322004222241N",
    ],
)
def test_real_credit_codes_check(code: str):
    assert is_credit_code(code)
    assert check_character(code[:-1]) == code[-1]


@pytest.mark.parametrize("code", [CODE[:-1] + "X", CODE[:-1], CODE + "0", "I" + CODE[1:], ""])
def test_misprinted_credit_codes_do_not(code: str):
    assert not is_credit_code(code)


def test_two_neighbours_swapped_are_noticed():
    for place in range(16):
        swapped = CODE[:place] + CODE[place + 1] + CODE[place] + CODE[place + 2 :]
        assert swapped == CODE or not is_credit_code(swapped)


def test_a_misprinted_code_is_refused_with_its_line_and_what_it_should_end_in(tmp_path: Path):
    assert refusal(tmp_path, "credit_code: 11370983004351377X") == (
        "/shandong/example.yaml:10: agencies.0.credit_code: 11370983004351377X is misprinted: "
        "its last character should be Y"
    )


def test_a_division_of_another_province_than_the_folder_is_refused(tmp_path: Path):
    message = refusal(tmp_path, 'division: "410711"')
    assert message.startswith("/shandong/example.yaml:10: agencies.0.division: 41… is not in shan")


def test_a_code_of_another_province_is_refused(tmp_path: Path):
    assert "agencies.0.credit_code: 37…" in refusal(
        tmp_path, f"credit_code: {CODE}", province="henan"
    )


def test_a_folder_that_is_no_province_takes_any_code(tmp_path: Path):
    assert load(tmp_path, f"credit_code: {CODE}", province="central").agencies[0].credit_code


def test_an_id_made_from_another_code_is_refused(tmp_path: Path):
    same = f"- id: cn-{CODE}\n  name: 某市商务局\n  credit_code: {CODE}"
    other = same.replace(f"credit_code: {CODE}", "credit_code: 11370900752680889G")
    assert load(tmp_path, more="  " + same.replace("\n", "\n  ") + "\n").agencies[1].id
    message = refusal(tmp_path, more="  " + other.replace("\n", "\n  ") + "\n")
    assert f"agencies.1.id: cn-{CODE} is not cn- and the agency's credit_code" in message


def test_a_name_that_two_agencies_have_is_refused(tmp_path: Path):
    message = refusal(tmp_path, more="  - {id: two, name: 某市商务局, aliases: [某市 教育局]}\n")
    assert message == "/shandong/example.yaml:7: agencies: name given twice: 某市教育局"


def test_every_fault_is_told_at_once(tmp_path: Path):
    message = refusal(tmp_path, "credit_code: 11370983004351377X\ndivision: '410711'")
    assert message.count("/shandong/example.yaml:") == 2


def test_agencies_may_stand_in_a_csv_file_beside_the_record(tmp_path: Path):
    write_agencies(tmp_path, f"某市商务局,{CODE},370983,市商务局、商务局,department")
    portal = load(tmp_path, more="agencies_file: example.csv\n")
    assert portal.agencies[1] == Agency(
        id=f"cn-{CODE}",
        name="某市商务局",
        credit_code=CODE,
        division="370983",
        aliases=("市商务局", "商务局"),
        kind="department",
    )


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("某市商务局,11370983004351377X,370983,,", "csv:2: credit_code: 11370983004351377X is mis"),
        ("某市商务局,,370983,,", "csv:2: an id, where there is no credit_code"),
        (f"某市商务局,{CODE},37098,,", "csv:2: division: String should match"),
        (f"某市商务局,{CODE},370983,,bureau", "csv:2: kind: Input should be"),
        (f"某市商务局,{CODE},370983,,,x", "csv:2: more values than columns"),
        (f",{CODE},370983,,", "csv:2: name: Field required"),
    ],
)
def test_a_fault_in_the_csv_file_names_its_line(tmp_path: Path, line: str, reason: str):
    write_agencies(tmp_path, line)
    assert reason in refusal(tmp_path, more="agencies_file: example.csv\n")


def test_a_csv_file_with_unknown_columns_or_none_at_all(tmp_path: Path):
    write_agencies(tmp_path, "", head="name,colour")
    assert "csv:1: unknown columns colour" in refusal(tmp_path, more="agencies_file: example.csv\n")
    write_agencies(tmp_path, "", head="id")
    assert "csv:1: no column `name`" in refusal(tmp_path, more="agencies_file: example.csv\n")
    assert "none.csv" in refusal(tmp_path, more="agencies_file: none.csv\n")


def test_a_csv_file_elsewhere_is_refused(tmp_path: Path):
    assert "agencies_file" in refusal(tmp_path, more="agencies_file: ../../secret.csv\n")


def test_records_that_contradict_each_other_are_told():
    first = portal("henan/a", Agency(id="one", name="某局", credit_code=CODE))
    second = portal("henan/b", Agency(id="one", name="某委"), Agency(id="two", name="某 局"))
    faults = registry_faults([first, second])
    assert faults == [
        "organisation one is several: 某委 in henan/b, 某局 in henan/a",
        "name 某局 is several: one in henan/a, two in henan/b",
        "start URL http://x.gov.cn/ is several: henan/a in henan/a, henan/b in henan/b",
    ]


def test_the_provinces_are_those_of_the_country():
    assert len(provinces()) == 31
    assert len({province.code for province in provinces().values()}) == 31


@pytest.mark.parametrize(
    ("name", "division", "folder"),
    [
        ("浙江", "", "zhejiang"),
        ("浙江省", "", "zhejiang"),
        ("Zhejiang", "", "zhejiang"),
        ("", "330105", "zhejiang"),
        ("陕西", "", "shaanxi"),
        ("内蒙古自治区", "", "neimenggu"),
    ],
)
def test_a_province_is_known_by_name_or_division(name: str, division: str, folder: str):
    province = province_of(name, division)
    assert province
    assert province.folder == folder


def test_an_unknown_province_is_none():
    assert province_of("某省", "330105") is None
    assert province_of() is None


def write_agencies(
    folder: Path, line: str, *, head: str = "name,credit_code,division,aliases,kind"
) -> None:
    (folder / "shandong").mkdir(exist_ok=True)
    (folder / "shandong" / "example.csv").write_text(f"{head}\n{line}\n", "utf-8-sig")


def portal(portal_id: str, *agencies: Agency) -> Portal:
    return Portal(
        id=portal_id,
        name="x",
        family="hanweb",
        hosts=("x.gov.cn",),
        start_urls=("http://x.gov.cn/",),
        agencies=agencies,
    )
