"""A reading as one JSON line, in the shape that the gold scorer reads: offsets count characters of the file's own text.

Where the file's own text is another (HTML), offsets count characters of the extracted text, which the line then carries in `text`.
"""

from functools import partial
from typing import Any

import msgspec

from comity.reading.why import Ground, Whys
from comity.records import Bound, Document, EventReport, Evidence, ProgressClaim, Reading, Statement

LISTED = {"themes": "theme_evidence"}
"""Kinds whose findings stand under another name in the record."""


def reading_line(reading: Reading, whys: Whys) -> bytes:
    """One line of UTF-8 JSON without the line end."""
    return msgspec.json.encode(explained_record(reading, whys))


def explained_record(reading: Reading, whys: Whys) -> dict[str, Any]:
    """The record, each finding of the kinds that are explained with its grounds under `why`; `{}` explains none."""
    record, document = reading_record(reading), reading.document

    def placed(ground: Ground) -> dict[str, Any]:
        fields: dict[str, Any] = msgspec.to_builtins(ground)
        for edge in {"start", "end"} & fields.keys():
            fields[edge] = document.place_in_file(fields[edge])
        return fields

    for kind, found in whys.items():
        for finding, grounds in zip(record[LISTED.get(kind, kind)], found, strict=True):
            finding["why"] = [placed(ground) for ground in grounds]
    return record


def reading_record(reading: Reading) -> dict[str, Any]:
    """{"doc", "language", "published", kinds...}; the fields of each kind are those of docs/reading.md."""
    document = reading.document
    place = partial(_place, document)
    record: dict[str, Any] = {
        "doc": document.name or document.id,
        "language": document.language,
        "published": document.published,
        "published_from": document.published_from,
        "title": document.title,
        "reader": reading.reader,
        "actors": [{**place(a.evidence), "type": a.type, "id": a.actor} for a in reading.actors],
        "offices": [{**place(o.evidence), "person": o.person, "of": o.of} for o in reading.offices],
        "statements": [
            {**place(s.evidence), **_said(s), "occasion": place(s.occasion) if s.occasion else None} for s in reading.statements
        ],
        "events": [{**place(e.evidence), **_happened(e)} for e in reading.events],
        "commitments": [{**place(c.evidence), "by": c.by, "force": c.force, "due": c.due} for c in reading.commitments],
        "instruments": [{**place(i.evidence), "name": i.name, "year": i.year, "id": i.instrument} for i in reading.instruments],
        "mechanisms": [{**place(m.evidence), "name": m.name, "number": m.number, "id": m.mechanism} for m in reading.mechanisms],
        "progress": [{**place(p.evidence), **_claimed(p)} for p in reading.progress],
        "dates": [{**place(d.evidence), "iso": d.iso} for d in reading.dates],
        "themes": [t.theme for t in reading.themes],
        "theme_evidence": [{**place(t.evidence), "theme": t.theme, "score": t.score} for t in reading.themes],
        "related": [_related(document, span.start, span.end) for span in document.related],
        "slips": [{**place(s.evidence), "reason": s.reason, "details": s.details} for s in reading.slips],
    }
    if document.shifts is None:
        record["text"] = document.text
    return record


def _place(document: Document, evidence: Evidence) -> dict[str, Any]:
    return {"start": document.place_in_file(evidence.start), "end": document.place_in_file(evidence.end), "quote": evidence.quote}


def _said(one: Statement) -> dict[str, Any]:
    return {
        "speaker": one.speaker,
        "cue": one.cue.quote if one.cue else None,
        "act": one.act,
        "direct": one.direct,
        "capacity": one.capacity,
        "addressee": one.addressee,
    }


def _happened(one: EventReport) -> dict[str, Any]:
    return {
        "type": one.type,
        "source": one.source,
        "target": one.target,
        "when": one.when,
        "status": one.status,
        "mechanism": one.mechanism,
    }


def _claimed(one: ProgressClaim) -> dict[str, Any]:
    """By the names of annotated documents: "num" and "den" for what the records call numerator and denominator."""
    return {
        "subject": one.subject or one.subject_name,
        "num": one.numerator,
        "den": one.denominator,
        "pct": one.percent,
        "qualifier": "exact" if one.bound is Bound.EXACTLY else one.bound,
        "remaining": one.remaining,
        "verb": one.verb,
        "as_of": one.as_of,
        "claimant": one.claimant,
    }


def _related(document: Document, start: int, end: int) -> dict[str, int]:
    return {"start": document.place_in_file(start), "end": document.place_in_file(end)}
