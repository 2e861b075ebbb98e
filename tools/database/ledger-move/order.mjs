// The order in which tables can be filled: each after those that it refers to.

export function afterWhatTheyReferTo(tables) {
  const found = new Map(tables.map((table) => [table.name, table]));
  const ordered = [];
  const visit = (name, path = []) => {
    const table = found.get(name);
    if (!table || ordered.includes(table)) return;
    if (path.includes(name)) throw new Error(`tables refer to each other in a circle: ${[...path, name].join(" → ")}`);
    for (const other of table.refersTo) if (other !== name) visit(other, [...path, name]);
    ordered.push(table);
  };
  for (const name of [...found.keys()].sort()) visit(name);
  return ordered;
}
