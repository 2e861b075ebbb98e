// Replaces methods of the Prisma client. The code for SQLite and the code for PostgreSQL each replace some, such as
// `$transaction`.
import type { Db } from "../domain/database";
import type { PrismaClient } from "../generated/sqlite/client";

export function withReplacedDbMethods(db: PrismaClient, ours: Record<string, unknown>): Db {
  return new Proxy(db, {
    get: (target, name) => (typeof name === "string" && name in ours ? ours[name] : Reflect.get(target, name, target)),
  }) as Db;
}
