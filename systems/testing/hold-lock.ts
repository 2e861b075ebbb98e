// Starts a second process that holds SQLite's lock on a ledger. Outside tests, a command or a failed backup can hold
// this lock.
import { spawn } from "node:child_process";
import { once } from "node:events";

/** Locks the ledger from a second process. When the lock is held, returns a function that releases it. */
export async function holdDatabaseLock(url: string): Promise<() => Promise<void>> {
  const program = `const db = require("better-sqlite3")(${JSON.stringify(url.replace("file:", ""))});
    db.exec("BEGIN EXCLUSIVE"); console.log("locked"); setInterval(() => {}, 1000)`;
  const holder = spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "inherit"] });
  await once(holder.stdout, "data");
  return async () => {
    holder.kill("SIGKILL");
    await once(holder, "close");
  };
}
