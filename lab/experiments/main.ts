// npm run experiments:simulate: simulates many experiments and prints how often they declare a wrong result. Options:
// `-- --runs 1000 --seed 1 --write`.
import { readFileSync, writeFileSync } from "node:fs";
import { describeMachine, formatInteger } from "../bench/report";
import { type SimulationTally, simulateExperiments } from "./simulate";
import { SCENARIOS_WITH_EFFECT, SCENARIOS_WITHOUT_EFFECT } from "./worlds";

const PAGE = new URL("../docs/experiments.md", import.meta.url);
const BEGIN = "<!-- written by npm run experiments:simulate -->";

const runs = numberAfter("--runs") ?? 10_000;
const seed = numberAfter("--seed") ?? 1;

const beganAt = performance.now();
const alike = SCENARIOS_WITHOUT_EFFECT.map((world) => ({ world, tally: simulateAloud(world, runs) }));
const different = SCENARIOS_WITH_EFFECT.map((world) => ({
  world,
  tally: simulateAloud(world, Math.ceil(runs / 10)),
}));
const minutes = Math.ceil((performance.now() - beganAt) / 60_000);
const text = `
${describeMachine()}. ${formatInteger(runs)} runs of each world in which the arms are alike, a tenth as many of the others, seed ${seed}, ${minutes} minutes.

| world | false winner | alarm: the counts cannot be trusted | an ordinary z-test after each batch |
|---|--:|--:|--:|
${alike.map(({ world: { name }, tally }) => `| ${name} | ${share(tally, "decided")} | ${share(tally, "alarms")} | ${share(tally, "zTestDetections")} |`).join("\n")}

| world | the difference is shown | shown in the wrong direction | an interval ever missed the truth | alarm |
|---|--:|--:|--:|--:|
${different.map(({ world: { name }, tally }) => `| ${name} | ${share(tally, "decided")} | ${share(tally, "wrongWay")} | ${share(tally, "intervalMissed")} | ${share(tally, "alarms")} |`).join("\n")}
`;
console.log(text);
if (process.argv.includes("--write")) {
  const [head = ""] = readFileSync(PAGE, "utf8").split(BEGIN);
  writeFileSync(PAGE, `${head}${BEGIN}\n${text}`);
}
const worst = alike.filter(({ tally }) => tally.decided > tally.runs * 0.05);
for (const { world } of worst) console.error(`More than 5% false winners: ${world.name}`);
process.exitCode = worst.length > 0 ? 1 : 0;

function simulateAloud(world: (typeof SCENARIOS_WITHOUT_EFFECT)[number], runs: number): SimulationTally {
  console.error(world.name);
  return simulateExperiments(world, { runs, seed });
}

function share(tally: SimulationTally, name: Exclude<keyof SimulationTally, "runs">): string {
  return `${((tally[name] / tally.runs) * 100).toFixed(2)}%`;
}

function numberAfter(option: string): number | null {
  const at = process.argv.indexOf(option);
  return at < 0 ? null : Number(process.argv[at + 1]);
}
