// Works around a defect of Prisma's schema engine on both databases: the engine reports a new database, which has no
// table `_prisma_migrations`, as unreachable (P1014).
import { ColumnTypeEnum } from "@prisma/driver-adapter-utils";

const MIGRATION_COLUMNS = [
  "id",
  "checksum",
  "finished_at",
  "migration_name",
  "logs",
  "rolled_back_at",
  "started_at",
  "applied_steps_count",
];

/** @template {import("./engine.mjs").Adapter} T @param {T} adapter */
export function treatMissingMigrationsTableAsEmpty(adapter) {
  const { queryRaw } = adapter;
  adapter.queryRaw = async (query) => {
    try {
      return await queryRaw.call(adapter, query);
    } catch (error) {
      const { cause } = /** @type {{ cause?: { kind?: string } }} */ (error);
      if (cause?.kind !== "TableDoesNotExist" || !query.sql.includes("_prisma_migrations")) throw error;
      return {
        columnNames: MIGRATION_COLUMNS,
        columnTypes: MIGRATION_COLUMNS.map(() => ColumnTypeEnum.Text),
        rows: [],
      };
    }
  };
  return adapter;
}
