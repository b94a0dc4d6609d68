import { expect, test } from 'vitest';
import { MachineNotices } from './machine-notices.ts';

test('notices wait for somebody who listens', () => {
  const notices = new MachineNotices();
  notices.say('early');
  const late: string[] = [];
  expect(notices.handOver((sentence) => late.push(sentence))).toEqual(['early']);
  notices.say('late');
  expect(late).toEqual(['late']);
});
