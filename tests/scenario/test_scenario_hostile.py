"""Files made to break the program are refused with a sentence, in under a second."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from sim.refusals import Refusal
from sim.scenario import load

HEAD = 'format = 1\nid = "small"\ntitle = "T"\nquestion = "Q"\n'


def refused(path: Path) -> str:
    """The refusal's text; fails when the file is accepted or takes a second of work."""
    begun = time.process_time()
    with pytest.raises(Refusal) as refusal:
        load(path)
    assert time.process_time() - begun < 1.0
    text = str(refusal.value)
    assert len(text) < 20_000
    return text


def saved(folder: Path, text: str | bytes) -> Path:
    path = folder / "small.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_file_of_a_hundred_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "small.toml"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    assert refused(path) == f"{path}: the file has 100.0 MB; allowed are 0.5 MB."


def test_a_table_of_a_hundred_megabytes_is_refused_unread(write, tmp_path: Path) -> None:
    path = write()
    with (tmp_path / "flows.csv").open("wb") as file:
        file.truncate(100_000_000)
    assert refused(path) == f"{tmp_path / 'flows.csv'}: the file has 100.0 MB; allowed are 20 MB."


@pytest.mark.parametrize("bracket", ["[", "{a="])
def test_deep_nesting_is_refused_before_it_is_parsed(bracket: str, tmp_path: Path) -> None:
    path = saved(tmp_path, HEAD + "x = " + bracket * 100_000)
    assert refused(path) == f"{path}:5: brackets are nested more than 12 deep; a scenario needs no more than 4."


@pytest.mark.parametrize("line", ["a" + ".a" * 200_000 + " = 1", "[a" + ".a" * 200_000 + "]", '"a"' + '."a"' * 100_000 + " = 1"])
def test_a_key_of_very_many_parts_is_refused_before_it_is_parsed(line: str, tmp_path: Path) -> None:
    path = saved(tmp_path, HEAD + line)
    assert refused(path) == f"{path}:5: a key has more than 8 parts; a scenario needs no more than 4."


@pytest.mark.parametrize(
    "text",
    [
        "x = 1\n" * 1,
        "".join(f"x{n} = 1\n" for n in range(30_000)),
        "".join(f"[t{n}]\n" for n in range(40_000)),
        "".join("[[state]]\n" for _ in range(45_000)),
        "x = [" + "1," * 200_000 + "]\n",
        'x = "' + "a" * 400_000 + '"\n',
        'x = """' + "\n" * 400_000,
        "a" * 400_000,
        '"' * 400_000,
        "'''" * 100_001,
        "#" * 400_000,
        "\n" * 400_000,
        "x = " + "9" * 5000 + "\n",
        "quarters = " + "9" * 4000 + "\n",
        "quarters = 0x" + "f" * 100_000 + "\n",
        "quarters = 1e400\n",
        "quarters = 2014-01-01\n",
        "quarters = 9999-99-99\n",
        '\\"' * 200_000,
        ('\\"""' + "x" * 45 + "\n") * 8_000,
        ('\\"""' + "x" * 45 + "\n") * 8_000 + "\\",
        "\\'" * 200_000,
    ],
    ids=range(22),
)
def test_large_and_odd_texts_are_refused_quickly(text: str, tmp_path: Path) -> None:
    assert refused(saved(tmp_path, HEAD + text)).startswith(str(tmp_path))


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = saved(tmp_path, HEAD.encode() + b"\xff\xfe")
    assert refused(path) == f"{path}: byte {len(HEAD)} is not UTF-8 text; save the file as UTF-8."


def test_a_zero_byte_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path, HEAD.encode() + b"\x00")
    assert refused(path) == f"{path}: the file holds a zero byte, so it is not text; save it as UTF-8 text."


def test_a_folder_and_a_pipe_are_not_files(tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()
    assert "there is no such file" in refused(tmp_path / "folder.toml")
    os.mkfifo(tmp_path / "pipe.toml")
    assert "there is no such file" in refused(tmp_path / "pipe.toml")


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../flows.csv", "a/../../flows.csv", "..\\\\flows.csv", "C:\\\\flows.csv", "\\\\\\\\host\\\\flows.csv", "."]
)
def test_a_table_name_that_leads_out_of_the_folder_is_refused(name: str, write) -> None:
    text = refused(write('"flows.csv"', f'"{name}"'))
    assert "leads out of the scenario's folder; name a file in it" in text


def test_a_link_that_leads_out_of_the_folder_is_refused(write, tmp_path: Path) -> None:
    path = write()
    outside = tmp_path.parent / f"{tmp_path.name}-outside.csv"
    outside.write_text((tmp_path / "flows.csv").read_text())
    (tmp_path / "flows.csv").unlink()
    (tmp_path / "flows.csv").symlink_to(outside)
    assert refused(path).endswith("'flows.csv' is a link that leads out of the scenario's folder; put the file itself there.")


def test_a_link_to_itself_is_refused(write, tmp_path: Path) -> None:
    path = write()
    (tmp_path / "flows.csv").unlink()
    (tmp_path / "flows.csv").symlink_to(tmp_path / "flows.csv")
    assert "flows.csv" in refused(path)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("NORTH,SOUTH,goods,nan", "8: value is nan; allowed is 0 to 1e+09."),
        ("NORTH,SOUTH,goods,inf", "8: value is inf; allowed is 0 to 1e+09."),
        ("NORTH,SOUTH,goods,-1", "8: value is -1; allowed is 0 to 1e+09."),
        ("NORTH,SOUTH,goods,1e300", "8: value is 1e+300; allowed is 0 to 1e+09."),
        ("NORTH,SOUTH,goods,much", "8: value is 'much', which is not a number; allowed is 0 to 1e+09."),
        ("NORTH,SOUTH,goods", "8: the row has 3 cells; the header names 4 columns."),
        ("NORTH,SUTH,goods,1", "8: importer: there is no 'SUTH'; allowed are NORTH, SOUTH. Did you mean 'SOUTH'?"),
        ("NORTH,NORTH,goods,1", "8: exporter, importer and sector were given before in this table; give each flow once."),
        ("NORTH,SOUTH,goods," + "1" * 3000, "8: a cell is longer than 2000 characters."),
        ('NORTH,SOUTH,goods,"1', "8: the table cannot be read (unexpected end of data)."),
    ],
)
def test_a_bad_row_of_a_table_is_refused_with_its_line(row: str, sentence: str, write, tmp_path: Path) -> None:
    write()
    good = (tmp_path / "flows.csv").read_text()
    assert refused(write(flows=good + row + "\n")) == f"{tmp_path / 'flows.csv'}:{sentence}"


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        (
            "exporter,importer,sectr,value",
            "there is no column 'sectr'; allowed are exporter, importer, sector, value. Did you mean 'sector'?",
        ),
        ("exporter,importer,value,value", "column 'value' is named twice."),
        ("exporter,importer,sector", "column 'value' is missing; the table needs exporter, importer, sector, value."),
    ],
)
def test_a_bad_header_of_a_table_is_refused(header: str, sentence: str, write, tmp_path: Path) -> None:
    assert refused(write(flows=header + "\n")) == f"{tmp_path / 'flows.csv'}:1: {sentence}"


def test_an_empty_table_is_refused(write, tmp_path: Path) -> None:
    text = refused(write(flows=""))
    assert text == f"{tmp_path / 'flows.csv'}: the table is empty; its first line names the columns exporter, importer, sector, value."
