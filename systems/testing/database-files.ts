import { existsSync, readFileSync } from "node:fs";

/**
 * Returns the secrets that occur in the files of an SQLite database: the database itself, its write-ahead log or its
 * journal. `url`: such as `file:/tmp/ledger.db`.
 */
export function findSecretsInDatabaseFiles(url: string, secrets: readonly string[]): string[] {
  const path = url.replace(/^file:/, "");
  const files = [path, `${path}-wal`, `${path}-journal`]
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file));
  return secrets.filter((secret) => files.some((bytes) => bytes.includes(secret)));
}
