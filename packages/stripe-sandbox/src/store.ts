import { accountQueries } from "./tables/accounts";
import { availableBalanceQueries } from "./tables/balance";
import { cacheStatements, openDatabase } from "./tables/database";
import { dueObjectQueries } from "./tables/find-due-objects";
import { objectQueries } from "./tables/objects";
import { tombstoneQueries } from "./tables/removed-objects";

export type Store = ReturnType<typeof openStore>;

export function openStore(path: string) {
  const db = openDatabase(path);
  const sql = cacheStatements(db);

  function tables(): string[] {
    const rows = sql("SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").all();
    return (rows as { name: string }[]).map(({ name }) => name);
  }

  function columnsOf(table: string): string[] {
    const rows = sql("SELECT name FROM pragma_table_info(?)").all(table) as { name: string }[];
    return rows.map(({ name }) => name);
  }

  function reset(account: string | null): void {
    for (const table of tables()) {
      const column = table === "accounts" ? "id" : "account";
      if (account === null) sql(`DELETE FROM ${table}`).run();
      else sql(`DELETE FROM ${table} WHERE ${column} = ?`).run(account);
    }
  }

  return {
    sql,
    tables,
    columnsOf,
    reset,
    transaction: <T>(work: () => T): T => (db.inTransaction ? work() : db.transaction(work).immediate()),
    /** Runs the work in a savepoint of the current transaction: if the work throws, only its own writes are undone. */
    attempt: <T>(work: () => T): T => db.transaction(work)(),
    close: (): void => void db.close(),
    ...objectQueries(sql),
    ...tombstoneQueries(sql),
    ...dueObjectQueries(sql),
    ...availableBalanceQueries(sql),
    ...accountQueries(sql),
  };
}
