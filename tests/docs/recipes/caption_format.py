"""The demo's episode is rendered in the new format, which a reader of others' making reads."""

import sys
from io import StringIO
from pathlib import Path

import webvtt

from outputs.bundle import render_bundle
from outputs.captions.cues import cues_in
from outputs.record.episode_record import parse_record
from outputs.record.file_kinds import kind_of
from podcast.language import Language

record = parse_record(Path(sys.argv[1]).read_bytes())
files = render_bundle(record)

for language in (Language.EN, Language.KO):
    text = files[f"{language}.sbv"].decode()
    read = webvtt.from_buffer(StringIO(text), format="sbv")
    cues = cues_in(record, language)
    assert len(read) == len(cues)
    assert read[-1].end_in_seconds == int(cues[-1].end)
    assert read[1].text == "\n".join(cues[1].rows)
assert kind_of("ko.sbv").role == "captions"
