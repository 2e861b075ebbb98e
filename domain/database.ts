// The types of the database and its transactions. On PostgreSQL too, Db has the type of the Prisma client that is
// generated for SQLite.
import type { Prisma, PrismaClient } from "../generated/sqlite/client";

export type Db = PrismaClient & {
  /** Reads the ledger as it is at one moment, while other processes can write. A write through `tx` throws an error. */
  $snapshot<Result>(read: (tx: Tx) => Promise<Result>): Promise<Result>;
  /**
   * On SQLite, removes the old values of changed and deleted rows from the files, or returns false while the database
   * is being read. On PostgreSQL, does nothing and returns true.
   */
  $purgeOldValues(): Promise<boolean>;
};

/**
 * The transaction can run again after a conflict. So its function must do nothing except read and write the ledger
 * through `tx`.
 */
export type Tx = Prisma.TransactionClient;
