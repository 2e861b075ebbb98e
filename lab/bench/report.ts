// Writes the results into lab/docs/benchmarks.md, which has one section for each benchmark.
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, release } from "node:os";

const PAGE = new URL("../docs/benchmarks.md", import.meta.url);

export function writeBenchmarkSection(heading: string, text: string): void {
  const [intro = "", ...sections] = readFileSync(PAGE, "utf8").split(/^(?=## )/m);
  const section = `## ${heading}\n\n${text.trim()}\n\n`;
  const position = sections.findIndex((each) => each.startsWith(`## ${heading}\n`));
  if (position < 0) sections.push(section);
  else sections[position] = section;
  writeFileSync(PAGE, `${[intro, ...sections].map((part) => part.trim()).join("\n\n")}\n`);
}

export function describeMachine(): string {
  const processor = cpus()[0]?.model ?? "unknown processor";
  // Leaves out the text after the version number, which can contain the machine's name.
  const [kernel] = release().split("-");
  return `${new Date().toISOString().slice(0, 10)}: ${cpus().length} × ${processor}, Linux ${kernel}, Node ${process.versions.node}`;
}

export function formatInteger(value: number): string {
  return Math.round(value).toLocaleString("en-GB");
}
