// The ways in which torture:breaks breaks the ledger: what stands in a file, what is put there instead, and the test that must see it.
const RECORD = "domain/ledger/record.ts";
const ENTRIES = "domain/ledger/entries.ts";
const COUNTED_SUMS = "domain/ledger/counted-sums.ts";
const GROUPS = "domain/ledger/group-commit.ts";
const ROUTE = "pages/api/stripe/webhook.ts";

export const ANY_ORDER = "lab/torture/any-order-in-one-world.test.ts";
export const RULES = "domain/ledger/record.test.ts";
export const GROUP_COMMIT = "domain/ledger/group-commit.test.ts";

/** Each of `changes` is `[from, to]`. */
export const BREAKS = [
  {
    name: "Dedupe on the event's id only: an entry is keyed by the telling, not by the fact",
    file: ENTRIES,
    test: ANY_ORDER,
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
    test: ANY_ORDER,
    changes: [
      ["const MOST_BYTES", "const last = new Map<string, number>();\nconst MOST_BYTES"],
      [
        "  const db = await database();\n",
        `  const told = verified.event.data.object as { id?: string; payment_intent?: unknown };
  const about = String(told.payment_intent ?? told.id);
  const isOld = (last.get(about) ?? 0) > verified.event.created;
  if (!isOld) last.set(about, verified.event.created);
  const db = await database();\n`,
      ],
      ["const facts = translateEvent(", "const facts = isOld ? [] : translateEvent("],
    ],
  },
  {
    name: "Answer before the commit",
    file: ROUTE,
    test: ANY_ORDER,
    changes: [
      [
        "    const outcome = await recordEvent(db, { ...recordingTerms(now), eventId, type, facts });",
        '    recordEvent(db, { ...recordingTerms(now), eventId, type, facts }).catch(() => {});\n    const outcome: string = "recorded";',
      ],
    ],
  },
  {
    name: "Split the transaction: the events are noted in one, their facts are written in another",
    file: RECORD,
    test: ANY_ORDER,
    changes: [
      [
        "groupCommit((db: Db, queued: QueuedEvent[]) =>\n  db.$transaction(async (tx) => {\n    const newIds = await addEvents(\n      tx,",
        "groupCommit(async (db: Db, queued: QueuedEvent[]) => {\n  const newIds = await db.$transaction((tx) => addEvents(\n      tx,",
      ],
      [
        "    );\n    const outcomes: Outcome[] = [];",
        "    ));\n  return db.$transaction(async (tx) => {\n    const outcomes: Outcome[] = [];",
      ],
      ["    return outcomes;\n  }),\n);", "    return outcomes;\n  });\n});"],
    ],
  },
  {
    name: "Believe whoever posts: the signature is not checked",
    file: "systems/stripe/verify.ts",
    test: ANY_ORDER,
    changes: [
      [
        '  if (!signature) return { kind: "refused", reason: "no signature" };\n',
        '  return { kind: "event", event: JSON.parse(raw.toString()) };\n',
      ],
    ],
  },
  {
    name: "A group that failed is answered as recorded",
    file: GROUPS,
    test: ANY_ORDER,
    changes: [
      [
        "      if (group.length === 1 || hasNotBegun(error))",
        '      if (error) return group.forEach(({ done }) => done("recorded" as Result));\n      if (group.length === 1 || hasNotBegun(error))',
      ],
    ],
  },
  {
    name: "One that fails is passed over, and the group with what it had written is committed",
    file: RECORD,
    test: GROUP_COMMIT,
    changes: [
      [
        "if (isNew) for (const fact of facts) await recordFact({ ...options, tx, eventId: event.id }, fact);",
        "if (isNew) for (const fact of facts) await recordFact({ ...options, tx }, fact).catch(() => {});",
      ],
    ],
  },
  {
    name: "An outcome is told to the wrong one of a group",
    file: GROUPS,
    test: GROUP_COMMIT,
    changes: [["done(results[index] as Result)", "done(results[group.length - 1 - index] as Result)"]],
  },
  {
    name: "The same event twice in a group is recorded twice",
    file: RECORD,
    test: GROUP_COMMIT,
    changes: [["const isNew = newIds.delete(event.id);", "const isNew = newIds.has(event.id);"]],
  },
  {
    name: "The sums are written over instead of added to",
    file: "domain/ledger/store/entries.ts",
    test: ANY_ORDER,
    changes: [['"Total"."$' + '{name}" + excluded."', 'excluded."']],
  },
  {
    name: "The sums stay where they were when a payment's own day is learnt later",
    file: ENTRIES,
    test: RULES,
    changes: [['["status", "chargeId", "paidAt", "amountMinor"', '["status", "chargeId", "amountMinor"']],
  },
  {
    name: "A bank debit on its way counts as money that has come",
    file: COUNTED_SUMS,
    test: ANY_ORDER,
    changes: [
      [
        "{ pendingFeeMinor: feeMinor, pendingNetMinor: netMinor } : {}",
        "{ feeMinor, netMinor } : { feeMinor, netMinor }",
      ],
    ],
  },
  {
    name: "A sum counts twice: the entry was in the books already, and is added to the sums all the same",
    file: ENTRIES,
    test: ANY_ORDER,
    changes: [["  if (!(await addEntry(tx, row))) return false;", "  await addEntry(tx, row);"]],
  },
  {
    name: "A refund that came back is added to the refunds instead of taken off",
    file: COUNTED_SUMS,
    test: ANY_ORDER,
    changes: [["refunds: -1, refundedMinor: -amountMinor", "refunds: 1, refundedMinor: amountMinor"]],
  },
];

/** The text of a file after the changes. Throws where it no longer says what is to be changed. */
export function broken(whole, { file, changes }) {
  let text = whole;
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`${file} no longer says: ${from}`);
    text = text.replace(from, () => to);
  }
  return text;
}
