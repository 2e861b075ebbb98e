type Table = { name: string; refersTo: string[] };

/**
 * Returns the tables in the order in which they can be filled: each after the other tables to which its foreign keys
 * refer. Throws if tables refer to each other in a circle.
 */
export function inForeignKeyOrder<T extends Table>(tables: readonly T[]): T[] {
  const byName = new Map(tables.map((table) => [table.name, table]));
  const ordered: T[] = [];
  const visit = (name: string, path: string[] = []) => {
    const table = byName.get(name);
    if (!table || ordered.includes(table)) return;
    if (path.includes(name)) throw new Error(`tables refer to each other in a circle: ${[...path, name].join(" → ")}`);
    for (const other of table.refersTo) if (other !== name) visit(other, [...path, name]);
    ordered.push(table);
  };
  for (const name of [...byName.keys()].sort()) visit(name);
  return ordered;
}
