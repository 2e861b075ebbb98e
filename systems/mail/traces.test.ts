// Searches the ledger's files and the server's log, byte by byte, for traces of a sent e-mail. Looks for the address in plain text and encrypted, and for the encrypted token of the link.
import { afterEach, beforeEach, expect, test } from "vitest";
import { consumeSignInLink as acceptSignIn, queueSignInLink } from "../../domain/supporters/sign-in";
import { createFreshLedger, testDatabaseProvider } from "../../prisma/fresh-ledger";
import { type Db, openDatabase } from "../database";
import { deleteExpiredBatchOfEachKind } from "../delete-expired";
import { createIdentityCrypto } from "../identity";
import { findSecretsInDatabaseFiles } from "../testing/database-files";
import { testEnvironmentFor } from "../testing/stripes-books";
import { startTestMailServer, type TestMailServer } from "./mail-server-for-tests";
import { sendDueMail } from "./send-due";
import { smtpTransport } from "./transport";

const identity = createIdentityCrypto(Buffer.alloc(32, 7).toString("base64"));
const now = new Date("2026-11-23T09:00:00Z");
const ADDRESS = "olga.ivanova@home.example";
const TOKEN = identity.seal("the token of the link");
const MAILS = 12;

let db: Db | undefined;
let inbox: TestMailServer | undefined;

beforeEach(() => {
  // Sets the test environment, which includes the secret that signs the links in e-mails.
  Object.assign(process.env, testEnvironmentFor({ url: "http://127.0.0.1:9" }));
});
afterEach(async () => {
  await db?.$disconnect();
  await inbox?.close();
});

test.runIf(testDatabaseProvider === "sqlite").each([
  ["sent", false],
  ["given up", true],
])("an e-mail that was %s leaves no address and no link in any file", async (_, isRefused) => {
  const url = await createFreshLedger();
  db = await openDatabase(url);
  inbox = await startTestMailServer();
  const sealed: string[] = [];
  for (let n = 0; n < MAILS; n++) sealed.push(await queueLink(db, n));
  if (isRefused) inbox.refuse.add(ADDRESS);
  expect(findSecretsInDatabaseFiles(url, [ADDRESS, ...sealed, TOKEN])).toContain(TOKEN);

  const logged = await logOf(() => send(db as Db, isRefused ? 16 : 0));
  for (let n = 0; n < MAILS; n++) await acceptSignIn(db, { tokenHash: `t${n}`, now });
  await deleteExpiredBatchOfEachKind(db, new Date(now.getTime() + 16 * 60_000));
  expect(await db.$purgeOldValues()).toBe(true);

  expect(await db.outboxMail.count()).toBe(MAILS);
  expect(findSecretsInDatabaseFiles(url, [ADDRESS, ...sealed, TOKEN])).toEqual([]);
  expect(inbox.mails).toHaveLength(isRefused ? 0 : MAILS);
  for (const secret of [ADDRESS, ...sealed, TOKEN]) expect(logged).not.toContain(secret);
});

test.runIf(testDatabaseProvider === "sqlite")(
  "postpones the cleanup while another transaction reads, without waiting for its end",
  async () => {
    db = await openDatabase(await createFreshLedger());
    await queueLink(db, 1);
    const ledger = db;
    await ledger.$snapshot(async (tx) => {
      await tx.outboxMail.count();
      await queueLink(ledger, 2);
      expect(await ledger.$purgeOldValues()).toBe(false);
    });
    expect(await ledger.$purgeOldValues()).toBe(true);
  },
);

async function queueLink(ledger: Db, n: number): Promise<string> {
  const address = identity.sealAddress(ADDRESS);
  if (!address) throw new Error("no address");
  const addressee = { ...address, locale: "en" };
  await queueSignInLink(ledger, { addressee, tokenHash: `t${n}`, tokenSealed: TOKEN, next: "/", now });
  return address.emailSealed;
}

async function send(ledger: Db, minutesOn: number): Promise<void> {
  const transport = smtpTransport({ url: inbox?.url ?? "", from: "paper@news.example", siteHost: "news.example" });
  await sendDueMail(ledger, { now: new Date(now.getTime() + minutesOn * 60_000), transport, identity, limit: MAILS });
}

async function logOf(work: () => Promise<void>): Promise<string> {
  const lines: string[] = [];
  const { stdout } = process;
  const write = stdout.write;
  stdout.write = ((text: string) => lines.push(String(text)) > 0) as typeof stdout.write;
  try {
    await work();
  } finally {
    stdout.write = write;
  }
  return lines.join("");
}
