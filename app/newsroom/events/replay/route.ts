import { listDeadLetters } from "@/domain/ledger/dead-letters";
import { requireStaff } from "@/systems/auth/viewer";
import { database } from "@/systems/database";
import { replayEvents } from "@/systems/dead-letters";
import { noteFor } from "@/systems/note";
import { pokeJobs } from "@/systems/poke";
import { readSameOriginForm, seeOther } from "@/systems/same-origin-form";

/** Whoever pressed the button waits; what is not begun by then stays in the list. */
const WAIT_MS = 5_000;

export async function POST(request: Request): Promise<Response> {
  const form = await readSameOriginForm(request);
  if (form instanceof Response) return form;
  await requireStaff();
  const db = await database();
  // Without an id: all of them.
  const letters = await listDeadLetters(db, { id: form.get("event") ?? undefined });
  const { recorded, failed } = await replayEvents(db, letters, new Date(Date.now() + WAIT_MS));
  if (recorded > 0) pokeJobs();
  return seeOther("/newsroom", await noteFor("/newsroom", { recorded, failed }));
}
