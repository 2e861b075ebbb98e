// Shows a receipt or a statement on a page. Its PDF (systems/documents/) has the same text.
import type { DocumentContent, DocumentLine, DocumentTable } from "@/domain/supporters/document-content";
import { ScrollTable } from "../ui/scroll-table";

export function DocumentSheet({ content }: { content: DocumentContent }) {
  const { name, issuer, title, facts, sums, tables, notes } = content;
  return (
    <article className="sheet">
      <header className="sheet-head">
        <p className="sheet-name">{name}</p>
        {issuer.length > 0 ? (
          <p className="sheet-issuer">
            {issuer.map((line) => (
              <span key={line}>{line}</span>
            ))}
          </p>
        ) : null}
      </header>
      <h1>{title}</h1>
      <Lines className="sheet-lines" lines={facts} />
      {sums.length > 0 ? <Lines className="sheet-lines sheet-sums" lines={sums} /> : null}
      {tables.map((table) => (
        <SheetTable key={table.id} table={table} />
      ))}
      <footer className="sheet-notes">
        {notes.map((note) => (
          <p key={note}>{note}</p>
        ))}
      </footer>
    </article>
  );
}

function Lines({ className, lines }: { className: string; lines: readonly DocumentLine[] }) {
  return (
    <dl className={className}>
      {lines.map(({ id, name, value }) => (
        <div key={id}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function SheetTable({ table }: { table: DocumentTable }) {
  const { id, title, note, columns, rows, sums } = table;
  return (
    <section className="sheet-section">
      <h2 id={id}>{title}</h2>
      {note ? <p className="supporters-note">{note}</p> : null}
      {rows.length > 0 ? (
        <ScrollTable className="sheet-table table-stacked" labelledBy={id}>
          <thead>
            <tr>
              {columns.map((column, index) => (
                <th key={column} scope="col" className={cellClass(index, columns)}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id: row, cells }) => (
              <tr key={row}>
                {cells.map((cell, index) => (
                  <SheetCell key={columns[index]} index={index} columns={columns} cell={cell} />
                ))}
              </tr>
            ))}
          </tbody>
        </ScrollTable>
      ) : null}
      {sums.length > 0 ? <Lines className="sheet-lines sheet-sums" lines={sums} /> : null}
    </section>
  );
}

/** Renders a cell of the table. The first cell of each row contains the day, so it is the row's header. */
function SheetCell({ index, columns, cell }: { index: number; columns: readonly string[]; cell: string }) {
  const className = cellClass(index, columns);
  if (index === 0)
    return (
      <th scope="row" className={className}>
        {cell}
      </th>
    );
  return (
    <td className={className} data-label={columns[index]}>
      {cell}
    </td>
  );
}

function cellClass(index: number, columns: readonly string[]): string | undefined {
  if (index === columns.length - 1) return "figure";
  return index === 1 ? undefined : "nowrap";
}
