// For PostgreSQL too, Db is the Prisma client that is generated for SQLite.
import type { Prisma, PrismaClient } from "../generated/sqlite/client";

export type Db = PrismaClient & {
  /** Reads the ledger as it is at one moment, while other processes may write. A write through `tx` throws an error. */
  $snapshot<Result>(read: (tx: Tx) => Promise<Result>): Promise<Result>;
  /**
   * Removes the old values of changed and deleted rows from the database's files. Returns false, and does nothing, while the
   * database is being read.
   */
  $clearTraces(): Promise<boolean>;
};

/**
 * The handle of one transaction. The transaction's function may run again after a conflict with another server, so it must do
 * nothing except read and write the ledger through `tx`.
 */
export type Tx = Prisma.TransactionClient;
