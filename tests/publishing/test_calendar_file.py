"""A calendar file as RFC 5545 has it: escapes, folded lines, the day after the last one."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from comity.publishing.calendar_file import LINE, Entry, calendar_file

ONE = Entry(
    id="summit-12", first=date(2022, 11, 11), last=date(2022, 11, 12), title="Hội nghị Cấp cao, lần 12; Phnôm Pênh", place="Phnôm Pênh"
)


def unfolded(content: bytes) -> list[str]:
    return content.decode().replace("\r\n ", "").split("\r\n")


def test_an_entry_of_two_days():
    lines = unfolded(calendar_file([ONE], title="Lịch", language="vi"))
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert "DTSTART;VALUE=DATE:20221111" in lines
    assert "DTEND;VALUE=DATE:20221113" in lines
    assert "SUMMARY;LANGUAGE=vi:Hội nghị Cấp cao\\, lần 12\\; Phnôm Pênh" in lines


@given(st.text(max_size=300))
def test_no_title_breaks_a_line(title: str):
    entry = Entry(id="a", first=date(2020, 1, 1), last=date(2020, 1, 1), title=title)
    content = calendar_file([entry], title=title, language="en")
    assert all(len(line) <= LINE for line in content.split(b"\r\n"))
    assert len([line for line in unfolded(content) if line.startswith(("BEGIN:", "END:"))]) == 4
