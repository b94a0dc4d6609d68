/** The measures, told to people or as JSON. */

import { measures } from '../measures/index.ts';
import type { Host } from './host.ts';

export function listMeasures({ json = false }: { readonly json?: boolean }, host: Host): void {
  const all = Object.values(measures).map(({ name, about, formula, nulls, cost, columns }) => ({
    name,
    about,
    formula,
    nulls,
    cost,
    columns,
  }));
  if (json) {
    host.out.write(`${JSON.stringify(all, null, 2)}\n`);
    return;
  }
  const width = Math.max(...all.flatMap(({ columns }) => columns.map(({ name }) => name.length)));
  const described = all.map(({ name, about, formula, nulls, cost, columns }) =>
    [
      name,
      `  ${about}`,
      `  formula  ${formula}`,
      `  null     ${nulls}`,
      `  cost     ${cost}`,
      ...columns.map((column) => `  ${column.name.padEnd(width)}  ${column.unit.padEnd(4)}  ${column.about}`),
    ].join('\n'),
  );
  host.out.write(`${described.join('\n\n')}\n`);
}
