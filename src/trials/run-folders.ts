/** Where the runs of a trial stand below its folder: `<arm>/seed-003`, names that every system can hold. */

/** `decay 1` → `decay-1`: what is no letter or digit becomes a hyphen; names that would meet get a number. */
export function armSlugs(names: readonly string[]): Map<string, string> {
  const slugs = new Map<string, string>();
  const taken = new Set<string>();
  for (const name of names) {
    const plain = name
      .toLowerCase()
      .replace(/[^a-z0-9._]+/g, '-')
      .replace(/^[-.]+|[-.]+$/g, '')
      .slice(0, 60);
    const base = plain === '' ? 'arm' : plain;
    let slug = base;
    for (let count = 2; taken.has(slug); count++) slug = `${base}-${count}`;
    taken.add(slug);
    slugs.set(name, slug);
  }
  return slugs;
}

/** `seed-003`. */
export function seedFolder(seed: number): string {
  return `seed-${String(seed).padStart(3, '0')}`;
}
