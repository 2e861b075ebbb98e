import { execFile } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyAuditLog } from "../../domain/newsroom/staff/acts";
import { createFreshLedger } from "../../prisma/fresh-ledger";
import { keyedHashOfAuditEntry } from "../../systems/auth/staff";
import { type Db, openDatabase } from "../../systems/database";
import { identityCrypto } from "../../systems/identity";
import { signInForTests } from "../../systems/testing/sign-in-for-tests";
import { testEnvironmentFor } from "../../systems/testing/stripes-books";
import { isFullRun } from "../test/scope.mjs";
import { resetSecondFactorByCommand } from "./reset-factor-of";

const LOST = "lost-phone@example.org";
const OTHER = "other@example.org";
const at = new Date("2026-11-24T12:00:00.000Z");
let db: Db;

beforeAll(async () => {
  const url = await createFreshLedger();
  const ERASURES_FILE = join(mkdtempSync(join(tmpdir(), "appeal-reset-")), "erasures.jsonl");
  Object.assign(process.env, testEnvironmentFor({ url: "http://127.0.0.1:9" }), { DATABASE_URL: url, ERASURES_FILE });
  db = await openDatabase(url);
  for (const email of [LOST, OTHER]) await addColleague(email);
});
afterAll(() => db.$disconnect());

async function addColleague(email: string): Promise<void> {
  const address = identityCrypto().sealAddress(email);
  if (!address) throw new Error(`${email} is not a valid e-mail address`);
  const times = { since: at, acceptedAt: at, invitedUntil: at };
  await db.staff.create({ data: { ...address, id: email, role: "admin", ...times } });
  const own = { staffId: email };
  await db.staffFactor.create({ data: { ...own, secretSealed: "sealed", lastStep: 0, since: at } });
  await db.recoveryCode.create({ data: { ...own, codeHash: `code of ${email}`, madeAt: at } });
  const key = { id: `key of ${email}`, publicKey: "x", counter: 0, transports: "internal", addedAt: at };
  await db.passkey.create({ data: { ...own, ...key } });
  await signInForTests(db, email, { codeAgeMinutes: 1 });
}

async function factorsAndSessions(email: string): Promise<number[]> {
  const where = { staffId: email };
  const emailHash = identityCrypto().hashOf(email) ?? "";
  return Promise.all([
    db.staffFactor.count({ where }),
    db.recoveryCode.count({ where }),
    db.passkey.count({ where }),
    db.session.count({ where: { emailHash } }),
  ]);
}

/**
 * The full run starts the command, which takes two seconds of processor time. The usual run calls its function, which
 * takes almost none.
 */
const reset = isFullRun ? resetByCommand : (address: string) => resetSecondFactorByCommand(db, [address]);

async function resetByCommand(address: string): Promise<string> {
  const typed = ["run", "-s", "staff:reset-factor", "--", address];
  return (await promisify(execFile)("npm", typed)).stdout;
}

test("the command removes a colleague's app, codes, passkeys and sessions, e-mails the colleague, and adds an entry to the audit log", async () => {
  expect(await factorsAndSessions(LOST)).toEqual([1, 1, 1, 1]);
  expect(await reset(` ${LOST.toUpperCase()} `)).toContain("is signed out and must set up a new app at the next visit");
  expect(await factorsAndSessions(LOST)).toEqual([0, 0, 0, 0]);
  expect(await factorsAndSessions(OTHER)).toEqual([1, 1, 1, 1]);
  const mails = await db.outboxMail.findMany();
  expect(mails.map(({ personHash }) => personHash)).toEqual([identityCrypto().hashOf(LOST)]);
  expect(mails[0]?.values).toContain("factor-reset");
  const acts = await db.act.findMany();
  expect(acts.map(({ kind, about, by }) => `${by} ${kind} ${about}`)).toEqual([`site factor-reset staff:${LOST}`]);
  expect(await verifyAuditLog(db, keyedHashOfAuditEntry)).toMatchObject({ kind: "whole" });
});

test("the command refuses an unknown or invalid address, a removed colleague, and a wrong number of arguments", async () => {
  await db.staff.update({ where: { id: OTHER }, data: { until: at } });
  const before = await db.act.count();
  for (const [typed, refusal] of [
    [["nobody@example.org"], "has never opened the newsroom"],
    [["nobody"], "nobody is not a valid e-mail address."],
    [[OTHER], "was removed"],
    [[OTHER, LOST], "staff:reset-factor -- ADDRESS"],
    [[], "staff:reset-factor -- ADDRESS"],
  ] as const)
    await expect(resetSecondFactorByCommand(db, typed)).rejects.toThrow(refusal);
  expect([await factorsAndSessions(OTHER), await db.act.count()]).toEqual([[1, 1, 1, 1], before]);
});
