"""Reads what `dixit export` writes with the tools that it is written for, and compares what they see with the record.

    python check.py path/to/dixit

Needs the packages of requirements.txt. The articles hold an emoji, combining accents, CRLF, and quotes over paragraphs. Prodigy, doccano and
GLiNER cannot be installed here (the first is sold, the others bring a server and PyTorch): what they say of their formats is checked instead.
brat is not packaged for Python 3: the rules of its parser are written down here.
"""

import csv
import io
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from xml.etree import ElementTree

HERE = Path(__file__).parent
QUOTE_PARTS = ("CONTENT", "CUE", "SOURCE")


def run(*command):
    done = subprocess.run([str(part) for part in command], capture_output=True)
    done.stdout, done.stderr = done.stdout.decode(), done.stderr.decode()
    assert done.returncode == 0, f"{command} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
    return done.stdout


def lines_of(text):
    return [json.loads(line) for line in text.split("\n") if line]


def lines(path):
    with open(path, encoding="utf-8", newline="\n") as file:
        return lines_of(file.read())


def over_paragraphs(record):
    """The record with each quote of several stretches as one stretch, over the ends of paragraphs."""
    record = json.loads(json.dumps(record))
    record["id"] += "-over-paragraphs"
    for quote in record["quotes"]:
        start, end = quote["content"][0]["start"], quote["content"][-1]["end"]
        quote["content"] = [{"start": start, "end": end, "text": record["text"][start:end]}]
    assert any("\r\n\r\n" in quote["content"][0]["text"] for quote in record["quotes"]), "no quote over paragraphs"
    return record


def marks(record):
    """(start, end, label) of all that is marked, what quotes share once."""
    entities = [(it["start"], it["end"], it["label"]) for it in record["entities"]]
    content = [(it["start"], it["end"], "CONTENT") for quote in record["quotes"] for it in quote["content"]]
    parts = set()
    for quote in record["quotes"]:
        for label, stretches in (
            ("CUE", [quote["cue"]]),
            ("SOURCE", [quote["source"]]),
            ("EVIDENCE", [it for position in quote["positions"] for it in position["evidence"]]),
        ):
            parts |= {(it["start"], it["end"], label) for it in stretches if it}
    return sorted(entities + content + sorted(parts))


def quote_marks(record):
    return [mark for mark in marks(record) if mark[2] in QUOTE_PARTS + ("EVIDENCE",)]


def entity_marks(record):
    return [mark for mark in marks(record) if mark[2] not in QUOTE_PARTS + ("EVIDENCE",)]


def whole_words(record, found):
    """Marks widened to whole words, as tools that know words alone must: the source `il` of `a-t-il`."""
    tokens = [token for token in record["tokens"]]
    widened = []
    for start, end, label in found:
        inside = [(a, b) for a, b in tokens if a < end and start < b]
        widened.append((inside[0][0], inside[-1][1], label))
    return sorted(widened)


def surfaces(record, found):
    """What stands at the marks: the way to compare marks of tools that keep no offsets."""
    return [(record["text"][start:end], label) for start, end, label in found]


def with_line_feeds(text, start, end):
    """Offsets of a text whose line ends were made \\n."""
    return tuple(len(text[:at].replace("\r\n", "\n")) for at in (start, end))


def check_spacy(records, out, export):
    import spacy
    from spacy.tokens import DocBin

    folder = export("spacy")
    run(sys.executable, folder / "to_docbin.py", folder / "articles.jsonl", folder / "articles.spacy")
    nlp = spacy.blank("xx")
    docs = list(DocBin().from_disk(folder / "articles.spacy").get_docs(nlp.vocab))
    assert len(docs) == len(records)
    for doc, record in zip(docs, records):
        assert doc.text == record["text"]
        ends = lambda spans: sorted((span.start_char, span.end_char, span.label_) for span in spans)
        assert ends(doc.ents) == entity_marks(record)
        assert ends(doc.spans["quotes"]) == whole_words(record, quote_marks(record))
        for start, end, label in whole_words(record, marks(record)):
            assert doc.char_span(start, end, label=label).text == record["text"][start:end]
        assert len(list(doc.sents)) >= len(record["sentences"])
        told = [(quote["id"], quote["type"], quote["speaker"]) for quote in doc.user_data["quotes"]]
        assert told == [(quote["id"], quote["type"], (quote["speaker"] or {}).get("name")) for quote in record["quotes"]]
    conll = export("conll")
    (out / "conll").rename(out / "articles.iob")
    (out / "converted").mkdir()
    run(sys.executable, "-m", "spacy", "convert", "-c", "ner", out / "articles.iob", out / "converted")
    (out / "articles.iob").rename(conll)
    converted = list(DocBin().from_disk(out / "converted" / "articles.spacy").get_docs(nlp.vocab))
    labels = [ent.label_ for doc in converted for ent in doc.ents]
    assert labels == [label for record in records for _, _, label in entity_marks(record)], labels
    run(sys.executable, "-m", "spacy", "init", "config", out / "config.cfg", "--lang", "xx", "--pipeline", "ner,spancat")
    trained = run(
        sys.executable, "-m", "spacy", "train", out / "config.cfg", "--output", out / "model",
        "--paths.train", folder / "articles.spacy", "--paths.dev", folder / "articles.spacy",
        "--training.max_steps", 6, "--training.eval_frequency", 3,
        "--components.spancat.spans_key", "quotes",
    )
    assert (out / "model" / "model-last" / "ner").is_dir(), trained


def check_datasets(records, out, export):
    from datasets import ClassLabel, disable_progress_bars, load_dataset

    disable_progress_bars()

    def load(folder):
        return load_dataset(str(folder), split="train", cache_dir=str(out / "cache"))

    def slices(row, ranges):
        text = by_id[row["id"]]["text"]
        return [text[start:end] for start, end in ranges]

    by_id = {record["id"]: record for record in records}
    data = load(export("hf"))
    assert data.num_rows == len(records)
    for column in ("ner_tags", "quote_tags"):
        assert isinstance(data.features[column].feature, ClassLabel), data.features
    names = data.features["ner_tags"].feature.names
    for row, record in zip(data, records):
        assert row["tokens"] == slices(row, row["offsets"]) and len(row["tokens"]) == len(record["tokens"])
        begun = [names[tag][2:] for tag in row["ner_tags"] if names[tag].startswith("B-")]
        assert begun == [label for _, _, label in entity_marks(record)]
    for pieces in ("first-piece", "all-pieces"):
        data = load(export("hf", "--subwords", pieces, "--window", 64, "--stride", 16))
        pieces_of = {}
        for row in data:
            assert len(row["input_ids"]) <= 64
            seen = pieces_of.setdefault(row["id"], [])
            start = 0 if row["part"] == 0 else 16
            assert row["part"] == 0 or row["input_ids"][:16] == [piece["id"] for piece in seen[-16:]]
            for id, offsets, word, label in list(
                zip(row["input_ids"], row["offsets"], row["word_ids"], row["labels"])
            )[start:]:
                seen.append({"id": id, "offsets": offsets, "word": word, "label": label})
        for record in records:
            seen = pieces_of[record["id"]]
            assert [piece["id"] for piece in seen] == record["subwords"]["ids"], "a piece is lost"
            begun = [(piece["offsets"][0], names[piece["label"]][2:]) for piece in seen if piece["label"] > 0 and piece["label"] % 2]
            # A byte-level piece holds the space in front of its word.
            text = record["text"]
            found = [(start + (text[start] == " "), label) for start, label in begun]
            assert found == [(start, label) for start, _, label in entity_marks(record)], (found, record["id"])
            for before, piece in zip([{"word": None}] + seen, seen):
                if piece["word"] is None or (pieces == "first-piece" and piece["word"] == before["word"]):
                    assert piece["label"] == -100


def check_seqeval(records, out, export):
    from seqeval.metrics.sequence_labeling import get_entities
    from seqeval.scheme import IOB2, IOBES, Entities

    for name, scheme in (("conll", IOB2), ("bioes", IOBES)):
        sentences = [[]]
        for line in export(name).read_text(encoding="utf-8").split("\n"):
            columns = line.split()
            if columns and columns[0] != "-DOCSTART-":
                assert len(columns) == 4, line
                sentences[-1].append(columns)
            elif sentences[-1]:
                sentences.append([])
        sentences = [sentence for sentence in sentences if sentence]
        tags = [[columns[3] for columns in sentence] for sentence in sentences]
        found = []
        for sentence, entities in zip(sentences, Entities(tags, scheme).entities):
            found += [(tuple(word[0] for word in sentence[it.start : it.end]), it.tag) for it in entities]
        wanted = []
        for record in records:
            for start, end, label in entity_marks(record):
                words = [record["text"][a:b] for a, b in record["tokens"] if start <= a and b <= end]
                wanted.append((tuple(word.replace(" ", "_") for word in words), label))
        assert found == wanted, (found, wanted)
        assert len(get_entities(tags)) == len(wanted)


def check_brat(records, out, export):
    folder = export("brat")
    types = (folder / "annotation.conf").read_text(encoding="utf-8")
    for record in records:
        text_file = next(path for path in folder.glob("*.txt") if matches(path, record))
        with open(text_file, encoding="utf-8", newline="") as file:
            text = file.read()
        assert text == record["text"].replace("\r\n", "\n")
        with open(text_file.with_suffix(".ann"), encoding="utf-8", newline="") as file:
            annotations = file.read()
        spans, found = {}, []
        # As codecs, which brat reads by: all line ends of Unicode count.
        for line in annotations.splitlines():
            id, rest = line.split("\t", 1)
            assert id not in spans and id[0] in "TRA"
            if id[0] == "T":
                data, tail = rest.split("\t", 1)
                label, offsets = data.split(" ", 1)
                fragments = [tuple(map(int, pair.split(" "))) for pair in offsets.split(";")]
                for index, (start, end) in enumerate(fragments):
                    assert 0 <= start < end <= len(text)
                    assert not any(end >= a and start < b for a, b in fragments[:index]), "fragments overlap or touch"
                assert tail == " ".join(text[start:end] for start, end in fragments), line
                assert label in types.split()
                spans[id] = (label, fragments)
                found.append((fragments[0][0], fragments[-1][1], label))
            elif id[0] == "R":
                kind, first, second = rest.split(" ")
                (name1, id1), (name2, id2) = first.split(":"), second.split(":")
                assert (name1, name2) == ("Arg1", "Arg2") and id1 in spans and id2 in spans and f"\n{kind}\t" in types
            else:
                kind, target, value = rest.split(" ")
                assert target in spans and f"\n{kind}\t" in types and value in types
        extents = [mark for mark in marks(record) if mark[2] != "CONTENT"]
        extents += [(quote["content"][0]["start"], quote["content"][-1]["end"], "CONTENT") for quote in record["quotes"]]
        wanted = [(*with_line_feeds(record["text"], start, end), label) for start, end, label in extents]
        assert sorted(found) == sorted(wanted)
        if record["id"].endswith("over-paragraphs"):
            assert any(len(fragments) > 1 for _, fragments in spans.values())
    export.comes_back("brat", folder)


def matches(path, record):
    """Whether the file is of the record: its name is the id, `_` and two hexadecimal digits for what a name cannot hold."""
    parts = path.stem.split("_")
    decoded = parts[0].encode() + b"".join(bytes.fromhex(part[:2]) + part[2:].encode() for part in parts[1:])
    return decoded.decode() == record["id"]


def check_cassis(records, out, export):
    from cassis import load_cas_from_json

    folder = export("webanno")
    names = {
        "token": "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token",
        "entity": "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity",
    }
    for record in records:
        path = next(path for path in folder.glob("*.json") if matches(path, record))
        with open(path, "rb") as file:
            cas = load_cas_from_json(file)
        text = record["text"]
        assert cas.sofa_string == text
        assert [it.get_covered_text() for it in cas.select(names["token"])] == [text[a:b] for a, b in record["tokens"]]
        entities = [(it.get_covered_text(), it.value) for it in cas.select(names["entity"])]
        assert entities == surfaces(record, entity_marks(record))
        quotes = sorted((it.get_covered_text(), it.role) for it in cas.select("webanno.custom.Quote"))
        assert quotes == sorted(surfaces(record, quote_marks(record)))
        for link in cas.select("webanno.custom.QuoteLink"):
            assert link.Governor.role == "CONTENT" and link.get_covered_text() == link.Dependent.get_covered_text()
        with open(path, encoding="utf-8") as file:
            structures = json.load(file)["%FEATURE_STRUCTURES"]
        units = text.encode("utf-16-le")
        raw = [units[2 * it["begin"] : 2 * it["end"]].decode("utf-16-le") for it in structures if it["%TYPE"] == names["entity"]]
        assert raw == [surface for surface, _ in surfaces(record, entity_marks(record))], "offsets are not UTF-16 units"


def check_label_studio(records, out, export):
    from label_studio_sdk.converter import Converter
    from label_studio_sdk.label_interface import LabelInterface

    folder = export("label-studio")
    config = (folder / "config.xml").read_text(encoding="utf-8")
    interface = LabelInterface(config)
    known = {relation.get("value") for relation in ElementTree.fromstring(config).iter("Relation")}
    tasks = json.loads((folder / "tasks.json").read_text(encoding="utf-8"))
    assert len(tasks) == len(records)
    for task, record in zip(tasks, records):
        text = task["data"]["text"]
        assert text == record["text"].replace("\r\n", "\n") and task["data"]["doc_id"] == record["id"]
        prediction = task["predictions"][0]
        assert interface.validate_prediction(prediction), prediction
        regions = [it for it in prediction["result"] if it["type"] == "labels"]
        found = []
        for region in regions:
            value = region["value"]
            assert text[value["start"] : value["end"]] == value["text"]
            found.append((value["start"], value["end"], value["labels"][0]))
        wanted = [(*with_line_feeds(record["text"], start, end), label) for start, end, label in marks(record)]
        assert sorted(found) == sorted(wanted)
        ids = {region["id"] for region in regions}
        assert len(ids) == len(regions)
        relations = [it for it in prediction["result"] if it["type"] == "relation"]
        assert all(it["from_id"] in ids and it["to_id"] in ids for it in relations)
        assert {label for it in relations for label in it["labels"]} <= known
    # As if reviewers had accepted every prediction: the form that Label Studio exports.
    reviewed = [
        {"id": number, "data": task["data"], "annotations": [{"id": number, "completed_by": {"id": 1}, "result": task["predictions"][0]["result"]}]}
        for number, task in enumerate(tasks, 1)
    ]
    (out / "reviewed.json").write_text(json.dumps(reviewed, ensure_ascii=False), encoding="utf-8")
    converter = Converter(config=config, project_dir=str(out), download_resources=False)
    converter.convert_to_json(str(out / "reviewed.json"), str(out / "converted-json"), is_dir=False)
    converted = json.loads((out / "converted-json" / "result.json").read_text(encoding="utf-8"))
    assert len(converted) == len(records)
    (out / "converted.json").write_text(json.dumps(converted, ensure_ascii=False), encoding="utf-8")
    export.comes_back("label-studio", out / "converted.json")


def check_prodigy(records, out, export):
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

    for task, record in zip(lines(export("prodigy")), records, strict=True):
        text = record["text"]
        assert task["text"] == text and task["meta"]["doc_id"] == record["id"]
        tokens = task["tokens"]
        assert [token["id"] for token in tokens] == list(range(len(tokens)))
        assert all(text[token["start"] : token["end"]] == token["text"] for token in tokens)
        assert len(Doc(Vocab(), words=[it["text"] for it in tokens], spaces=[it["ws"] for it in tokens])) == len(tokens)
        found = [(span["start"], span["end"], span["label"]) for span in task["spans"]]
        assert sorted(found) == marks(record)
        of_tokens = [(tokens[it["token_start"]]["start"], tokens[it["token_end"]]["end"], it["label"]) for it in task["spans"]]
        assert sorted(of_tokens) == whole_words(record, found)
        for relation in task["relations"]:
            assert relation["head"] == relation["head_span"]["token_end"] and relation["head_span"] in task["spans"]
            assert relation["child"] == relation["child_span"]["token_end"] and relation["child_span"] in task["spans"]
    export.comes_back("prodigy", out / "prodigy")


def check_doccano(records, out, export):
    folder = export("doccano")
    for row, record in zip(lines(folder / "sequence.jsonl"), records, strict=True):
        assert row["text"] == record["text"]
        assert sorted(tuple(label) for label in row["label"]) == marks(record)
    for row, record in zip(lines(folder / "relations.jsonl"), records, strict=True):
        found = [(it["start_offset"], it["end_offset"], it["label"]) for it in row["entities"]]
        assert row["text"] == record["text"] and sorted(found) == marks(record)
        ids = {it["id"]: it for it in row["entities"]}
        assert len(ids) == len(row["entities"])
        assert all(ids[it["from_id"]]["label"] == "CONTENT" and it["to_id"] in ids for it in row["relations"])
    export.comes_back("doccano", folder / "relations.jsonl")


def check_gliner(records, out, export):
    passages = json.loads(export("gliner").read_text(encoding="utf-8"))
    found = []
    for passage in passages:
        assert all(word for word in passage["tokenized_text"])
        for start, end, _ in passage["ner"]:
            found.append(tuple(passage["tokenized_text"][start : end + 1]))
    wanted = []
    for record in records:
        for start, end, _ in entity_marks(record):
            wanted.append(tuple(record["text"][a:b] for a, b in record["tokens"] if start <= a and b <= end))
    assert found == wanted


def check_w3c(records, out, export):
    texts = {f"{quoted(record['id'])}": record for record in records}
    count = 0
    for annotation in lines(export("w3c")):
        targets = annotation["target"] if isinstance(annotation["target"], list) else [annotation["target"]]
        for target in targets:
            text = texts[target["source"].removeprefix("urn:dixit:")]["text"]
            quote, position = target["selector"]
            start, end = position["start"], position["end"]
            assert quote["exact"] == text[start:end] and text[:start].endswith(quote["prefix"])
            assert text[end:].startswith(quote["suffix"])
            count += 1
    assert count == sum(len(marks(record)) for record in records)


def quoted(id):
    from urllib.parse import quote

    return quote(id, safe="").replace("~", "%7E")


def check_csv(records, out, export):
    with open(export("csv"), encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(io.StringIO(file.read(), newline="")))
    quotes = [(record, quote) for record in records for quote in record["quotes"]]
    assert len(rows) == len(quotes)
    for row, (record, quote) in zip(rows, quotes):
        assert (row["article"], row["type"]) == (record["id"], quote["type"])
        stretches = [record["text"][slice(*map(int, pair.split("-")))] for pair in row["offsets"].split(";")]
        assert row["content"] == " … ".join(stretches) and stretches == [it["text"] for it in quote["content"]]
        assert row["speaker"] == (quote["speaker"] or {"name": ""})["name"]


def main(dixit):
    checks = [value for name, value in globals().items() if name.startswith("check_")]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        run(dixit, "annotate", HERE / "articles.jsonl", "-p", "training", "-o", out / "annotated.jsonl")
        records = lines(out / "annotated.jsonl")
        records.append(over_paragraphs(records[0]))
        texts = "".join(record["text"] for record in records)
        for wanted in ("🤝", "e\u0301", "\r\n"):
            assert wanted in texts, f"the articles hold no {wanted!r}"
        annotated = out / "records.jsonl"
        annotated.write_bytes("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode())
        run(dixit, "validate", annotated)

        def export(name, *options):
            run(dixit, "export", annotated, "--to", name, "-o", out / name, "--overwrite", *options)
            return out / name

        def comes_back(tool, file):
            back = run(dixit, "import", file, "--from", tool, "--onto", annotated)
            assert lines_of(back) == records, f"{tool} changed what nobody touched"

        export.comes_back = comes_back

        for check in checks:
            start = time.monotonic()
            check(records, out, export)
            print(f"{check.__name__.removeprefix('check_'):<13} good  {time.monotonic() - start:5.1f} s", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute())
