// Is preloaded into a process that migrates a SQLite file. Kills the process before statement number KILL_BEFORE,
// counted over all migrations.
import Database from "better-sqlite3";

const killBefore = Number(process.env.KILL_BEFORE);
const { exec } = Database.prototype;
let statements = 0;

Database.prototype.exec = function (script) {
  // Splits the script into statements. A trigger contains semicolons; its statement ends with END.
  const found = script.replace(/^\s*--.*$/gm, "").match(/\s*CREATE TRIGGER[\s\S]+?END;|[^;]*[^;\s][^;]*;?/g) ?? [];
  for (const statement of found) {
    statements += 1;
    if (statements === killBefore) process.kill(process.pid, "SIGKILL");
    exec.call(this, statement);
  }
  return this;
};
process.on("exit", () => process.stdout.write(`\n${statements}`));
