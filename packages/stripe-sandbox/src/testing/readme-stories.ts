// The README's table of stories, so that a test can compare the events it received with what the README promises.
import { readFileSync } from "node:fs";

const README = new URL("../../README.md", import.meta.url);

/** The events of the row that begins with the story's name, in order; what stands in parentheses is a remark. */
export function eventsInReadme(story: string): string[] {
  const rows = readFileSync(README, "utf8").split("\n");
  const row = rows.find((line) => line.startsWith(`| ${story} |`));
  if (!row) throw new Error(`the README tells no story called "${story}"`);
  const told = (row.split("|")[2] ?? "").replace(/\([^)]*\)/g, "");
  return [...told.matchAll(/`([a-z_]+(?:\.[a-z_]+)+)`/g)].map((match) => match[1] ?? "");
}
