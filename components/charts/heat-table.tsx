// Colours each cell by its share, in a few steps that stay distinct in print and in dark mode.
import { ScrollTable } from "@/components/ui/scroll-table";

/** `share`: a number from 0 to 1. Null if no share can be calculated, because there is nothing to divide by. */
export type HeatCell = { key: string; share: number | null; text: string };
export type HeatRow = { name: string; leadingCells: readonly string[]; cells: readonly HeatCell[] };
type HeatTableProps = {
  labelledBy: string;
  /**
   * The headings of the first columns: one for the column with the rows' names, and one for each of a row's
   * `leadingCells`.
   */
  leadingHeadings: readonly string[];
  columns: readonly string[];
  rows: readonly HeatRow[];
};

const STEPS = 5;

export function HeatTable({ labelledBy, leadingHeadings, columns, rows }: HeatTableProps) {
  return (
    <ScrollTable labelledBy={labelledBy} className="heat-table">
      <thead>
        <tr>
          {leadingHeadings.map((head, n) => (
            <th key={head} scope="col" className={n > 0 ? "figure" : undefined}>
              {head}
            </th>
          ))}
          {columns.map((column) => (
            <th key={column} scope="col" className="figure">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, leadingCells, cells }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {leadingCells.map((lead, n) => (
              <td key={leadingHeadings[n + 1]} className="figure">
                {lead}
              </td>
            ))}
            {cells.map(({ key, share, text }) => (
              <td key={key} className={`figure heat-${heatLevelOf(share)}`}>
                {text}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
}

/**
 * Returns the number of the colour for a share: 0 is no colour, and STEPS is the strongest. Only a share of 1 gets the
 * strongest colour.
 */
export function heatLevelOf(share: number | null): number {
  if (share === null || share <= 0) return 0;
  return Math.min(STEPS, Math.floor(share * (STEPS - 1)) + 1);
}
