import type { PrepareSql } from "./database";

export type AccountRow = {
  id: string;
  hint: string;
  livemode: number;
  /** Seconds by which the account's clock is ahead of the process's clock. */
  ahead: number;
};

export function accountQueries(sql: PrepareSql) {
  return {
    secondsAheadOf(account: string): number {
      const row = sql("SELECT ahead FROM accounts WHERE id = ?").get(account) as { ahead: number } | undefined;
      return row?.ahead ?? 0;
    },

    setSecondsAhead(account: string, seconds: number): void {
      sql("UPDATE accounts SET ahead = ? WHERE id = ?").run(seconds, account);
    },

    renewalSettingsJsonOf(account: string): string {
      const row = sql("SELECT billing FROM accounts WHERE id = ?").get(account) as { billing: string } | undefined;
      return row?.billing ?? "{}";
    },

    setRenewalSettingsJson(account: string, json: string): void {
      sql("UPDATE accounts SET billing = ? WHERE id = ?").run(json, account);
    },

    /** Stores the account if it is new. Its `hint` is the start and the end of the key. */
    rememberAccount(id: string, key: string): void {
      const hint = `${key.slice(0, 8)}…${key.slice(-4)}`;
      sql("INSERT OR IGNORE INTO accounts (id, hint, livemode) VALUES (?, ?, ?)").run(id, hint, Number(isLiveKey(key)));
    },

    listAccounts(): AccountRow[] {
      return sql("SELECT * FROM accounts ORDER BY rowid").all() as AccountRow[];
    },

    countUp(account: string, name: string): number {
      const text = `INSERT INTO counters (account, name, value) VALUES (?, ?, 1)
        ON CONFLICT (account, name) DO UPDATE SET value = value + 1 RETURNING value`;
      return (sql(text).get(account, name) as { value: number }).value;
    },
  };
}

function isLiveKey(key: string): boolean {
  return key.split("_")[1] === "live";
}
