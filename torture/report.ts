// What the torture did and found, as a table.
import type { Result } from "./one-seed";

const HEAD = [
  "seed",
  "seconds",
  "deliveries",
  "came again",
  "forged",
  "killed",
  "payments",
  "mails twice",
  "differences",
];

export function reportOf(results: Result[]): string {
  const rows = results.map((result) => [
    ...[result.seed, result.seconds, result.deliveries, result.repeated, result.forged, sumOf(result.deaths.values())],
    ...[result.payments, result.mailsTwice, result.differences.length],
  ]);
  const sums = HEAD.map((_, column) => (column === 0 ? "all" : sumOf(rows.map((row) => row[column] ?? 0))));
  const points = new Set(results.flatMap(({ deaths }) => [...deaths.keys()]));
  const killed = [...points].map((point) => `${point} ${sumOf(results.map(({ deaths }) => deaths.get(point) ?? 0))}`);
  return [
    ...table([HEAD, ...rows, sums]),
    "",
    `Killed at: ${killed.join(" · ") || "never"}.`,
    ...results.flatMap(({ seed, differences }) => differences.slice(0, 50).map((each) => `seed ${seed}: ${each}`)),
  ].join("\n");
}

function table([head = [], ...rows]: (string | number)[][]): string[] {
  return [head, head.map(() => "--:"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
}

function sumOf(numbers: Iterable<number>): number {
  return [...numbers].reduce((sum, each) => sum + each, 0);
}
