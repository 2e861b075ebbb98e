// Reads the table of events in docs/events.md. Tests compare it with the events that they receive.
import { readFileSync } from "node:fs";

const TABLE = new URL("../../docs/events.md", import.meta.url);

/**
 * Returns the event types that docs/events.md lists for a scenario, in the same order, without the remarks in
 * parentheses. `scenario`: the text in the first column of the table.
 */
export function listEventsInSandboxDocs(scenario: string): string[] {
  const rows = readFileSync(TABLE, "utf8").split("\n");
  const row = rows.find((line) => line.startsWith(`| ${scenario} |`));
  if (!row) throw new Error(`docs/events.md has no scenario "${scenario}"`);
  const events = (row.split("|")[2] ?? "").replace(/\([^)]*\)/g, "");
  return [...events.matchAll(/`([a-z_]+(?:\.[a-z_]+)+)`/g)].map((match) => match[1] ?? "");
}
