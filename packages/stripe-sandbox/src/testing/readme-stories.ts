// Reads the README's table of stories, so that tests can compare the events they receive with it.
import { readFileSync } from "node:fs";

const README = new URL("../../README.md", import.meta.url);

/** Returns a story's events in the order of its row, without the remarks in parentheses. */
export function eventsInReadme(story: string): string[] {
  const rows = readFileSync(README, "utf8").split("\n");
  const row = rows.find((line) => line.startsWith(`| ${story} |`));
  if (!row) throw new Error(`the README has no story "${story}"`);
  const events = (row.split("|")[2] ?? "").replace(/\([^)]*\)/g, "");
  return [...events.matchAll(/`([a-z_]+(?:\.[a-z_]+)+)`/g)].map((match) => match[1] ?? "");
}
