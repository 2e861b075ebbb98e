// Reads the table of stories in docs/events.md, so that tests can compare the events they receive with it.
import { readFileSync } from "node:fs";

const TABLE = new URL("../../docs/events.md", import.meta.url);

/** Returns a story's events in the order of its row, without the remarks in parentheses. */
export function documentedEvents(story: string): string[] {
  const rows = readFileSync(TABLE, "utf8").split("\n");
  const row = rows.find((line) => line.startsWith(`| ${story} |`));
  if (!row) throw new Error(`docs/events.md has no story "${story}"`);
  const events = (row.split("|")[2] ?? "").replace(/\([^)]*\)/g, "");
  return [...events.matchAll(/`([a-z_]+(?:\.[a-z_]+)+)`/g)].map((match) => match[1] ?? "");
}
