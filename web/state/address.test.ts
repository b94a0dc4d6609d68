import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyAddress, readAddress, writeAddress } from './address.ts';
import { type Address, paces } from './properties.ts';

const anyAddress: fc.Arbitrary<Address> = fc.record({
  preset: fc.string({ minLength: 1 }),
  set: fc.array(
    fc
      .tuple(fc.string({ minLength: 1 }), fc.string())
      .map(([key, value]) => `${key.replaceAll('=', '')}k=${value}`),
  ),
  run: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
  with: fc.uniqueArray(fc.string({ minLength: 1 })),
  fork: fc.array(fc.string()),
  select: fc.nat(99),
  hide: fc.uniqueArray(fc.nat(99)),
  play: fc.boolean(),
  step: fc.option(fc.nat(), { nil: undefined }),
  pace: fc.constantFrom(...paces),
  time: fc.constantFrom('linear', 'log'),
  theme: fc.constantFrom('auto', 'light', 'dark'),
  closed: fc.uniqueArray(fc.stringMatching(/^[a-z-]+$/)),
  tour: fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined }),
  open: fc.uniqueArray(fc.stringMatching(/^[a-z-]+$/)),
});

test('what is written into the address is read back, whatever it is', () => {
  fc.assert(
    fc.property(anyAddress, (address) => {
      expect(readAddress(`#${writeAddress(address)}`)).toEqual({ address, faults: [] });
    }),
  );
});

test('what is at its default is not written, and an empty address means the defaults', () => {
  expect(writeAddress(emptyAddress)).toBe('');
  expect(readAddress('')).toEqual({ address: emptyAddress, faults: [] });
});

test('settings stand in the address as on the command line', () => {
  expect(writeAddress({ ...emptyAddress, set: ['seed=3', 'train.lr=0.003'] })).toBe(
    'set=seed=3&set=train.lr=0.003',
  );
});

test('forks stand in the address so that they can be read', () => {
  const fork = ['0@24;train.weight_decay=0', '1@30;train.betas=[0.9,0.98]'];
  expect(writeAddress({ ...emptyAddress, play: true, fork, select: 2, hide: [0, 1] })).toBe(
    'fork=0@24;train.weight_decay=0&fork=1@30;train.betas=%5B0.9,0.98%5D&select=2&hide=0,1&play=yes',
  );
});

test('what cannot be understood is said in a sentence, and the rest is obeyed', () => {
  const { address, faults } = readAddress('#theme=purple&time=log&set=seed&colour=1&step=-4&hide=one');
  expect(address).toEqual({ ...emptyAddress, time: 'log' });
  expect(faults).toEqual([
    "The address names 'colour', which the lab does not know.",
    'The address says set=seed, where section.key=value was expected; it is left out.',
    'The address says hide=one, where numbers of forks was expected; it is left out.',
    'The address says step=-4, where a whole number of steps was expected; it is left out.',
    'The address says theme=purple, where one of auto, light, dark was expected; it is left out.',
  ]);
});

test('no text whatever makes reading fail', () => {
  fc.assert(fc.property(fc.string(), (text) => readAddress(text).faults.every((fault) => fault.length > 0)));
});

test('of what can be said once only the first counts, and that is said where they differ', () => {
  const { address, faults } = readAddress('#step=5&step=6&theme=dark&theme=dark&with=a&with=b');
  expect(address).toEqual({ ...emptyAddress, step: 5, theme: 'dark', with: ['a', 'b'] });
  expect(faults).toEqual(['The address says step=5 and step=6; the first counts.']);
});
