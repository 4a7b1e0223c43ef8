"""What a document is called where nobody gave it a title: by its file's name, never by a folder of the machine that read it."""

import pytest

from comity.publishing.naming import called
from made import document


@pytest.mark.parametrize(
    ("title", "name", "words"),
    [
        ("Chair's statement", "/srv/press/2020/a.txt", "Chair's statement"),
        (None, "/srv/press/2020/biên bản họp.txt", "biên bản họp.txt"),
        (None, "notes.md", "notes.md"),
        (None, "https://gazette.example/2020/council.html", "council.html"),
    ],
)
def test_what_a_document_is_called(title, name, words):
    assert called(document("ASEAN met.", title=title, name=name)) == words


def test_without_title_or_file_by_its_number():
    of = document("ASEAN met.", title=None, name="")
    assert called(of) == of.id
