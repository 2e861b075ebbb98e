import { parseArgs } from "node:util";
import { listDeadLetters } from "../../domain/ledger/dead-letters";
import type { Db } from "../../systems/database";
import { replayEvent } from "../../systems/dead-letters";
import { CommandError } from "../run/console.mjs";

/**
 * Returns the event's id, or undefined for `--all`. If the arguments are neither, throws a CommandError that shows the
 * usage.
 */
export function parseEventIdOrAll(args: string[]): string | undefined {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { all: { type: "boolean" } } });
  const [id] = positionals;
  if ((id !== undefined) === (values.all ?? false) || positionals.length > 1)
    throw new CommandError("npm run events:replay -- evt_… | --all");
  return id;
}

/**
 * Tries to record the named event, or all failed events, again. Prints each result. Returns how many events still fail.
 * Throws a CommandError if the named event has not failed.
 */
export async function replayDeadLettersAndCountFailures(db: Db, id: string | undefined): Promise<number> {
  const letters = await listDeadLetters(db, { id });
  if (id && letters.length === 0)
    throw new CommandError(
      `${id} is not among the failed events. npm run books:check finds events that never arrived.`,
    );
  let failed = 0;
  for (const letter of letters) {
    const replayed = await replayEvent(db, letter);
    if (replayed.kind === "failed") failed += 1;
    console.log(`  ${letter.id}  ${letter.type}  ${replayed.kind === "failed" ? replayed.error : replayed.kind}`);
  }
  console.log(`${letters.length - failed} recorded, ${failed} still failed`);
  return failed;
}
