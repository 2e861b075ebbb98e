// The log's acts about the second factor: app, recovery code or passkey.
import "server-only";
import { type FactorOfSession, isFactorValid } from "../../domain/newsroom/staff/factor";
import type { Db, Tx } from "../database";
import { noteAct } from "./staff";
import type { StaffViewer } from "./viewer";

/** `used`: the code is right and was accepted before. `none`: there is no app to ask for a code. */
export type CodeAnswer = "shown" | "wrong" | "used" | "too-often" | "none";

export type Who = Pick<StaffViewer, "colleague" | "session">;
type By = "app" | "recovery-code" | "passkey";

export async function noteRefused(db: Db, { colleague }: Pick<Who, "colleague">, by: By): Promise<"wrong"> {
  const act = { colleague, kind: "code-refused", about: `staff:${colleague.id}`, after: { with: by } } as const;
  await db.$transaction((tx) => noteAct(tx, act));
  return "wrong";
}

export function noteShown(tx: Tx, { colleague, session }: Who, by: By): Promise<void> {
  const kind = session.secondFactorAt === null ? "signed-in" : "code-repeated";
  return noteAct(tx, { colleague, kind, about: `staff:${colleague.id}`, after: { with: by } });
}

/** The second press of a double click finds its code used; the session has just shown it. */
export function isDoubleClick({ secondFactorAt }: FactorOfSession, now: Date): boolean {
  return isFactorValid(secondFactorAt, { now, fresh: true });
}
