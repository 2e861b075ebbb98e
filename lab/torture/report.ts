import type { TortureSeedResult } from "./one-seed";

const HEAD = [
  "seed",
  "playing out s",
  "delivering s",
  "settling s",
  "comparing s",
  "events",
  "deliveries",
  "repeated",
  "forged",
  "killed",
  "payments",
  "duplicate mails",
  "differences",
];

export function formatReport(results: TortureSeedResult[]): string {
  const rows = results.map(({ seed, phases, ...result }) => [
    ...[seed, phases.playingOut, phases.delivering, phases.settling, phases.comparing],
    ...[result.events, result.deliveries, result.repeated, result.forged, sumOf(Object.values(result.deaths))],
    ...[result.payments, result.duplicateMails, result.differences.length],
  ]);
  const sums = HEAD.map((_, column) => (column === 0 ? "all" : sumOf(rows.map((row) => row[column] ?? 0))));
  const killed = [...countBy(results)].map(([end, times]) => `${end} ${times}`);
  return [
    ...table([HEAD, ...rows, sums]),
    "",
    `Killed at: ${killed.join(" · ") || "never"}.`,
    ...results.flatMap(({ seed, differences }) => differences.slice(0, 50).map((each) => `seed ${seed}: ${each}`)),
  ].join("\n");
}

function countBy(results: TortureSeedResult[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [end, times] of results.flatMap(({ deaths }) => Object.entries(deaths)))
    counts.set(end, (counts.get(end) ?? 0) + times);
  return counts;
}

function table([head = [], ...rows]: (string | number)[][]): string[] {
  return [head, head.map(() => "--:"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
}

function sumOf(numbers: Iterable<number>): number {
  return [...numbers].reduce((sum, each) => sum + each, 0);
}
