/** What a subcommand of `grokscope theory` found: numbers to print, figures and data to write. */

/** A table for people, and for programs: rows of cells under names. */
export interface NumberTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** A CSV file. Text cells hold no comma, quote or line feed. */
export interface CsvData {
  readonly columns: readonly string[];
  readonly rows: Iterable<readonly (string | number)[]>;
}

export interface TheoryReport {
  readonly tables: readonly NumberTable[];
  /** Sentences printed below the tables. */
  readonly remarks?: readonly string[];
  /** SVG documents by file name without ending. */
  readonly figures: ReadonlyMap<string, string>;
  /** For --json in place of the tables, where those are written for people. */
  readonly json?: Readonly<Record<string, unknown>>;
  /** Data behind the figures, by file name without ending. */
  readonly data: ReadonlyMap<string, CsvData>;
}

/** The rows of a CSV file as objects by its columns; empty cells and what is no number become null in JSON. */
export function rowObjects({ columns, rows }: CsvData): Record<string, string | number | null>[] {
  return [...rows].map((row) =>
    Object.fromEntries(
      columns.map((name, i) => {
        const cell = row[i];
        const known = cell !== '' && !(typeof cell === 'number' && !Number.isFinite(cell));
        return [name, known ? cell : null];
      }),
    ),
  );
}
