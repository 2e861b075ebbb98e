import { beforeEach, expect, test } from "vitest";
import { openEmptyLedger } from "../../../prisma/empty-ledger";
import type { Db } from "../../database";
import type { IdentityCrypto } from "../../identity";
import { listDecidedDisputes, listEvidenceLeftAfterErasure, listUndecidedDisputes } from "../disputes";
import { disputeStateFingerprint, storeDisputeRequestFromColleague } from "./ask";
import { findDisputeCase } from "./dispute-case";
import { getEvidenceDrafts, saveEvidenceDraft } from "./drafts";

const at = (day: number) => new Date(Date.UTC(2026, 9, day));
const identity = { seal: (text: string) => `sealed ${text}`, open: (text: string) => text.slice(7) } as IdentityCrypto;
const ANNA = { id: "anna", role: "care" } as const;
const BORIS = { id: "boris", role: "care" } as const;

let db: Db;
beforeEach(async () => {
  db = await openEmptyLedger();
  const eur = { amountMinor: 1_500n, currency: "EUR", recordedAt: at(1) };
  await db.supporter.create({ data: { id: "olga", locale: "ru", createdAt: at(1) } });
  const gift = { id: "monthly", subscriptionId: "sub_1", frequency: "monthly", status: "active", ...eur };
  await db.recurringGift.create({ data: { ...gift, supporterId: "olga" } });
  const payment = {
    ...eur,
    frequency: "monthly",
    status: "succeeded",
    supporterId: "olga",
    recurringGiftId: "monthly",
  };
  for (const day of [1, 10, 12, 30])
    await db.payment.create({ data: { ...payment, id: `of day ${day}`, chargeId: `ch_${day}`, paidAt: at(day) } });
  for (const [kind, day] of [
    ["repriced", 3],
    ["amount", 4],
  ] as const)
    await db.recurringNote.create({
      data: { key: kind, kind, subscriptionId: "sub_1", notedAt: at(day), recordedAt: at(day), ...{ currency: "EUR" } },
    });
  const mail = { kind: "thanks", personHash: "olga", priority: 1, toSealed: "", locale: "ru", values: "{}" };
  await db.outboxMail.create({
    data: { ...mail, id: "m", factKey: "thanks:of day 12", queuedAt: at(12), sentAt: at(13) },
  });
  const dispute = { paymentIntentId: "pi_12", paymentId: "of day 12", reason: "fraudulent", openedAt: at(20), ...eur };
  const statuses = { dp_asked: "needs_response", dp_bank: "under_review", dp_won: "won" };
  for (const [id, status] of Object.entries(statuses))
    await db.dispute.create({ data: { ...dispute, id, status, answerBy: at(29) } });
});

test("a dispute's page has the gift's history and the supporter's most similar payment", async () => {
  const found = await findDisputeCase(db, "dp_asked");
  expect(found).toMatchObject({
    phase: "asked",
    answerBy: at(29),
    similarPayment: { chargeId: "ch_10", paidAt: at(10) },
  });
  const history = found?.events.map((event) => [event.kind, event.at]);
  expect(history).toEqual(
    expect.arrayContaining([
      ["earlier", at(1)],
      ["change", at(4)],
      ["earlier", at(10)],
      ["payment", at(12)],
      ["mail", at(13)],
    ]),
  );
  expect(history).toHaveLength(5);
  expect((await listUndecidedDisputes(db)).map(({ id }) => id)).toEqual(["dp_asked", "dp_bank"]);
  const decided = await listDecidedDisputes(db, at(31));
  expect(decided).toMatchObject({ disputes: [{ id: "dp_won" }], isMore: false });
  const won = await db.dispute.findUniqueOrThrow({ where: { id: "dp_won" } });
  const others = Array.from({ length: 10 }, (_, index) => ({ ...won, id: `dp_other_${index}` }));
  await db.dispute.createMany({ data: others });
  const { disputes, isMore } = await listDecidedDisputes(db, at(31));
  expect([disputes.length, isMore]).toEqual([10, true]);
  await db.dispute.deleteMany({ where: { id: { in: others.map(({ id }) => id) } } });
  const evidenceLeft = { evidenceLeft: "receipt", evidenceLeftAt: at(21) };
  await db.dispute.updateMany({ data: evidenceLeft });
  expect((await listEvidenceLeftAfterErasure(db)).map(({ disputeId }) => disputeId)).toEqual(["dp_asked"]);
});

test("a draft is saved once for each version, and two colleagues who press at once cause one request to Stripe", async () => {
  const saved = (colleague: typeof ANNA | typeof BORIS, words: string) =>
    db.$transaction((tx) =>
      saveEvidenceDraft(tx, {
        ...{
          disputeId: "dp_asked",
          colleague,
          form: `form of ${colleague.id}`,
          identity,
          now: at(22),
          shownVersion: 0,
        },
        ...{ written: { texts: { uncategorized_text: words }, withAddress: false }, accepted: [], removed: [] },
        ...{ refusals: {}, added: {}, fileRefusals: {} },
      }),
    );
  expect(await saved(ANNA, "She gave.")).toBe("saved");
  expect(await saved(ANNA, "She gave.")).toBe("repeated");
  expect(await saved(BORIS, "She wrote.")).toBe("stale");
  const drafts = await getEvidenceDrafts(db, { disputeId: "dp_asked", colleague: BORIS, identity });
  expect(drafts.shared?.evidence?.texts).toEqual({ uncategorized_text: "She gave." });
  expect(drafts.ownUnsaved?.evidence?.texts).toEqual({ uncategorized_text: "She wrote." });
  const dispute = await db.dispute.findUniqueOrThrow({ where: { id: "dp_asked" } });
  const shownFingerprint = disputeStateFingerprint(dispute, drafts.shared);
  const ask = (colleague: typeof ANNA | typeof BORIS) =>
    db.$transaction((tx) =>
      storeDisputeRequestFromColleague(tx, {
        ...{ id: `by ${colleague.id}`, disputeId: "dp_asked", verb: "submit", shownFingerprint, colleague },
        ...{ why: { why: "fraud", words: null }, now: at(23), identity },
      }),
    );
  const answers = await Promise.all([ask(ANNA), ask(BORIS)]);
  expect(answers.map(({ kind }) => kind).sort()).toEqual(["new", "refused"]);
  expect(await db.staffRequest.count()).toBe(1);
});
