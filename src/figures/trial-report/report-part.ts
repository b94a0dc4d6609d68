/** The report before it is HTML or Markdown: parts under headings, made of few kinds of blocks, so that both say the same. */

/** Everything but figures is plain text. */
export type Block =
  | { readonly kind: 'text'; readonly words: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | {
      readonly kind: 'table';
      /** The column `arm` holds names of arms. */
      readonly columns: readonly string[];
      readonly rows: readonly (readonly string[])[];
    }
  | { readonly kind: 'code'; readonly text: string }
  /** The table that few will want, folded in HTML. */
  | { readonly kind: 'folded'; readonly summary: string; readonly block: Block }
  /** Markup for the HTML page; Markdown has `words` with a link to it. */
  | { readonly kind: 'figure'; readonly markup: string; readonly words: string };

export interface ReportPart {
  /** For links to it. */
  readonly anchor: string;
  readonly heading: string;
  readonly blocks: readonly Block[];
  /** Whether it warns: a plan that was changed, a pilot. */
  readonly warning?: boolean;
}

export const textBlock = (words: string): Block => ({ kind: 'text', words });
