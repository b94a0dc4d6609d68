/** The head of the page: what it is, and its colours. */

import type { Lab } from '../state/lab.ts';
import type { Address } from '../state/properties.ts';
import { TourButton } from '../tour/tour-button.tsx';

const themes: readonly (readonly [Address['theme'], string])[] = [
  ['auto', 'as the system'],
  ['light', 'light'],
  ['dark', 'dark'],
];

export function Header({ lab }: { lab: Lab }) {
  return (
    <header class="head">
      <h1>grokscope lab</h1>
      <p>Train a small network here and watch it memorise, wait, and understand.</p>
      <TourButton lab={lab} />
      <label>
        Colours{' '}
        <select
          value={lab.theme.value}
          onChange={({ currentTarget }) => {
            lab.theme.value = themes.find(([theme]) => theme === currentTarget.value)?.[0] ?? 'auto';
          }}
        >
          {themes.map(([theme, words]) => (
            <option key={theme} value={theme}>
              {words}
            </option>
          ))}
        </select>
      </label>
    </header>
  );
}
