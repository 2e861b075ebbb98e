// The engine takes a database without `_prisma_migrations` for unreachable (P1014); it is only new. Needed for both databases.
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

/** Has `adapter` answer a question about the missing table with no rows. */
export function mendMissingTable(adapter) {
  const { queryRaw } = adapter;
  adapter.queryRaw = async (query) => {
    try {
      return await queryRaw.call(adapter, query);
    } catch (error) {
      if (error?.cause?.kind !== "TableDoesNotExist" || !query.sql.includes("_prisma_migrations")) throw error;
      return {
        columnNames: MIGRATION_COLUMNS,
        columnTypes: MIGRATION_COLUMNS.map(() => ColumnTypeEnum.Text),
        rows: [],
      };
    }
  };
  return adapter;
}
