// Adds supporters by plain SQL, and gives them the payments, recurring gifts and e-mails of the ledger. One supporter
// has a long history: 2,000 of a million payments in three years.
import type { Database } from "better-sqlite3";
import type { IdentityCrypto } from "../../domain/identity";

type Filling = { supporters: number; identity: IdentityCrypto; now: Date };

/** The supporter with the long history. Of every `ownsOnePaymentIn` payments, one belongs to this supporter. */
export const LONG_HISTORY_SUPPORTER = { id: benchSupporterId(0), ownsOnePaymentIn: 500 };

export function benchSupporterId(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
}

export function benchSupporterEmail(n: number): string {
  return `supporter-${n}@example.org`;
}

export function insertBenchSupporters(db: Database, { supporters, identity, now }: Filling): void {
  const at = now.toISOString().replace("Z", "+00:00");
  const supporter = db.prepare(`INSERT INTO "Supporter" ("id", "locale", "createdAt") VALUES (?, 'en', ?)`);
  const address = db.prepare(
    `INSERT INTO "SupporterAddress" ("emailHash", "emailSealed", "supporterId", "since") VALUES (?, ?, ?, ?)`,
  );
  db.pragma("synchronous = OFF");
  db.transaction(() => {
    for (let n = 0; n < supporters; n++) {
      const sealed = identity.sealAddress(benchSupporterEmail(n));
      supporter.run(benchSupporterId(n), at);
      address.run(sealed?.emailHash, sealed?.emailSealed, benchSupporterId(n), at);
    }
    const ownerOf = `'00000000-0000-4000-8000-' || printf('%012d', CAST(substr("id", 2) AS INTEGER) % ${supporters})`;
    db.exec(`UPDATE "Payment" SET "supporterId" = ${ownerOf}`);
    db.exec(`UPDATE "RecurringGift" SET "supporterId" = ${ownerOf}, "customerId" = 'cus_' || "id"`);
    db.exec(
      `UPDATE "OutboxMail" SET "personHash" = (SELECT "emailHash" FROM "SupporterAddress" WHERE "supporterId" = ${ownerOf})`,
    );
    db.prepare(`UPDATE "Payment" SET "supporterId" = ? WHERE CAST(substr("id", 2) AS INTEGER) % ? = 0`).run(
      LONG_HISTORY_SUPPORTER.id,
      LONG_HISTORY_SUPPORTER.ownsOnePaymentIn,
    );
  })();
}
