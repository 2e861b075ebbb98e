import type { Db, Tx } from "../../database";
import { deleteRows, findRow, insertRows } from "./statements";

export async function selectRefusedMailKinds(db: Db, supporterId: string): Promise<string[]> {
  const rows = await db.mailRefusal.findMany({ where: { supporterId }, orderBy: { kind: "asc" } });
  return rows.map(({ kind }) => kind);
}

export async function hasSupporterRefusedMailKind(
  tx: Tx,
  refusal: { supporterId: string; kind: string },
): Promise<boolean> {
  return (await findRow(tx, "MailRefusal", refusal)) !== null;
}

export async function setMailRefusals(
  tx: Tx,
  { supporterId, kinds, now }: { supporterId: string; kinds: readonly string[]; now: Date },
): Promise<void> {
  await deleteRows(tx, "MailRefusal", { supporterId });
  const rows = kinds.map((kind) => ({ supporterId, kind, refusedAt: now }));
  if (rows.length > 0) await insertRows(tx, { into: "MailRefusal", rows });
}
