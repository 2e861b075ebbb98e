// The ways in which `npm run torture:breaks` breaks the code. Each has the text to find in a file, its replacement, and
// the test that must fail.
const RECORD = "domain/ledger/record.ts";
const ENTRIES = "domain/ledger/entries.ts";
const GROUPS = "systems/fast-path/group-commit.ts";
const ROUTE = "systems/fast-path/receive.ts";
const TOTALS_CHANGE = "domain/ledger/totals-change.ts";

export const ANY_ORDER_TEST = "lab/torture/any-order-in-one-world.test.ts";
export const RECORD_TEST = "domain/ledger/record.test.ts";
export const GROUP_COMMIT_TEST = "systems/fast-path/group-commit.test.ts";

/** @typedef {{ name: string, file: string, test: string, changes: [from: string, to: string][] }} Mutation */

/** @type {Mutation[]} */
export const SOURCE_CODE_MUTATIONS = [
  {
    name: "Dedupe by event id only: an entry gets a random key instead of the key of its fact",
    file: ENTRIES,
    test: ANY_ORDER_TEST,
    changes: [
      [
        "  const { key, kind, amountMinor, occurredAt } = entry;",
        "  const { kind, amountMinor, occurredAt } = entry;\n  const key = crypto.randomUUID();",
      ],
    ],
  },
  {
    name: "Order by `created`: drop an event that is older than the last one about the same payment",
    file: ROUTE,
    test: ANY_ORDER_TEST,
    changes: [
      ["const recordInGroup", "const last = new Map<string, number>();\nconst recordInGroup"],
      [
        "  const db = await database();\n",
        `  const object = verified.event.data.object as { id?: string; payment_intent?: unknown };
  const about = String(object.payment_intent ?? object.id);
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
    test: ANY_ORDER_TEST,
    changes: [
      [
        "    const outcome = await recordInGroup(db, { ...buildRecordFactsOptions(now), eventId, type, facts });",
        '    recordInGroup(db, { ...buildRecordFactsOptions(now), eventId, type, facts }).catch(() => {});\n    const outcome: string = "recorded";',
      ],
    ],
  },
  {
    name: "Split the transaction: note the events in one, write their facts in another",
    file: RECORD,
    test: ANY_ORDER_TEST,
    changes: [
      ["export function recordEvents(", "export async function recordEvents("],
      [
        "  return db.$transaction(async (tx) => {\n    const newIds = await addEventsReturningUnrecordedIds(tx, events);\n",
        "  const newIds = await db.$transaction((tx) => addEventsReturningUnrecordedIds(tx, events));\n  return db.$transaction(async (tx) => {\n",
      ],
    ],
  },
  {
    name: "Accept every sender: do not check the signature",
    file: "systems/stripe/verify.ts",
    test: ANY_ORDER_TEST,
    changes: [
      [
        '  if (!signature) return { kind: "refused", reason: "no signature" };\n',
        '  return { kind: "event", event: JSON.parse(raw.toString()) };\n',
      ],
    ],
  },
  {
    name: "Answer a failed group as recorded",
    file: GROUPS,
    test: ANY_ORDER_TEST,
    changes: [
      [
        "      if (group.length === 1 || isTransactionBeginFailure(error))",
        '      if (error) return group.forEach(({ resolve }) => resolve("recorded" as Result));\n      if (group.length === 1 || isTransactionBeginFailure(error))',
      ],
    ],
  },
  {
    name: "Skip an event that fails, and commit the group with the rows that the event had already written",
    file: RECORD,
    test: GROUP_COMMIT_TEST,
    changes: [
      [
        "if (isNew) for (const fact of facts) await recordFact({ ...options, tx, eventId }, fact);",
        "if (isNew) for (const fact of facts) await recordFact({ ...options, tx }, fact).catch(() => {});",
      ],
    ],
  },
  {
    name: "Return an outcome to the wrong event of a group",
    file: GROUPS,
    test: GROUP_COMMIT_TEST,
    changes: [["resolve(results[index] as Result)", "resolve(results[group.length - 1 - index] as Result)"]],
  },
  {
    name: "Record the same event twice where a group contains it twice",
    file: RECORD,
    test: GROUP_COMMIT_TEST,
    changes: [["const isNew = newIds.delete(eventId);", "const isNew = newIds.has(eventId);"]],
  },
  {
    name: "Overwrite the totals instead of adding to them",
    file: "domain/ledger/store/entries.ts",
    test: ANY_ORDER_TEST,
    changes: [['"Total"."$' + '{name}" + excluded."', 'excluded."']],
  },
  {
    name: "Leave the totals on the old day when the payment's own day becomes known later",
    file: ENTRIES,
    test: RECORD_TEST,
    changes: [['["status", "chargeId", "paidAt", "amountMinor"', '["status", "chargeId", "amountMinor"']],
  },
  {
    name: "Count a pending bank debit as received money",
    file: TOTALS_CHANGE,
    test: ANY_ORDER_TEST,
    changes: [
      [
        "{ pendingFeeMinor: feeMinor, pendingNetMinor: netMinor } : {}",
        "{ feeMinor, netMinor } : { feeMinor, netMinor }",
      ],
    ],
  },
  {
    name: "Count an entry twice: add it to the totals although it is in the books already",
    file: ENTRIES,
    test: ANY_ORDER_TEST,
    changes: [["  if (!(await addLedgerEntryIfNew(tx, row))) return false;", "  await addLedgerEntryIfNew(tx, row);"]],
  },
  {
    name: "Add a returned refund to the refunds instead of subtracting it",
    file: TOTALS_CHANGE,
    test: ANY_ORDER_TEST,
    changes: [["refunds: -1, refundedMinor: -amountMinor", "refunds: 1, refundedMinor: amountMinor"]],
  },
];

/**
 * Returns the text of a file after the changes. Throws if a text to replace is missing.
 * @param {string} source @param {Pick<Mutation, "file" | "changes">} change
 */
export function applyMutation(source, { file, changes }) {
  let text = source;
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`${file} no longer contains: ${from}`);
    text = text.replace(from, () => to);
  }
  return text;
}
