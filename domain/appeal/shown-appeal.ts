import type { Db } from "../database";
import { type AppealContent, parseAppealContent } from "./appeal-content";
import { type AppealStateFields, pickShownAppeal } from "./appeal-state";
import { findVersionRow, listPublishedUnendedAppealRows } from "./store/appeals";

/**
 * A published appeal that is scheduled or live. An appeal whose end time has passed also counts, until the audit log
 * records its end.
 */
export type PublishedAppeal = AppealStateFields & { id: string; version: number; content: AppealContent };

/** `unreadableIds`: the ids of published appeals that this version of the site cannot read. */
export type PublishedAppeals = { appeals: PublishedAppeal[]; unreadableIds: string[] };

export async function listPublishedUnendedAppeals(db: Db): Promise<PublishedAppeals> {
  const rows = await listPublishedUnendedAppealRows(db);
  const read = await Promise.all(
    rows.map(async (row) => {
      const version = row.published ?? 0;
      const stored = await findVersionRow(db, { appealId: row.id, number: version });
      const content = stored && parseAppealContent(stored.content);
      return content ? { ...row, version, content } : null;
    }),
  );
  return {
    appeals: read.filter((each) => each !== null),
    unreadableIds: rows.filter((_, i) => !read[i]).map(({ id }) => id),
  };
}

export function findShownAppeal({ appeals }: PublishedAppeals, now: Date): PublishedAppeal | null {
  return pickShownAppeal(appeals, now);
}
