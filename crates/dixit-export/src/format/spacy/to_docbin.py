"""Makes a spaCy DocBin of the articles that `dixit export --to spacy` wrote.

    python to_docbin.py [articles.jsonl] [articles.spacy]

Words are Dixit's own, where the export has them: entities and quotes end where words end, and doc.text is the article, character for
character. Without them spacy.blank(language) cuts the words, and what does not end with a word is widened to it; how many is told.
Entities are in doc.ents, quotes in doc.spans["quotes"]; links, types, speakers and positions are in doc.user_data.
"""

import json
import sys
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin, SpanGroup


def words_of(text, tokens):
    """Words and whether a space follows each, so that they join to the text; other white space is a word of its own."""
    words, spaces, end = [], [], 0

    def gap(piece):
        if piece.startswith(" ") and words:
            spaces[-1] = True
            piece = piece[1:]
        if piece:
            words.append(piece)
            spaces.append(False)

    for start, stop in tokens:
        gap(text[end:start])
        words.append(text[start:stop])
        spaces.append(False)
        end = stop
    gap(text[end:])
    return words, spaces


def doc_of(article, pipelines):
    language = article["language"] if article["language"] in ("en", "fr") else "xx"
    nlp = pipelines.setdefault(language, None) or spacy.blank(language)
    pipelines[language] = nlp
    text = article["text"]
    if article["tokens"] is None:
        doc = nlp.make_doc(text)
    else:
        words, spaces = words_of(text, article["tokens"])
        doc = Doc(nlp.vocab, words=words, spaces=spaces)
    assert doc.text == text, article["id"]
    widened = 0

    def spans(triples, ids):
        nonlocal widened
        found = []
        for (start, end, label), span_id in zip(triples, ids):
            span = doc.char_span(start, end, label=label, span_id=span_id)
            if span is None:
                widened += 1
                span = doc.char_span(start, end, label=label, span_id=span_id, alignment_mode="expand")
            if span is not None:
                found.append(span)
        return found

    doc.set_ents(spacy.util.filter_spans(spans(article["entities"], article["entity_ids"])))
    quotes = spans(article["spans"]["quotes"], article["span_ids"])
    doc.spans["quotes"] = SpanGroup(doc, name="quotes", spans=quotes)
    if article["sentences"]:
        starts = {start for start, _ in article["sentences"]}
        for token in doc:
            token.is_sent_start = token.idx in starts or token.i == 0
    for field in ("id", "language", "relations", "quotes"):
        doc.user_data[field] = article[field]
    return doc, widened


def main(source="articles.jsonl", target="articles.spacy"):
    docs, pipelines, count, widened = DocBin(store_user_data=True), {}, 0, 0
    with open(source, encoding="utf-8", newline="\n") as lines:
        for line in lines:
            doc, more = doc_of(json.loads(line), pipelines)
            docs.add(doc)
            count, widened = count + 1, widened + more
    docs.to_disk(Path(target))
    print(f"{count} articles, {widened} spans widened to whole words: {target}", file=sys.stderr)


if __name__ == "__main__":
    main(*sys.argv[1:])
