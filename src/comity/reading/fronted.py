"""Who speaks through a verb that opens a sentence without a subject: the subject behind the comma.

"Cho rằng hội nghị chỉ là màn diễn, | David Axe đánh giá ...", "Noting the progress made, | Ms Tan urged ...". In come the page's subjects
and the verb; out comes the subject of the sentence's own verb, where grammar is sure of it.
"""

from collections.abc import Iterator

from comity.reading.cues import Cue, Found, Frame
from comity.reading.mentions import Form
from comity.reading.subject_words import Kind, Subject
from comity.reading.subjects import Subjects

MOST_AHEAD = 8
"""Verbs behind the first that are looked at."""
OPENING = 8
"""Words that a sentence begins with up to the one that opens a clause, nobody named: "Chưa đầy một ngày sau khi"."""


def fronted_ends(subjects: Subjects) -> Iterator[int]:
    """The commas that end a clause put before the sentence's own, behind which a named one does what its own verb says: "Sau khi ông Nam
    tự nhận là vua |, ông Bình tuyên bố". What is reported in that clause ends there."""
    layout, tokens = subjects.layout, subjects.tokens
    done = -1
    for cue in layout.cues:
        number = tokens[cue.first].sentence
        start = subjects.clause_start(cue.first)
        words = layout.sentence_words[number]
        if number == done or tokens[start - 1].text != "," or layout.quoted[cue.first]:
            continue
        opening = next((at for at in range(words.start + 1, words.start + OPENING + 1) if at in subjects.edges.opens), start)
        if opening >= start or any(layout.mention[words.start : opening]) or any(layout.cue[words.start : opening]):
            continue
        comma = next(at for at in range(opening, start) if tokens[at].text == ",")
        if any(layout.cue[comma : start - 1]):
            continue
        subject = subjects.before(cue)
        mention = subject.mention
        if subject.sure and mention is not None and mention.form is not Form.PRONOUN and mention.outer_start <= tokens[start].end:
            done = number
            yield start - 1


def fronted_subject(subjects: Subjects, cue: Found[Cue]) -> Subject | None:
    """The subject of the first verb behind a comma that has one; None where the verb opens no sentence, not even behind "after", or no such
    verb follows."""
    layout, tokens = subjects.layout, subjects.tokens
    words = layout.sentence_words[tokens[cue.first].sentence]
    participles = subjects.words.participles
    words_said = " ".join(token.folded for token in tokens[cue.first : cue.after])
    reply = words_said in subjects.words.replies  # "..., nhưng | trả lời Đài Đen, X nói"
    opens = cue.first == words.start or (cue.first in subjects.edges.opens and (reply or not any(layout.mention[words.start : cue.first])))
    if not opens or cue.value.frame is Frame.SOURCE or (participles and not tokens[cue.first].folded.endswith(participles)):
        return None
    number = subjects.order[cue.first]
    for later in layout.cues[number + 1 : number + 1 + MOST_AHEAD]:
        if later.first >= words.stop:
            return None
        start = subjects.clause_start(later.first)
        if tokens[start - 1].text != "," or layout.quoted[later.first]:
            continue
        subject = subjects.before(later)
        if subject.kind in (Kind.PEOPLE, Kind.UNKNOWN):
            return subject
        mention = subject.mention
        if mention is not None and subject.sure and mention.form is not Form.GROUP and mention.outer_start <= tokens[start].end:
            return subject
    return None
