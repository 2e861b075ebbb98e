// The ledger's database as the domain sees it. For both databases its type is the Prisma client that is generated for SQLite.
// systems/database.ts opens the database.
import type { Prisma, PrismaClient } from "../generated/sqlite/client";

export type Db = PrismaClient & {
  /** Reads the ledger as it is at one moment, while other processes may write. Writing through `tx` throws. */
  $snapshot<Result>(read: (tx: Tx) => Promise<Result>): Promise<Result>;
  /**
   * Removes the old values of changed and deleted rows from the database's files. If a read is running, does nothing and returns false.
   */
  $clearTraces(): Promise<boolean>;
};

/**
 * The handle of one transaction. The transaction's function may run again after a conflict with another instance, so it must do
 * nothing except read and write the ledger through `tx`.
 */
export type Tx = Prisma.TransactionClient;
