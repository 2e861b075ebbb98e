// The figures as a page that can be kept: a section for each bench.
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, release } from "node:os";

const PAGE = new URL("../docs/benchmarks.md", import.meta.url);

/** Puts the text in the place of that section's former one, or at the end. */
export function keepSection(heading: string, text: string): void {
  const [intro = "", ...sections] = readFileSync(PAGE, "utf8").split(/^(?=## )/m);
  const section = `## ${heading}\n\n${text.trim()}\n\n`;
  const place = sections.findIndex((each) => each.startsWith(`## ${heading}\n`));
  if (place < 0) sections.push(section);
  else sections[place] = section;
  writeFileSync(PAGE, `${[intro, ...sections].map((part) => part.trim()).join("\n\n")}\n`);
}

/** The day, and what it was measured on. */
export function machine(): string {
  const processor = cpus()[0]?.model ?? "unknown processor";
  // Without what stands behind the number: it may name the machine.
  const [kernel] = release().split("-");
  return `${new Date().toISOString().slice(0, 10)}: ${cpus().length} × ${processor}, Linux ${kernel}, Node ${process.versions.node}`;
}

export function whole(value: number): string {
  return Math.round(value).toLocaleString("en-GB");
}
