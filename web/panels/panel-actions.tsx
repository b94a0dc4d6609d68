/** What one may take from a panel: how its numbers are computed, the numbers, and the picture. */

import { useState } from 'preact/hooks';
import { documentLink } from './document-link.ts';
import type { Panel, PanelFile, PanelProps } from './panel.ts';
import { csvFile, pngFile, svgFile } from './panel-file.ts';

/** Hands a file to the browser. */
function save({ name, content }: PanelFile): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has begun by then, also in slow browsers.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

interface Offer {
  readonly kind: 'CSV' | 'SVG' | 'PNG';
  readonly label: string;
  readonly make: () => PanelFile | undefined | Promise<PanelFile | undefined>;
}

function offersOf(panel: Panel, props: PanelProps): Offer[] {
  const { title } = panel;
  const picture = `Save the picture of ${title} as`;
  return [
    { kind: 'CSV', label: `Save the numbers of ${title} as CSV`, make: () => csvFile(panel, props) },
    ...(panel.svg === undefined
      ? []
      : [{ kind: 'SVG' as const, label: `${picture} SVG`, make: () => svgFile(panel, props) }]),
    { kind: 'PNG', label: `${picture} PNG`, make: () => pngFile(panel, props) },
  ];
}

export function PanelActions({ panel, run, view }: PanelProps & { panel: Panel }) {
  const [problem, setProblem] = useState<string>();
  const take = async ({ make }: Offer) => {
    try {
      const file = await make();
      if (file !== undefined) save(file);
      setProblem(file === undefined ? 'There is no picture to save yet.' : undefined);
    } catch (error) {
      setProblem(`The file could not be made: ${error instanceof Error ? error.message : String(error)}.`);
    }
  };
  return (
    <div class="panel-actions">
      <details>
        <summary>
          How it is computed<span class="for-readers"> ({panel.title})</span>
        </summary>
        <ul>
          {panel.formulas.map(({ text }) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
        <Documents panel={panel} />
      </details>
      {offersOf(panel, { run, view }).map((offer) => (
        <button key={offer.kind} type="button" onClick={() => take(offer)} aria-label={offer.label}>
          {offer.kind}
        </button>
      ))}
      <p role="status">{problem}</p>
    </div>
  );
}

/** Where the formulas are explained, in a tab of its own: the training goes on in this one. */
function Documents({ panel }: { panel: Panel }) {
  const documents = [...new Set(panel.formulas.map(({ document }) => document))];
  return (
    <p>
      More in{' '}
      {documents.map((one, i) => {
        const { address, words } = documentLink(one);
        return (
          <span key={one}>
            {i > 0 && ', '}
            <a href={address} target="_blank" rel="noopener">
              {words}
            </a>
          </span>
        );
      })}{' '}
      (a new tab)
    </p>
  );
}
