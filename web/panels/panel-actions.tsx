/** What one may take from a panel: how its numbers are computed, the numbers, and the picture. */

import { useState } from 'preact/hooks';
import type { Panel, PanelFile, PanelProps } from './panel.ts';
import { fileStem } from './panel-file.ts';

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

export function PanelActions({ panel, run, view }: PanelProps & { panel: Panel }) {
  const [problem, setProblem] = useState<string>();
  const documents = [...new Set(panel.formulas.map(({ document }) => document))];
  const saveNumbers = () => {
    const content = new Blob([panel.csv({ run, view })], { type: 'text/csv' });
    save({ name: `${fileStem(run.name.value)}-${panel.name}.csv`, content });
    setProblem(undefined);
  };
  const savePicture = async () => {
    try {
      const file = await panel.image?.({ run, view });
      if (file !== undefined) save(file);
      setProblem(file === undefined ? 'There is no picture to save yet.' : undefined);
    } catch (error) {
      setProblem(`The picture could not be made: ${error instanceof Error ? error.message : String(error)}.`);
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
        <p>
          More in <code>{documents.join(', ')}</code>
        </p>
      </details>
      <button type="button" onClick={saveNumbers} aria-label={`Save the numbers of ${panel.title} as CSV`}>
        CSV
      </button>
      {panel.image !== undefined && (
        <button type="button" onClick={savePicture} aria-label={`Save the picture of ${panel.title}`}>
          Picture
        </button>
      )}
      <p role="status">{problem}</p>
    </div>
  );
}
