import type { Db } from "../../database";
import type { LedgerDifference } from "./row";
import { ROW_KINDS_READ_IN_PAGES, readLedgerRowPage } from "./store/ledger-rows";
import { listKeysSeenByCheck } from "./store/progress";

const PAGE = 500;

/**
 * Returns a difference for each row of ROW_KINDS_READ_IN_PAGES that the check has not seen at Stripe. `until`: only
 * rows recorded before this time; null for all rows.
 */
export async function listLedgerRowsNotSeenAtStripe(
  db: Db,
  { checkId, until }: { checkId: string; until: Date | null },
): Promise<LedgerDifference[]> {
  const unmatched: LedgerDifference[] = [];
  for (const place of ROW_KINDS_READ_IN_PAGES) {
    let after = "";
    while (true) {
      const page = await readLedgerRowPage(db, place, { after, until, take: PAGE });
      const names = page.map(({ key }) => `${place} ${key}`);
      const seen = new Set(await listKeysSeenByCheck(db, checkId, names));
      for (const { key } of page)
        if (!seen.has(`${place} ${key}`))
          unmatched.push({ object: key, place, cause: "not-at-stripe", ours: key, theirs: null });
      if (page.length < PAGE) break;
      after = page.at(-1)?.id ?? "";
    }
  }
  return unmatched;
}
