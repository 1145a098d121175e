"""Loads folders that `dixit annotate -o FOLDER/` writes with the tools that data teams use, as they are: no schema, no options.

Usage: load.py DIXIT, the program. The first part of each folder has nothing but empty layers; fields of the input have more than one type.
"""

import json
import os
import subprocess
import sys
import tempfile

temporary = tempfile.TemporaryDirectory()
work = temporary.name
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_HOME"] = f"{work}/cache"

import datasets  # noqa: E402
import duckdb  # noqa: E402
import polars  # noqa: E402
import pyarrow  # noqa: E402
import pyarrow.dataset  # noqa: E402
import pyarrow.parquet  # noqa: E402

FORMATS = ["jsonl", "jsonl.gz", "jsonl.zst", "parquet"]
META = {"n": 1.5, "tags": ["a", {"b": None}]}


def main(program):
    articles = [{"id": str(number), "text": "It rains here.", "n": number, "tags": "none"} for number in range(8)]
    articles.append({"id": "last", "text": "« Nous allons parler avec eux », a déclaré Léa Martin à Paris.", **META})
    with open(f"{work}/in.jsonl", "w", encoding="utf-8") as file:
        file.writelines(json.dumps(article) + "\n" for article in articles)
        file.write("broken\n")
    for form in FORMATS:
        folder = f"{work}/{form}"
        command = [program, "annotate", "-q", f"{work}/in.jsonl", "-o", f"{folder}/", "--output-format", form, "--shard-size", "1kB"]
        done = subprocess.run(command, stderr=subprocess.PIPE, text=True)
        assert done.returncode == 1, done.stderr
        with open(f"{folder}/manifest.json", encoding="utf-8") as file:
            manifest = json.load(file)
        assert len(manifest["outputs"]) > 2, manifest
        assert sum(part["records"] for part in manifest["outputs"]) == manifest["counts"]["documents"] == 9, manifest
        load(folder, form)
    load_table(f"{work}/parquet")
    read_table(program)


def load_table(folder):
    """Parquet loads with all of them, whatever is in the first part."""
    table = polars.scan_parquet(f"{folder}/data/*.parquet").collect()
    check("polars", table.height, table.row(0, named=True), table.row(-1, named=True))
    table = pyarrow.dataset.dataset(f"{folder}/data", format="parquet").to_table()
    rows = table.to_pylist()
    check("pyarrow", table.num_rows, rows[0], rows[-1])
    assert json.loads(rows[-1]["meta"]) == META, rows[-1]["meta"]
    assert str(table.schema.field("tokens").type) == "list<element: list<element: uint32>>", table.schema


def read_table(program):
    """A table that another tool wrote is read, with whatever types it has."""
    import datetime

    rows = {
        "url": ["u1", "u2"],
        "body": ["The talks began.", "Les débats ont repris."],
        "when": [datetime.datetime(2024, 5, 1, 12, 30), None],
        "tags": pyarrow.array([["a"], None], pyarrow.large_list(pyarrow.string())),
        "n": [1.5, float("nan")],
        "by": [{"name": "Léa"}, None],
    }
    for compression in ["snappy", "zstd"]:
        path = f"{work}/{compression}.parquet"
        pyarrow.parquet.write_table(pyarrow.table(rows), path, compression=compression)
        command = [program, "annotate", "-q", path, "--text-field", "body", "--id-field", "url"]
        lines = subprocess.run(command, capture_output=True, check=True).stdout.splitlines()
        records = [json.loads(line) for line in lines]
        assert [record["id"] for record in records] == rows["url"] and [record["text"] for record in records] == rows["body"]
        assert records[0]["meta"]["tags"] == ["a"] and records[0]["meta"]["by"] == {"name": "Léa"}, records[0]["meta"]
        assert records[0]["meta"]["when"].startswith("2024-05-01 12:30"), records[0]["meta"]
        print(f"parquet in {compression} ok")


def load(folder, form):
    records = datasets.load_dataset(folder, split="train")
    check(f"datasets {form}", records.num_rows, records[0], records[-1])
    assert records[-1]["meta"] == META, records[-1]["meta"]
    assert records.features["entities"].feature["start"].dtype == "uint32"
    table = duckdb.sql(f"select * from '{folder}/data/*.{form}'")
    rows = [dict(zip(table.columns, row)) for row in table.fetchall()]
    check(f"duckdb {form}", len(rows), rows[0], rows[-1])


def check(tool, count, first, last):
    """An empty layer is an empty list, one that did not run is null, and offsets cut the text where they should."""
    assert count == 9, (tool, count)
    assert (list(first["quotes"]), list(first["entities"]), first.get("subwords")) == ([], [], None), (tool, first)
    quote = last["quotes"][0]
    content = quote["content"][0]
    assert last["text"][content["start"] : content["end"]] == content["text"], (tool, quote)
    assert quote["speaker"]["name"] == "Léa Martin", (tool, quote)
    print(tool, "ok")


main(*sys.argv[1:])
