"""The deadlines as calendars (RFC 5545) that readers subscribe to; equal posts give equal bytes."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from icalendar import Alarm, Calendar, Event

from campaign.core.deadline import Deadline
from campaign.publish.site.feeds import Entry, Feed, name_post

_PRODUCT = "-//campaign//deadlines//VI"
_DAILY = timedelta(days=1)
_ONE_DAY_BEFORE_AT_EIGHT = -timedelta(hours=16)
"""Before an event that begins at 00:00."""


def write_calendars(site: Path, tag_authority: str, feeds: Sequence[Feed]) -> None:
    """Write the calendar of each feed that holds a post with a deadline into the site folder."""
    for feed in feeds:
        if feed.calendar:
            calendar = Calendar()
            calendar.add("prodid", _PRODUCT)
            calendar.add("version", "2.0")
            calendar.add("name", feed.title)
            calendar.add("x-wr-calname", feed.title)
            calendar.add("refresh-interval", _DAILY, parameters={"value": "DURATION"})
            for entry in feed.entries:
                if entry.post.deadline:
                    calendar.add_component(_to_event(entry, entry.post.deadline, tag_authority))
            (site / feed.calendar).write_bytes(calendar.to_ical())


def _to_event(entry: Entry, deadline: Deadline, tag_authority: str) -> Event:
    """Return the last day of *deadline* as a whole day that takes nobody's time, with word of it on the day before."""
    post = entry.post
    summary = f"Hạn cuối xác nhận đã đọc: {post.title}"
    event = Event()
    event.add("uid", name_post(post, tag_authority))
    event.add("dtstamp", post.publish_at)
    event.add("sequence", post.revision.number - 1)
    event.add("dtstart", deadline.last_day)
    event.add("dtend", deadline.before)
    event.add("summary", summary)
    event.add("description", f"Hạn cuối: {deadline.format()}.\n{post.summary}\n{entry.address}")
    event.add("url", entry.address)
    event.add("categories", ["Xác nhận đã đọc"])
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", _ONE_DAY_BEFORE_AT_EIGHT)
    event.add_component(alarm)
    return event
