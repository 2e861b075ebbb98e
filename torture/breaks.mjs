// npm run torture:breaks: breaks the ledger on purpose, one way after the other, and shows that the property test goes red each
// time. It changes the sources and puts them back; it refuses to run where they have changes of your own.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../tools/root.mjs";

const RECORD = "domain/ledger/record.ts";
const ENTRIES = "domain/ledger/entries.ts";
const ROUTE = "pages/api/stripe/webhook.ts";

const BREAKS = [
  {
    name: "Dedupe on the event's id only: an entry is keyed by the telling, not by the fact",
    file: ENTRIES,
    changes: [
      [
        "  const { key, kind, amountMinor, occurredAt } = entry;",
        "  const { kind, amountMinor, occurredAt } = entry;\n  const key = crypto.randomUUID();",
      ],
    ],
  },
  {
    name: "Order by `created`: what is older than the last that was told of the same payment is dropped",
    file: ROUTE,
    changes: [
      ["const MOST_BYTES", "const last = new Map<string, number>();\nconst MOST_BYTES"],
      [
        "  const db = await database();\n",
        `  const told = verified.event.data.object as { id?: string; payment_intent?: unknown };
  const about = String(told.payment_intent ?? told.id);
  if ((last.get(about) ?? 0) > verified.event.created) return 200;
  last.set(about, verified.event.created);
  const db = await database();\n`,
      ],
    ],
  },
  {
    name: "Answer before the commit",
    file: ROUTE,
    changes: [
      [
        "    const outcome = await recordEvent(db, { ...recordingTerms(now), eventId, type, facts });",
        '    recordEvent(db, { ...recordingTerms(now), eventId, type, facts }).catch(() => {});\n    const outcome: string = "recorded";',
      ],
    ],
  },
  {
    name: "Split the transaction: the event is noted in one, its facts are written in another",
    file: RECORD,
    changes: [
      ["export function recordEvent(", "export async function recordEvent("],
      [
        "  return db.$transaction(async (tx) => {\n    const known",
        "  const noted = await db.$transaction(async (tx) => {\n    const known",
      ],
      [
        "    for (const fact of facts) await recordFact({ ...terms, tx }, fact);\n    const outcome",
        "    const outcome",
      ],
      [
        "    return outcome;\n  });\n}",
        '    return outcome;\n  });\n  if (noted !== "repeated") await recordFacts(db, { ...terms, facts });\n  return noted;\n}',
      ],
    ],
  },
  {
    name: "Believe whoever posts: the signature is not checked",
    file: "systems/stripe/verify.ts",
    changes: [
      [
        '  if (!signature) return { kind: "refused", reason: "no signature" };\n',
        '  return { kind: "event", event: JSON.parse(raw.toString()) };\n',
      ],
    ],
  },
];

const TEST = [
  "node_modules/vitest/vitest.mjs",
  "run",
  "--project",
  "sqlite",
  "torture/any-order-in-one-world.test.ts",
  "--reporter=dot",
];

function breakIt({ file, changes }) {
  const path = join(ROOT, file);
  const whole = readFileSync(path, "utf8");
  let broken = whole;
  for (const [from, to] of changes) {
    if (!broken.includes(from)) throw new Error(`${file} no longer says: ${from}`);
    broken = broken.replace(from, () => to);
  }
  writeFileSync(path, broken);
  try {
    return spawnSync(process.execPath, TEST, { cwd: ROOT, encoding: "utf8", env: { ...process.env, NO_COLOR: "1" } });
  } finally {
    writeFileSync(path, whole);
  }
}

/** The first difference that the failed test names. */
function firstWord(output) {
  return /^\S*\+ +"(.+)",?\S*$/m.exec(output)?.[1] ?? output.split("\n").find((line) => /Error:/.test(line)) ?? "";
}

const files = [...new Set(BREAKS.map(({ file }) => file))];
const changed = spawnSync("git", ["status", "--porcelain", ...files], { cwd: ROOT, encoding: "utf8" }).stdout;
if (changed) {
  console.error(`These have changes that are not committed:\n${changed}`);
  process.exit(1);
}
let isCaught = true;
for (const each of BREAKS) {
  const { status, stdout, stderr } = breakIt(each);
  const output = stdout + stderr;
  isCaught &&= status !== 0;
  const seen = /Counterexample: \[(\d+)\]/.exec(output)?.[1];
  console.log(
    `| ${each.name} | ${status === 0 ? "**not caught**" : `red, TORTURE_SEED=${seen}`} | ${firstWord(output)} |`,
  );
}
process.exit(isCaught ? 0 : 1);
