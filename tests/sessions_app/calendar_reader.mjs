// Reads a calendar with ical.js and prints each event as JSON: a library that shares nothing with ours.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
for (const part of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(part);
const events = calendar.getAllSubcomponents("vevent").map((part) => {
  const event = new ICAL.Event(part);
  return {
    uid: event.uid,
    title: event.summary,
    start: event.startDate.isDate ? event.startDate.toString() : event.startDate.toJSDate().toISOString(),
    end: event.endDate.isDate ? event.endDate.toString() : event.endDate.toJSDate().toISOString(),
    status: part.getFirstPropertyValue("status"),
    sequence: event.sequence,
    stamp: part.getFirstPropertyValue("dtstamp").toJSDate().toISOString(),
    location: event.location,
    text: event.description,
  };
});
console.log(JSON.stringify(events));
