// The ledger's database as the domain sees it. Prisma's client generated for SQLite is the contract for both databases;
// systems/database.ts opens one of them.
import type { Prisma, PrismaClient } from "../generated/sqlite/client";

export type Db = PrismaClient & {
  /** Reads the ledger as it is at one moment while others continue writing. Writing through `tx` throws. */
  $snapshot<Result>(read: (tx: Tx) => Promise<Result>): Promise<Result>;
  /**
   * Removes the old values of changed and deleted rows from the database's files. Returns false, with nothing done, while somebody
   * reads.
   */
  $clearTraces(): Promise<boolean>;
};

/**
 * The handle of one transaction. Its function may run more than once, if another instance was faster, so it must do nothing but
 * read and write the ledger through `tx`.
 */
export type Tx = Prisma.TransactionClient;
